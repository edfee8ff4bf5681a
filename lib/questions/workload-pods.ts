import { at, integer, list, member, text, type ModelObject, type NetworkModel, type Workload } from '../model';

/** How many pods with an address of their own the objects make. */
export interface PodCount {
  /** Apart from those that run on every node. */
  readonly pods: number;
  /** Pods of DaemonSets: one on each node. */
  readonly perNode: number;
  /** How many more there are while every Deployment is updated at once. */
  readonly surge: number;
}

export function countPods(model: NetworkModel): PodCount {
  let [pods, perNode, surge] = [0, 0, 0];
  for (const workload of model.workloads) {
    if (workload.hostNetwork || isOwned(workload.object)) continue;
    if (workload.object.ref.kind === 'DaemonSet') {
      perNode++;
      continue;
    }
    const replicas = replicasOf(workload);
    pods += replicas;
    surge += surgeOf(workload.object, replicas);
  }
  return { pods, perNode, surge };
}

/** Made by another object, which counts already. */
function isOwned({ manifest }: ModelObject): boolean {
  return list(at(manifest, 'metadata', 'ownerReferences')).some((owner) => member(owner, 'controller') === true);
}

function replicasOf({ object: { ref, manifest }, replicas }: Workload): number {
  if (ref.kind === 'Job') return integer(at(manifest, 'spec', 'parallelism')) ?? 1;
  if (ref.kind === 'CronJob') return integer(at(manifest, 'spec', 'jobTemplate', 'spec', 'parallelism')) ?? 1;
  return replicas ?? 1;
}

/** `maxSurge` of a rolling update: 25 % unless set, rounded up (apps/v1). */
function surgeOf({ ref, manifest }: ModelObject, replicas: number): number {
  const strategy = at(manifest, 'spec', 'strategy');
  if (ref.kind !== 'Deployment' || text(member(strategy, 'type')) === 'Recreate') return 0;
  const value = at(strategy, 'rollingUpdate', 'maxSurge') ?? '25%';
  const number = integer(value);
  if (number !== undefined) return number;
  const percent = /^(\d{1,6})%$/.exec(text(value) ?? '');
  return percent === null ? 0 : Math.ceil((replicas * Number(percent[1])) / 100);
}
