import { cidrHas, formatAddress, formatCidr } from '../address';
import type { Finding, ObjectRef } from '../finding/finding';
import { flatMap, isSameObject, type NetworkModel, type Node } from '../model';
import { diagnose } from './diagnose';
import type { Look } from './overview';
import { conditionOf, type RunningPod, runningPods } from './running-pods';
import { backendsOf } from './services/backends';

/** All that is known about one pod or node, and what is wrong with it. */
export interface ObjectDiagnosis {
  /** `Pod shop/web-1`. */
  readonly object: string;
  readonly looks: readonly Look[];
  readonly findings: readonly Finding[];
}

export function podDiagnosis(model: NetworkModel, pod: RunningPod): ObjectDiagnosis {
  const { workload, object, node, addresses, isReady, because } = pod;
  const services = model.services.filter((service) => backendsOf(model, service)?.pods.includes(pod));
  const policies = model.networkPolicies.filter(
    ({ namespace, podSelector }) =>
      namespace === workload.namespace && runningPods(model).select(namespace, podSelector).includes(pod),
  );
  const owner = workload.owner;
  return {
    object: `Pod ${pod.text}`,
    looks: [
      { what: 'ready', seen: isReady ? 'yes' : `no${because === '' ? '' : `: ${because}`}` },
      {
        what: 'made by',
        seen:
          owner === undefined
            ? 'nobody: it is gone for good when its node is'
            : `${owner.kind ?? ''} ${owner.name}`.trim(),
      },
      { what: 'node', seen: node ?? 'none yet' },
      {
        what: 'addresses',
        seen:
          addresses.length === 0
            ? 'none'
            : addresses.map((address) => `${address} ${rangeOf(model, pod, address)}`).join(', '),
      },
      {
        what: 'Services',
        seen: names(services.map(({ name, ports }) => `${name} (${ports.map(({ port }) => port).join(', ')})`)),
      },
      {
        what: 'NetworkPolicies',
        seen: workload.hostNetwork
          ? 'most plugins apply none in the network of the node'
          : names(policies.map(({ object: { ref } }) => ref.name)),
      },
    ],
    findings: findingsAbout(model, [object.ref]),
  };
}

export function nodeDiagnosis(
  model: NetworkModel,
  { object, name, podCidrs, internalIps, maxPods }: Node,
): ObjectDiagnosis {
  const pods = runningPods(model).all.filter(({ node }) => node === name);
  const ready = conditionOf(object, 'Ready');
  const cidrs = podCidrs.map(({ value }) => formatCidr(value));
  const own = pods.filter(({ workload }) => !workload.hostNetwork);
  return {
    object: `Node ${name}`,
    looks: [
      {
        what: 'ready',
        seen:
          ready === undefined
            ? 'its status does not say'
            : ready.status === 'True'
              ? 'yes'
              : `${ready.status}: ${ready.message ?? ready.reason ?? ''}`,
      },
      { what: 'addresses', seen: names(internalIps.map(({ value }) => formatAddress(value))) },
      { what: 'pod CIDRs', seen: names(cidrs) },
      {
        what: 'pods',
        seen: `${pods.length}${maxPods === undefined ? '' : ` of ${maxPods.value}`}, ${own.length} with an address of their own`,
      },
      { what: 'not ready', seen: names(pods.filter(({ isReady }) => !isReady).map(({ text }) => text)) },
    ],
    findings: findingsAbout(model, [object.ref, ...pods.map((pod) => pod.object.ref)]),
  };
}

function findingsAbout(model: NetworkModel, refs: readonly ObjectRef[]): readonly Finding[] {
  const isMeant = (object: ObjectRef | null): boolean =>
    object !== null && refs.some((ref) => isSameObject(ref, object));
  return diagnose(model).findings.filter(
    ({ object, related }) => isMeant(object) || related.some((other) => isMeant(other.object)),
  );
}

/** Where an address comes from: the block of its node, a pool, or a range of the cluster. */
function rangeOf(model: NetworkModel, { workload, node }: RunningPod, text: string): string {
  const address = workload.podIps.find((one) => formatAddress(one) === text);
  if (address === undefined || workload.hostNetwork) return '(of its node)';
  const block = flatMap(
    model.nodes.filter(({ name }) => name === node),
    ({ podCidrs }) => podCidrs.map(({ value }) => value),
  ).find((cidr) => cidrHas(cidr, address));
  if (block !== undefined) return `(of ${formatCidr(block)}, the pod CIDR of the node)`;
  const pool = model.ipPools.find(({ cidr }) => cidrHas(cidr, address));
  if (pool !== undefined) return `(of IPPool ${pool.name}, ${pool.cidrText})`;
  const range = model.facts.podCidrs?.find((cidr) => cidrHas(cidr, address));
  return range === undefined ? '(of no range that is known)' : `(of ${formatCidr(range)})`;
}

function names(all: readonly string[]): string {
  if (all.length === 0) return 'none';
  return `${all.slice(0, NAMED).join(', ')}${all.length > NAMED ? ` and ${all.length - NAMED} more` : ''}`;
}

const NAMED = 8;
