import type { IpAddress } from '../address';
import { compareText } from '../finding/finding';
import {
  adminPolicies,
  at,
  calicoPolicies,
  ciliumPolicies,
  concat,
  type ContainerPort,
  flatMap,
  type LabelSelector,
  type ModelObject,
  type NetworkModel,
  type Workload,
} from '../model';
import { perModel } from '../model/per-model';

/** What the answer speaks of: pods of one top-level owner. */
export interface ReachWorkload {
  /** `namespace/name[Kind]` */
  readonly text: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** Its pods, by label variant; at least one. */
  readonly pods: readonly Pods[];
}

/** Pods that were written with one set of labels: a Pod, a pod template, or a pod of a StatefulSet whose own label a policy asks for. */
export interface Pods {
  readonly object: ModelObject;
  /** What they were read from. */
  readonly workload: Workload;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly containerPorts: readonly ContainerPort[];
  /** In the network of the node: policies pass them by, and selectors of peers do not see them. */
  readonly hostNetwork: boolean;
  /** Those that they certainly have; empty where the input does not tell. */
  readonly addresses: readonly IpAddress[];
}

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const ORDINAL_LABELS = [POD_NAME_LABEL, POD_INDEX_LABEL];

/** More replicas than this are not told apart by their names. */
const MOST_REPLICAS = 1000;

/**
 * What policies do with pods in the network of their node, which Kubernetes leaves to the CNI: most do not see them in selectors and pass
 * them by (`node`); some treat them as any other pod (`pod`).
 */
export type HostNetworkMode = 'node' | 'pod';

/** The workloads of the input, sorted by their texts. */
export function reachWorkloads(model: NetworkModel, hostNetworkMode: HostNetworkMode): readonly ReachWorkload[] {
  const labelKeys = selectedLabelKeys(model);
  const { byIdentity, running } = owners(model);
  const byOwner = new Map<string, { kind: string; name: string; namespace: string; pods: Pods[] }>();
  for (const workload of running) {
    const { kind, name } = topOwner(byIdentity, workload);
    const key = [workload.namespace, name, kind].join('\0');
    const entry = byOwner.get(key) ?? { kind, name, namespace: workload.namespace, pods: [] };
    entry.pods.push(...podsOf(workload, labelKeys, hostNetworkMode));
    byOwner.set(key, entry);
  }
  return [...byOwner.values()]
    .map(({ kind, name, namespace, pods }) => ({ text: `${namespace}/${name}[${kind}]`, namespace, name, kind, pods }))
    .sort((a, b) => compareText(a.text, b.text));
}

interface Owners {
  readonly byIdentity: ReadonlyMap<string, Workload>;
  /** Where the pods themselves are in the input, they say more than the template that they were made from. */
  readonly running: readonly Workload[];
}

const owners = perModel(({ workloads }): Owners => {
  const byIdentity = new Map(workloads.map((workload) => [ownerKey(workload), workload]));
  const owned = new Set(flatMap(workloads, (workload) => ownerOf(byIdentity, workload)?.object ?? []));
  return { byIdentity, running: workloads.filter(({ object }) => !owned.has(object)) };
});

/** Those whose pods count. */
export function runningWorkloads(model: NetworkModel): readonly Workload[] {
  return owners(model).running;
}

/** The labels of pods that policies ask for. */
function selectedLabelKeys(model: NetworkModel): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (selector: LabelSelector | undefined): void => {
    for (const key of selector?.labels.keys() ?? []) keys.add(key);
    for (const { key } of selector?.expressions ?? []) keys.add(key);
  };
  for (const { podSelector, rules } of model.networkPolicies) {
    add(podSelector);
    for (const { peers } of rules) for (const peer of peers) add(peer.podSelector);
  }
  for (const { pods, rules } of adminPolicies(model)) {
    add(pods);
    for (const { peers } of rules)
      for (const peer of peers) if (typeof peer === 'object' && 'pods' in peer) add(peer.pods);
  }
  for (const { subject, rules } of ciliumPolicies(model)) {
    add(subject?.pods);
    for (const { peers = [] } of rules)
      for (const peer of peers) if (typeof peer === 'object' && 'pods' in peer) add(peer.pods);
  }
  for (const { subject, rules } of calicoPolicies(model)) {
    const selections = concat(
      [subject],
      flatMap(rules, ({ self, other }) => [self.selection, other.selection]),
    );
    const excluded = flatMap(rules, ({ self, other }) => [self.not, other.not]);
    for (const written of concat(
      selections.map(({ own }) => own),
      excluded,
    ))
      for (const label of written?.selector.labels ?? []) keys.add(label);
  }
  return keys;
}

function ownerKey({ object: { ref } }: Workload): string {
  return [ref.namespace ?? '', ref.kind, ref.name].join('\0');
}

function ownerOf(byIdentity: ReadonlyMap<string, Workload>, { namespace, owner }: Workload): Workload | undefined {
  return owner === undefined ? undefined : byIdentity.get([namespace, owner.kind ?? '', owner.name].join('\0'));
}

/** Follows the owners that the input has; the last one may be told by a reference alone. Owners that go in a circle end where they began. */
function topOwner(
  byIdentity: ReadonlyMap<string, Workload>,
  workload: Workload,
): { readonly kind: string; readonly name: string } {
  const seen = new Set<Workload>();
  let current = workload;
  for (;;) {
    seen.add(current);
    const { owner } = current;
    // A static pod is owned by the node that its kubelet runs on, which owns nothing else of the kind.
    if (owner === undefined || owner.kind === 'Node') return current.object.ref;
    const above = ownerOf(byIdentity, current);
    if (above === undefined) return { kind: owner.kind ?? 'Pod', name: owner.name };
    if (seen.has(above)) return workload.object.ref;
    current = above;
  }
}

function podsOf(workload: Workload, labelKeys: ReadonlySet<string>, hostNetworkMode: HostNetworkMode): readonly Pods[] {
  const { object, namespace, containerPorts } = workload;
  const hostNetwork = workload.hostNetwork && hostNetworkMode === 'node';
  const labels = withControllerLabels(workload, labelKeys);
  const pods = {
    object,
    workload,
    namespace,
    labels,
    containerPorts,
    hostNetwork,
    addresses: hostNetwork && workload.podIps.length === 0 ? workload.hostIps : workload.podIps,
  };
  if (object.ref.kind !== 'StatefulSet' || !ORDINAL_LABELS.some((key) => labelKeys.has(key))) return [pods];
  return ordinalsOf(object, workload.replicas).map((ordinal) => ({
    ...pods,
    labels: new Map([...labels, [POD_NAME_LABEL, `${object.ref.name}-${ordinal}`], [POD_INDEX_LABEL, String(ordinal)]]),
  }));
}

function ordinalsOf({ manifest }: ModelObject, replicas: number | undefined): readonly number[] {
  const start = at(manifest, 'spec', 'ordinals', 'start');
  const first = typeof start === 'number' && Number.isInteger(start) && start > 0 ? start : 0;
  return Array.from({ length: Math.min(Math.max(replicas ?? 1, 1), MOST_REPLICAS) }, (_, index) => first + index);
}

/** Labels that a Job puts on its pods: they are known before it runs (batch/v1, job controller). */
function withControllerLabels(
  { object: { ref }, labels }: Workload,
  labelKeys: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  if (ref.kind !== 'Job') return labels;
  const names = ['batch.kubernetes.io/job-name', 'job-name'].filter((key) => labelKeys.has(key));
  return names.length === 0 ? labels : new Map([...labels].concat(names.map((key) => [key, ref.name])));
}
