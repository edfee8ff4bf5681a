import type { Service, ServicePort } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/** `kubectl apply` merges `ports` by `port` alone, server-side apply by port and protocol (core/v1 types, patchMergeKey and listMapKey). */
export const servicePortMerge: ChangeRule = {
  code: 'NL811',
  slug: 'service-port-merge',
  severity: 'warning',
  title: 'Ports change of which two have the same number, so that a client-side apply loses one',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      const [from, to] = [pair.before, pair.after].map(entriesOf);
      const moved = [...from, ...to].filter((entry) => !(from.has(entry) && to.has(entry)));
      if (moved.length === 0) continue;
      const shared = sharedPort(pair.after, moved) ?? sharedPort(pair.before, moved);
      if (shared === undefined) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec', 'ports'], {
          message: `port ${shared.port} has two protocols, and the ports change`,
          help: 'use kubectl apply --server-side: a client-side apply merges by number alone and loses one of the two',
        }),
      );
    }
  },
};

function entriesOf({ ports }: Service): ReadonlySet<string> {
  return new Set(ports.map(({ port, protocol }) => `${port}/${protocol}`));
}

/** A port that has a second protocol, and that the change touches. */
function sharedPort({ ports }: Service, moved: readonly string[]): ServicePort | undefined {
  const touched = new Set(moved.map((entry) => Number(entry.slice(0, entry.indexOf('/')))));
  const seen = new Map<number, string>();
  return ports.find(({ port, protocol }) => {
    const first = seen.get(port) ?? protocol;
    seen.set(port, first);
    return touched.has(port) && first !== protocol;
  });
}
