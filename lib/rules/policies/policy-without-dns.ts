import { objectText } from '../../finding/finding';
import {
  expressionHolds,
  type FieldPath,
  flatMap,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type NetworkModel,
  type NetworkPolicy,
  onName,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type Workload,
} from '../../model';
import type { NetworkRule } from '../network-rule';
import { once } from './pod-ports';

/** OpenShift's DNS pods listen on 5353, and a policy sees the port of the pod. */
const DNS_PORTS: ReadonlySet<number | string | undefined> = new Set([53, 5353, 'dns', 'dns-tcp', 'domain']);
const DNS_NAMESPACES: readonly string[] = ['kube-system', 'openshift-dns'];

/** What the egress rules of one policy do for name lookups. */
interface DnsOfPolicy {
  readonly policy: NetworkPolicy;
  /** Allows something at all: pods that may not connect to anything need no names. */
  readonly allows: boolean;
  readonly allowsDns: boolean;
  /** Names the DNS port for TCP: then UDP was forgotten. */
  readonly tcpOnly: FieldPath | undefined;
}

interface Place {
  readonly policy: NetworkPolicy;
  readonly field: FieldPath;
  readonly tcpOnly: boolean;
  readonly workloads: Workload[];
}

/**
 * Pods whose egress is restricted look up names only where a policy allows it. Policies add up, so that it is judged for each
 * workload over all policies that select it. Where the cluster's DNS lives is not in the input: what may reach it counts.
 */
export const policyWithoutDns: NetworkRule = {
  code: 'NL515',
  slug: 'policy-without-dns',
  severity: 'warning',
  title: 'The egress of pods is restricted, and they cannot look up names',
  check(model, report) {
    const places = new Map<string, Place>();
    for (const [workload, { allowsDns, tcp, other }] of egressPolicies(model)) {
      if (allowsDns || !usesClusterDns(workload)) continue;
      const blamed = tcp ?? other;
      if (blamed === undefined) continue;
      const { policy } = blamed;
      const field = tcp?.tcpOnly ?? ['spec', 'egress'];
      const key = JSON.stringify([policy.namespace, policy.object.ref.name, field]);
      const place = places.get(key) ?? { policy, field, tcpOnly: tcp !== undefined, workloads: [] };
      place.workloads.push(workload);
      places.set(key, place);
    }
    for (const { policy, field, tcpOnly, workloads } of places.values()) {
      const [first] = workloads;
      const whom = workloads.length === 1 ? '' : ` and ${workloads.length - 1} more`;
      report({
        on: policy.object,
        field,
        message: tcpOnly
          ? `${objectText(first.object.ref)}${whom} may use the DNS port over TCP only, and lookups begin with UDP`
          : `${objectText(first.object.ref)}${whom} may open some connections, and none to the cluster's DNS: names are not resolved`,
        related: [{ on: first.object, field: [], message: 'selected by the policy' }],
        help: tcpOnly
          ? 'add the same port with protocol: UDP'
          : 'allow port 53 for UDP and TCP to the pods k8s-app: kube-dns of namespace kube-system',
      });
    }
  },
};

/** Pods in the network of the node use the DNS of the node unless they say otherwise, and policies pass them by. */
function usesClusterDns({ hostNetwork, dnsPolicy }: Workload): boolean {
  return !hostNetwork && dnsPolicy === 'ClusterFirst';
}

/** What the policies of a workload do together. */
interface DnsOfWorkload {
  readonly allowsDns: boolean;
  /** The first one that forgot UDP. */
  readonly tcp: DnsOfPolicy | undefined;
  /** The first one that allows something. */
  readonly other: DnsOfPolicy | undefined;
}

