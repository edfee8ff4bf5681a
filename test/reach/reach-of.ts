import { type ClusterFacts, networkModel } from '../../lib/model';
import { connections, entrances, type HostNetworkMode, type Reachability, solve } from '../../lib/reach';
import type { Json } from './oracle';

export function modelOf(objects: readonly Json[], facts: ClusterFacts = {}): ReturnType<typeof networkModel> {
  return networkModel(
    objects.map((manifest) => ({
      manifest,
      locate: (path) => ({ file: null, line: null, column: null, construct: path.join('.') }),
    })),
    facts,
  );
}

export function reachOf(objects: readonly Json[], hostNetwork: HostNetworkMode = 'node'): Reachability {
  return solve(modelOf(objects), { hostNetwork });
}

/** `src => dst: conns`, as the command prints them. */
export function linesOf(objects: readonly Json[]): string[] {
  const model = modelOf(objects);
  const reach = solve(model);
  return [...connections(reach, entrances(model, reach))].map(
    ({ src, dst, set }) => `${src} => ${dst}: ${reach.sets.text(set)}`,
  );
}
