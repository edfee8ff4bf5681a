import { cidrHas, formatAddress, type IpAddress } from '../../address';
import { objectText } from '../../finding/finding';
import {
  type ClusterDns,
  DNS_NAMESPACES,
  DNS_PORT,
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
  readMaskedCidr,
  type Workload,
} from '../../model';
import type { NetworkRule, Violation } from '../network-rule';
import { once } from './pod-ports';

/** OpenShift's DNS pods listen on 5353, and a policy sees the port of the pod. */
const USUAL_PORTS: readonly number[] = [DNS_PORT, 5353];
const PORT_NAMES: readonly string[] = ['dns', 'dns-tcp', 'domain'];

/** What the egress rules of one policy do for name lookups. */
interface DnsOfPolicy {
  readonly policy: NetworkPolicy;
  /** Allows something at all: pods that may not connect to anything need no names. */
  readonly allows: boolean;
  readonly allowsDns: boolean;
  /** Names the DNS port for TCP: then UDP was forgotten. */
  readonly tcpOnly: FieldPath | undefined;
  /** Names the port of the DNS Service, which is not that of its pods. */
  readonly ofService: FieldPath | undefined;
}

interface Place {
  readonly policy: NetworkPolicy;
  readonly field: FieldPath;
  readonly why: 'tcpOnly' | 'ofService' | undefined;
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
    const ports = dnsPorts(model);
    for (const [workload, { allowsDns, ofService, tcp, other }] of egressPolicies(model, ports)) {
      if (allowsDns || !usesClusterDns(workload)) continue;
      const blamed = ofService ?? tcp ?? other;
      if (blamed === undefined) continue;
      const { policy } = blamed;
      const field = blamed.ofService ?? tcp?.tcpOnly ?? ['spec', 'egress'];
      const key = JSON.stringify([policy.namespace, policy.object.ref.name, field]);
      const why = ofService !== undefined ? 'ofService' : tcp === undefined ? undefined : 'tcpOnly';
      const place = places.get(key) ?? { policy, field, why, workloads: [] };
      place.workloads.push(workload);
      places.set(key, place);
    }
    for (const { policy, field, why, workloads } of places.values()) {
      const [first] = workloads;
      const whom = `${objectText(first.object.ref)}${workloads.length === 1 ? '' : ` and ${workloads.length - 1} more`}`;
      report({
        on: policy.object,
        field,
        ...explain(why, whom, ports, model.facts.dns),
        related: [{ on: first.object, field: [], message: 'selected by the policy' }],
      });
    }
  },
};

function explain(
  why: Place['why'],
  whom: string,
  ports: readonly number[],
  dns: ClusterDns | undefined,
): Pick<Violation, 'message' | 'help'> {
  switch (why) {
    case 'tcpOnly':
      return {
        message: `${whom} may use the DNS port over TCP only, and lookups begin with UDP`,
        help: 'add the same port with protocol: UDP',
      };
    case 'ofService':
      return {
        message: `${whom} may use port ${DNS_PORT}, and the pods of the cluster's DNS listen on ${ports.join(' and ')}: names are not resolved`,
        help: `a policy sees the port of the pods: allow ${ports.join(' and ')} for UDP and TCP as well`,
      };
    case undefined:
      return missing(whom, ports, dns);
  }
}

function missing(
  whom: string,
  ports: readonly number[],
  dns: ClusterDns | undefined,
): Pick<Violation, 'message' | 'help'> {
  if (dns !== undefined && dns.addresses.length > 0) {
    const servers = dns.addresses.map(formatAddress);
    const blocks = dns.addresses.map(({ family }, index) => `${servers[index]}/${family === 'IPv4' ? 32 : 128}`);
    return {
      message: `${whom} may open some connections, and none to the cluster's DNS, which pods ask at ${servers.join(' and ')}: names are not resolved`,
      help: `a pod selector never matches that address: allow port ${DNS_PORT} for UDP and TCP to the ipBlock ${blocks.join(' and ')}`,
    };
  }
  const pods = dns?.pods.at(0);
  const labels =
    pods === undefined ? 'k8s-app: kube-dns' : [...pods.labels].map(([key, value]) => `${key}: ${value}`).join(', ');
  return {
    message: `${whom} may open some connections, and none to the cluster's DNS: names are not resolved`,
    help: `allow port ${pods === undefined ? DNS_PORT : ports.join(' and ')} for UDP and TCP to the pods ${labels} of namespace ${pods?.namespace ?? 'kube-system'}`,
  };
}