function egressPolicies(model: NetworkModel): Map<Workload, DnsOfWorkload> {
  const holdsDnsPort = once((workloads) =>
    workloads.some(({ containerPorts }) => containerPorts.some((port) => DNS_PORTS.has(port.containerPort))),
  );
  // Policies that select the same pods are added up once, not for each of the pods.
  const bySelection = new Map<readonly Workload[], DnsOfWorkload>();
  for (const policy of model.networkPolicies) {
    if (!policy.isolates.has('egress')) continue;
    const dns = dnsOf(model, policy, holdsDnsPort);
    const workloads = model.selectors.select(policy.namespace, policy.podSelector);
    bySelection.set(workloads, together(bySelection.get(workloads), ofOne(dns)));
  }
  const byWorkload = new Map<Workload, DnsOfWorkload>();
  for (const [workloads, dns] of bySelection) {
    for (const workload of workloads) byWorkload.set(workload, together(byWorkload.get(workload), dns));
  }
  return byWorkload;
}

function ofOne(dns: DnsOfPolicy): DnsOfWorkload {
  return {
    allowsDns: dns.allowsDns,
    tcp: dns.tcpOnly === undefined ? undefined : dns,
    other: dns.allows ? dns : undefined,
  };
}

function together(some: DnsOfWorkload | undefined, more: DnsOfWorkload): DnsOfWorkload {
  if (some === undefined) return more;
  return {
    allowsDns: some.allowsDns || more.allowsDns,
    tcp: some.tcp ?? more.tcp,
    other: some.other ?? more.other,
  };
}

type HoldsDnsPort = (workloads: readonly Workload[]) => boolean;

function dnsOf(model: NetworkModel, policy: NetworkPolicy, holdsDnsPort: HoldsDnsPort): DnsOfPolicy {
  const rules = policy.rules.filter(({ direction }) => direction === 'egress');
  const tcp = flatMap(rules, ({ ports }) => ports).find(({ port, protocol }) => protocol === 'TCP' && port === 53);
  return {
    policy,
    allows: rules.length > 0,
    allowsDns: rules.some((rule) => mayAllowDns(model, policy, rule, holdsDnsPort)),
    tcpOnly: tcp?.path,
  };
}

function mayAllowDns(
  model: NetworkModel,
  policy: NetworkPolicy,
  { peers, ports }: PolicyRule,
  holdsDnsPort: HoldsDnsPort,
): boolean {
  if (ports.length > 0 && !ports.some(holdsDns)) return false;
  // Who names the port has thought of DNS, wherever it is.
  if (peers.length === 0 || ports.some(({ port }) => DNS_PORTS.has(port))) return true;
  return peers.some((peer) => mayBeDns(model, policy, peer, holdsDnsPort));
}

function holdsDns({ port, endPort, protocol }: PolicyPort): boolean {
  if (protocol !== 'UDP') return false;
  if (port === undefined || DNS_PORTS.has(port)) return true;
  return typeof port === 'number' && endPort !== undefined && port <= 53 && endPort >= 53;
}

function mayBeDns(model: NetworkModel, policy: NetworkPolicy, peer: PolicyPeer, holdsDnsPort: HoldsDnsPort): boolean {
  const { namespaceSelector, podSelector } = peer;
  const pods = model.podsOfPeer(policy.namespace, peer);
  if (pods === undefined) return true;
  if (holdsDnsPort(pods.workloads)) return true;
  const mayHoldDns =
    namespaceSelector === undefined
      ? DNS_NAMESPACES.includes(policy.namespace)
      : dnsNamespaces(model).some((name) => mayBeNamespace(model, namespaceSelector, name));
  return mayHoldDns && (podSelector === undefined || !pods.complete || pods.workloads.length === 0);
}

/** The one that the input has, or else all that there may be. */
function dnsNamespaces({ namespaces }: NetworkModel): readonly string[] {
  const declared = DNS_NAMESPACES.filter((name) => namespaces.get(name)?.object !== undefined);
  return declared.length === 0 ? DNS_NAMESPACES : declared;
}

/** Labels of a namespace that is not in the input are not known, but for its name. */
function mayBeNamespace(model: NetworkModel, selector: LabelSelector, name: string): boolean {
  const labels = model.namespaces.get(name)?.object && model.namespaces.get(name)?.labels;
  const { labels: wanted, expressions } = labels === undefined ? onName(selector) : selector;
  const known = labels ?? new Map([[NAMESPACE_NAME_LABEL, name]]);
  return (
    [...wanted].every(([key, value]) => known.get(key) === value) &&
    expressions.every((expression) => expressionHolds(expression, known))
  );
}
