import type { Finding, ObjectRef } from '../finding/finding';
import {
  at,
  identityOf,
  isReadFromCluster,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
} from '../model';
import { perModel } from '../model/per-model';

/**
 * Without what is said of an object that a controller has made from another one, where the same is said of that: the pods of a Deployment, and its
 * ReplicaSets, have the faults of its template. Only a cluster has such objects; their owner is `metadata.ownerReferences`.
 */
export function withoutMade(findings: readonly Finding[], model: NetworkModel): readonly Finding[] {
  const makers = makersOf(model);
  if (makers.size === 0) return findings;
  const said = new Set(findings.map(({ code, object }) => `${code} ${object === null ? '' : identityOf(object)}`));
  return findings.filter(({ code, object }) => {
    if (object === null) return true;
    let identity = makers.get(identityOf(object));
    for (let steps = 0; identity !== undefined && steps < LONGEST_CHAIN; steps++) {
      if (said.has(`${code} ${identity}`)) return false;
      identity = makers.get(identity);
    }
    return true;
  });
}

/** CronJob, Job, Pod. What owns itself in a circle has no maker. */
const LONGEST_CHAIN = 4;

/** By the identity of what was made, that of what it was made from. */
const makersOf = perModel((model: NetworkModel): ReadonlyMap<string, string> => {
  const makers = new Map<string, string>();
  for (const object of model.objects) {
    if (!isReadFromCluster(object)) continue;
    const maker = makerOf(object);
    if (maker !== undefined) makers.set(identityOf(object.ref), identityOf(maker));
  }
  return makers;
});

function makerOf({ manifest, ref }: ModelObject): ObjectRef | undefined {
  const owners = list(at(manifest, 'metadata', 'ownerReferences'));
  const owner = owners.find((one) => member(one, 'controller') === true);
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => nonEmpty(member(owner, key)));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return { apiVersion, kind, namespace: ref.namespace, name };
}
