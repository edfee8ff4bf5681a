/** Port numbers in a row, both included: 1 to 65535. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** A set of port numbers: sorted ranges that neither overlap nor touch, so that equal sets have equal ranges. */
export type PortSet = readonly PortRange[];

export const NO_PORTS: PortSet = [];
export const ALL_PORTS: PortSet = [{ first: 1, last: 65535 }];

/** The ports that are in at least one of the ranges, which may overlap and come in any order. What no port has as its number is left out. */
export function portSet(ranges: Iterable<PortRange>): PortSet {
  const merged: PortRange[] = [];
  const valid = [...ranges]
    .map(({ first, last }) => ({ first: Math.max(first, 1), last: Math.min(last, 65535) }))
    .filter(({ first, last }) => first <= last);
  for (const range of valid.sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before === undefined || before.last + 1 < range.first) merged.push(range);
    else if (before.last < range.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return merged;
}

export function unionOfPorts(a: PortSet, b: PortSet): PortSet {
  return portSet([...a, ...b]);
}

/** O(n + m). */
export function intersectionOfPorts(a: PortSet, b: PortSet): PortSet {
  const common: PortRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const first = Math.max(a[i].first, b[j].first);
    const last = Math.min(a[i].last, b[j].last);
    if (first <= last) common.push({ first, last });
    if (a[i].last < b[j].last) i++;
    else j++;
  }
  return common;
}

/** What is in `a` and not in `b`. */
export function differenceOfPorts(a: PortSet, b: PortSet): PortSet {
  return intersectionOfPorts(a, complementOfPorts(b));
}

/** `80,8000-8080` */
export function formatPorts(ports: PortSet): string {
  return ports.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

function complementOfPorts(ports: PortSet): PortSet {
  const gaps: PortRange[] = [];
  let next = 1;
  for (const { first, last } of ports) {
    if (next < first) gaps.push({ first: next, last: first - 1 });
    next = last + 1;
  }
  if (next <= 65535) gaps.push({ first: next, last: 65535 });
  return gaps;
}
