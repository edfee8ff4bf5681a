import type { NodeGroup } from './cluster';

const SHOWN = 3;

/** What is found of several groups is said once, with the names of all of them. `find` gives sentences that lack the names. */
export function perGroup(
  groups: readonly NodeGroup[],
  find: (group: NodeGroup, index: number) => readonly ((names: string) => string)[],
): string[] {
  const names = new Map<string, { readonly groups: Set<string>; readonly text: (names: string) => string }>();
  for (const [index, group] of groups.entries()) {
    for (const text of find(group, index)) {
      const known = names.get(text(''));
      if (known === undefined) names.set(text(''), { groups: new Set([group.name]), text });
      else known.groups.add(group.name);
    }
  }
  return [...names.values()].map(({ groups: found, text }) => text(listed([...found])));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
