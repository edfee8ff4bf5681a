/** Hosts as Gateway API compares them: `*.example.com` stands for one or more labels in front of `.example.com`. */

/** Whether there is a host that both stand for. Undefined is every host. */
export function hostnamesIntersect(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  return covers(a, b) || covers(b, a);
}

/** Whether all hosts of the second are hosts of the first. */
function covers(wide: string, narrow: string): boolean {
  return wide.startsWith('*.') && narrow.length > wide.length - 1 && narrow.endsWith(wide.slice(1));
}
