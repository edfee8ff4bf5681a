import { readManifests } from '../../lib/manifests';
import { type ClusterFacts, networkModel } from '../../lib/model';
import { planAddresses, readFleetSpec } from '../../lib/plan';
import type { Sources } from '../../lib/questions';
import { lockOf } from '../plan/fleet';

export interface Given {
  readonly fleet?: unknown;
  readonly lock?: Record<string, string>;
  /** By cluster; the name `` stands for no cluster. */
  readonly manifests?: Record<string, string>;
  readonly facts?: ClusterFacts;
}

/** Sources as the commands would read them. */
export function sourcesOf({ fleet, lock = {}, manifests = {}, facts = {} }: Given): Sources {
  const { spec } = readFleetSpec(fleet ?? { clusters: {} });
  const known = lockOf(lock);
  return {
    fleets: fleet === undefined ? [] : [{ spec, plan: planAddresses(spec, known), lock: known, locate: () => null }],
    clusters: Object.entries(manifests).map(([name, text]) => ({
      name: name === '' ? null : name,
      model: networkModel(readManifests([{ path: 'a.yaml', bytes: new TextEncoder().encode(text) }]).objects, facts),
    })),
  };
}