/** The ports of whoever answers; the usual ones where nobody says it. */
function dnsPorts({ facts: { dns } }: NetworkModel): readonly number[] {
  // Servers that are no pods listen on the port of the Service.
  if (dns !== undefined && dns.addresses.length > 0) return [DNS_PORT];
  const known = dns === undefined ? [] : flatMap(dns.pods, ({ ports }) => ports);
  return known.length === 0 ? USUAL_PORTS : [...new Set(known)];
}

/** Pods in the network of the node use the DNS of the node unless they say otherwise, and policies pass them by. */
function usesClusterDns({ hostNetwork, dnsPolicy }: Workload): boolean {
  return !hostNetwork && dnsPolicy === 'ClusterFirst';
}

/** What the policies of a workload do together. */
interface DnsOfWorkload {
  readonly allowsDns: boolean;
  /** The first one that names the port of the Service. */
  readonly ofService: DnsOfPolicy | undefined;
  /** The first one that forgot UDP. */
  readonly tcp: DnsOfPolicy | undefined;
  /** The first one that allows something. */
  readonly other: DnsOfPolicy | undefined;
}

function egressPolicies(model: NetworkModel, dns: readonly number[]): Map<Workload, DnsOfWorkload> {
  const holdsDnsPort = once((workloads) =>
    workloads.some(({ containerPorts }) => containerPorts.some(({ containerPort }) => dns.includes(containerPort))),
  );
  const { addresses: servers = [], pods = [] } = model.facts.dns ?? {};
  const search: Search = { model, dns, servers, pods, holdsDnsPort };
  // Policies that select the same pods are added up once, not for each of the pods.
  const bySelection = new Map<readonly Workload[], DnsOfWorkload>();
  for (const policy of model.networkPolicies) {
    if (!policy.isolates.has('egress')) continue;
    const workloads = model.selectors.select(policy.namespace, policy.podSelector);
    bySelection.set(workloads, together(bySelection.get(workloads), ofOne(dnsOf(search, policy))));
  }
  const byWorkload = new Map<Workload, DnsOfWorkload>();
  for (const [workloads, found] of bySelection) {
    for (const workload of workloads) byWorkload.set(workload, together(byWorkload.get(workload), found));
  }
  return byWorkload;
}

function ofOne(dns: DnsOfPolicy): DnsOfWorkload {
  return {
    allowsDns: dns.allowsDns,
    ofService: dns.ofService === undefined ? undefined : dns,
    tcp: dns.tcpOnly === undefined ? undefined : dns,
    other: dns.allows ? dns : undefined,
  };
}

function together(some: DnsOfWorkload | undefined, more: DnsOfWorkload): DnsOfWorkload {
  if (some === undefined) return more;
  return {
    allowsDns: some.allowsDns || more.allowsDns,
    ofService: some.ofService ?? more.ofService,
    tcp: some.tcp ?? more.tcp,
    other: some.other ?? more.other,
  };
}

/** What the rules of policies are compared with. */
interface Search {
  readonly model: NetworkModel;
  /** The ports of the pods of the cluster's DNS. */
  readonly dns: readonly number[];
  /** What pods ask and is no pod. */
  readonly servers: readonly IpAddress[];
  /** The pods that answer, where somebody says which. */
  readonly pods: ClusterDns['pods'];
  readonly holdsDnsPort: (workloads: readonly Workload[]) => boolean;
}

