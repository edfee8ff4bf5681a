import { formatAddress } from '../address';
import {
  at,
  flatMap,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  text,
  type Workload,
} from '../model';
import { append } from '../model/lookup';
import { perModel } from '../model/per-model';
import { type SelectorIndex, selectorIndex } from '../model/selector-index';

/** A pod, as its status tells how it is. */
export interface RunningPod {
  readonly workload: Workload;
  readonly object: ModelObject;
  /** `shop/web-1`. */
  readonly text: string;
  readonly node: string | undefined;
  /** Its own; those of its node for one in the network of the node. */
  readonly addresses: readonly string[];
  readonly isReady: boolean;
  /** Why it is not ready, in the words of its status; empty where the status says nothing. */
  readonly because: string;
}

export interface RunningPods {
  readonly all: readonly RunningPod[];
  readonly select: (...question: Parameters<SelectorIndex['select']>) => readonly RunningPod[];
  readonly ofAddress: (address: string) => readonly RunningPod[];
}

/** Pods with a status that have not ended: those of a Job that is done need no network. */
export const runningPods = perModel((model: NetworkModel): RunningPods => {
  const all = flatMap(model.workloads, (workload) => readRunningPod(workload) ?? []);
  const byWorkload = new Map(all.map((pod) => [pod.workload, pod]));
  const index = selectorIndex(all.map(({ workload }) => workload));
  const byAddress = new Map<string, RunningPod[]>();
  for (const pod of all) {
    for (const address of pod.addresses) append(byAddress, address, pod);
  }
  return {
    all,
    select: (namespace, selector) =>
      flatMap(index.select(namespace, selector), (workload) => byWorkload.get(workload) ?? []),
    ofAddress: (address) => byAddress.get(address) ?? [],
  };
});

const ENDED: ReadonlySet<unknown> = new Set(['Succeeded', 'Failed']);

function readRunningPod(workload: Workload): RunningPod | undefined {
  const { object } = workload;
  const status = member(object.manifest, 'status');
  if (object.ref.kind !== 'Pod' || status === undefined || ENDED.has(member(status, 'phase'))) return undefined;
  const ready = conditionOf(object, 'Ready');
  const isLeaving = at(object.manifest, 'metadata', 'deletionTimestamp') !== undefined;
  return {
    workload,
    object,
    text: `${workload.namespace}/${object.ref.name}`,
    node: workload.nodeName,
    addresses: workload.podIps.map(formatAddress),
    isReady: ready?.status === 'True' && !isLeaving,
    because: isLeaving ? 'it is being deleted' : whyNotReady(object),
  };
}

/** What stops a container says more than that it is not ready. */
function whyNotReady(object: ModelObject): string {
  const status = member(object.manifest, 'status');
  const containers = flatMap(['initContainerStatuses', 'containerStatuses'], (field) => list(member(status, field)));
  for (const container of containers) {
    const waiting = at(container, 'state', 'waiting');
    const reason = nonEmpty(member(waiting, 'reason'));
    // That a container waits for those before it says nothing.
    if (reason === undefined || reason === 'PodInitializing') continue;
    const message = nonEmpty(member(waiting, 'message'));
    return `container ${text(member(container, 'name')) ?? ''} waits: ${reason}${message === undefined ? '' : `, ${message}`}`;
  }
  for (const type of ['PodScheduled', 'Ready']) {
    const condition = conditionOf(object, type);
    if (condition === undefined || condition.status === 'True') continue;
    const said = [condition.reason, condition.message].filter((part) => part !== undefined);
    if (said.length > 0) return `${type} is ${condition.status}: ${said.join(', ')}`;
  }
  return '';
}

export interface Condition {
  readonly index: number;
  readonly status: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** A condition of the status of an object. */
export function conditionOf({ manifest }: Pick<ModelObject, 'manifest'>, type: string): Condition | undefined {
  return conditionIn(at(manifest, 'status', 'conditions'), type);
}

export function conditionIn(conditions: unknown, type: string): Condition | undefined {
  const all = list(conditions);
  const index = all.findIndex((condition) => member(condition, 'type') === type);
  if (index < 0) return undefined;
  return {
    index,
    status: text(member(all[index], 'status')) ?? 'Unknown',
    reason: nonEmpty(member(all[index], 'reason')),
    message: nonEmpty(member(all[index], 'message')),
  };
}