function dnsOf(search: Search, policy: NetworkPolicy): DnsOfPolicy {
  const rules = policy.rules.filter(({ direction }) => direction === 'egress');
  const named = flatMap(rules, ({ ports }) => ports).filter(({ port }) => port === DNS_PORT);
  const isPodPort = search.dns.includes(DNS_PORT);
  const hasUdp = named.some(({ protocol }) => protocol === 'UDP');
  return {
    policy,
    allows: rules.length > 0,
    allowsDns: rules.some((rule) => mayAllowDns(search, policy, rule)),
    tcpOnly: isPodPort && !hasUdp ? named.find(({ protocol }) => protocol === 'TCP')?.path : undefined,
    ofService: isPodPort ? undefined : named.find(({ protocol }) => protocol === 'UDP')?.path,
  };
}

function mayAllowDns(search: Search, policy: NetworkPolicy, { peers, ports }: PolicyRule): boolean {
  const { dns, servers } = search;
  if (ports.length > 0 && !ports.some((port) => holdsDns(dns, port))) return false;
  if (servers.length > 0)
    return peers.length === 0 || peers.some((peer) => servers.some((server) => holds(peer, server)));
  if (search.pods.length > 0) return peers.length === 0 || peers.some((peer) => mayBePods(search, policy, peer));
  // Who names the port has thought of DNS, wherever it is.
  if (peers.length === 0 || ports.some(({ port }) => isDnsPort(dns, port))) return true;
  return peers.some((peer) => mayBeDns(search, policy, peer));
}

/** A selector chooses pods, and the server is none to a policy. */
function holds({ ipBlock }: PolicyPeer, server: IpAddress): boolean {
  const block = typeof ipBlock?.cidr === 'string' ? readMaskedCidr(ipBlock.cidr) : undefined;
  if (block === undefined || !cidrHas(block, server)) return false;
  return !(ipBlock?.except ?? []).some((text) => {
    const exception = typeof text === 'string' ? readMaskedCidr(text) : undefined;
    return exception !== undefined && cidrHas(exception, server);
  });
}

/** Whether the peer may choose pods that answer: their labels beyond those that are known may be anything. */
function mayBePods({ model, pods }: Search, policy: NetworkPolicy, peer: PolicyPeer): boolean {
  const { namespaceSelector, podSelector, ipBlock } = peer;
  // It may hold the addresses of the pods.
  if (ipBlock !== undefined) return true;
  return pods.some(({ namespace, labels }) => {
    const inNamespace =
      namespaceSelector === undefined
        ? policy.namespace === namespace
        : mayBeNamespace(model, namespaceSelector, namespace);
    return inNamespace && (podSelector === undefined || mayHave(podSelector, labels));
  });
}

function mayHave(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return (
    [...selector.labels].every(([key, value]) => (labels.get(key) ?? value) === value) &&
    selector.expressions.every((expression) => !labels.has(expression.key) || expressionHolds(expression, labels))
  );
}

function isDnsPort(dns: readonly number[], port: number | string | undefined): boolean {
  return typeof port === 'number' ? dns.includes(port) : port !== undefined && PORT_NAMES.includes(port);
}

function holdsDns(dns: readonly number[], { port, endPort, protocol }: PolicyPort): boolean {
  if (protocol !== 'UDP') return false;
  if (port === undefined || isDnsPort(dns, port)) return true;
  return typeof port === 'number' && endPort !== undefined && dns.some((own) => port <= own && own <= endPort);
}

function mayBeDns({ model, holdsDnsPort }: Search, policy: NetworkPolicy, peer: PolicyPeer): boolean {
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

/** Labels of a namespace that is not in the input are not known, except for its name. */
function mayBeNamespace(model: NetworkModel, selector: LabelSelector, name: string): boolean {
  const labels = model.namespaces.get(name)?.object && model.namespaces.get(name)?.labels;
  const { labels: wanted, expressions } = labels === undefined ? onName(selector) : selector;
  const known = labels ?? new Map([[NAMESPACE_NAME_LABEL, name]]);
  return (
    [...wanted].every(([key, value]) => known.get(key) === value) &&
    expressions.every((expression) => expressionHolds(expression, known))
  );
}
