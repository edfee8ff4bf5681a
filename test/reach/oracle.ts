/**
 * Who can reach whom, the slow way: pod by pod, port by port, address by address, word for word what k8s.io/api/networking/v1 says. It shares no
 * code with the engine, so that a mistake in one of them shows.
 */

export type Json = Readonly<Record<string, unknown>>;

type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface OraclePod {
  readonly workload: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly protocol: string; readonly number: number }[];
  readonly ips: readonly string[];
  readonly hostNetwork: boolean;
}

/** A pod, or an address outside. */
export type OracleEnd = OraclePod | string;

export interface Oracle {
  readonly pods: readonly OraclePod[];
  readonly connects: (from: OracleEnd, to: OracleEnd, protocol: Protocol, port: number) => boolean;
}

export const get = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (current, key) =>
      typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[key] : undefined,
    value,
  );
export const array = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** Objects of the kinds that the test generates. */
export function oracle(objects: readonly Json[]): Oracle {
  const pods = objects.flatMap((object) => podsOf(object, objects));
  const policies = objects.filter((object) => object.kind === 'NetworkPolicy');
  const priorityOf = (policy: Json): number => Number(get(policy, 'spec', 'priority') ?? 0);
  const nameOf = (policy: Json): string => get(policy, 'metadata', 'name') as string;
  const admins = objects
    .filter((object) => /^(Baseline)?AdminNetworkPolicy$|^ClusterNetworkPolicy$/.test(object.kind as string))
    .sort((a, b) => priorityOf(a) - priorityOf(b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const namespaceLabels = (name: string): Json => {
    const found = objects.find((object) => object.kind === 'Namespace' && get(object, 'metadata', 'name') === name);
    return { ...(get(found, 'metadata', 'labels') as Json | undefined), 'kubernetes.io/metadata.name': name };
  };

  function peerMatches(policy: Json, peer: unknown, other: OracleEnd): boolean {
    const [block, podSelector, namespaceSelector] = ['ipBlock', 'podSelector', 'namespaceSelector'].map((field) =>
      get(peer, field),
    );
    if (isSet(block)) {
      if (isSet(podSelector) || isSet(namespaceSelector)) return false;
      return typeof other === 'string' ? blockHas(block, other) : blockHasPod(block, other);
    }
    if (!isSet(podSelector) && !isSet(namespaceSelector)) return false;
    if (typeof other === 'string' || other.hostNetwork) return false;
    const inNamespace = isSet(namespaceSelector)
      ? selects(namespaceSelector, namespaceLabels(other.namespace))
      : other.namespace === namespaceOf(policy);
    return inNamespace && selects(podSelector, other.labels);
  }

  function portMatches(entry: unknown, destination: OracleEnd, protocol: Protocol, port: number): boolean {
    if ((get(entry, 'protocol') ?? 'TCP') !== protocol) return false;
    const [first, last] = [get(entry, 'port'), get(entry, 'endPort')];
    if (!isSet(first)) return !isSet(last);
    if (typeof first === 'string') {
      if (isSet(last) || typeof destination === 'string') return false;
      return destination.ports.some(
        (declared) => declared.name === first && declared.protocol === protocol && declared.number === port,
      );
    }
    return port >= Number(first) && port <= Number(last ?? first);
  }

  const selectsPod = (policy: Json, pod: OraclePod): boolean =>
    namespaceOf(policy) === pod.namespace && selects(get(policy, 'spec', 'podSelector'), pod.labels);

  /** `subject`, or a peer that names pods (policy.networking.k8s.io, NamespacedPod): never pods in the network of a node. */
  function adminSelects(selection: unknown, pod: OracleEnd): boolean {
    if (typeof pod === 'string') return false;
    if (pod.hostNetwork) return false;
    const [namespaces, pods] = [get(selection, 'namespaces'), get(selection, 'pods')];
    if (isSet(namespaces)) return selects(namespaces, namespaceLabels(pod.namespace));
    return (
      isSet(pods) &&
      selects(get(pods, 'namespaceSelector'), namespaceLabels(pod.namespace)) &&
      selects(get(pods, 'podSelector'), pod.labels)
    );
  }

  function adminPortMatches(entry: unknown, destination: OracleEnd, protocol: Protocol, port: number): boolean {
    const name = get(entry, 'namedPort') ?? get(entry, 'destinationNamedPort');
    if (isSet(name)) {
      return (
        typeof destination !== 'string' &&
        destination.ports.some((own) => own.name === name && own.protocol === protocol && own.number === port)
      );
    }
    const number = get(entry, 'portNumber');
    if (isSet(number)) return (get(number, 'protocol') ?? 'TCP') === protocol && get(number, 'port') === port;
    const range = get(entry, 'portRange');
    const within = (value: unknown): boolean =>
      port >= Number(get(value, 'start')) && port <= Number(get(value, 'end'));
    if (isSet(range)) return (get(range, 'protocol') ?? 'TCP') === protocol && within(range);
    const own = get(entry, protocol.toLowerCase());
    if (!isSet(own)) return false;
    const wanted = get(own, 'destinationPort');
    return !isSet(wanted) || get(wanted, 'number') === port || within(get(wanted, 'range'));
  }

  /** What the first rule that matches says, of the policy with the lowest priority value; undefined where none does, or where it passes. */
  function adminVerdict(
    tier: 'admin' | 'baseline',
    direction: 'Ingress' | 'Egress',
    subject: OraclePod,
    other: OracleEnd,
    destination: OracleEnd,
    protocol: Protocol,
    port: number,
  ): boolean | undefined {
    const tierOf = (policy: Json): string =>
      policy.kind === 'BaselineAdminNetworkPolicy' || get(policy, 'spec', 'tier') === 'Baseline' ? 'baseline' : 'admin';
    const own = admins.filter(
      (policy) => tierOf(policy) === tier && adminSelects(get(policy, 'spec', 'subject'), subject),
    );
    for (const policy of own) {
      for (const rule of array(get(policy, 'spec', direction.toLowerCase()))) {
        const peers = array(get(rule, direction === 'Ingress' ? 'from' : 'to'));
        const ports = [...array(get(rule, 'ports')), ...array(get(rule, 'protocols'))];
        const isPeer = peers.some(
          (peer) =>
            adminSelects(peer, other) ||
            array(get(peer, 'networks')).some((cidr) =>
              typeof other === 'string' ? blockHas({ cidr }, other) : blockHasPod({ cidr }, other),
            ),
        );
        const isPort =
          ports.length === 0 || ports.some((entry) => adminPortMatches(entry, destination, protocol, port));
        if (!isPeer || !isPort) continue;
        const action = get(rule, 'action');
        return action === 'Pass' ? undefined : action !== 'Deny';
      }
    }
    return undefined;
  }

  function letsThrough(
    direction: 'Ingress' | 'Egress',
    subject: OraclePod,
    other: OracleEnd,
    destination: OracleEnd,
    protocol: Protocol,
    port: number,
  ): boolean {
    if (subject.hostNetwork) return true;
    const first = adminVerdict('admin', direction, subject, other, destination, protocol, port);
    if (first !== undefined) return first;
    const isIn = (policy: Json): boolean => isOfType(policy, direction) && selectsPod(policy, subject);
    if (!policies.some(isIn)) {
      return adminVerdict('baseline', direction, subject, other, destination, protocol, port) ?? true;
    }
    for (const policy of policies.filter(isIn)) {
      for (const rule of array(get(policy, 'spec', direction.toLowerCase()))) {
        const peers = array(get(rule, direction === 'Ingress' ? 'from' : 'to'));
        const ports = array(get(rule, 'ports'));
        const peerIs = peers.length === 0 || peers.some((peer) => peerMatches(policy, peer, other));
        const portIs = ports.length === 0 || ports.some((entry) => portMatches(entry, destination, protocol, port));
        if (peerIs && portIs) return true;
      }
    }
    return false;
  }

  return {
    pods,
    connects: (from, to, protocol, port) =>
      (typeof from === 'string' || letsThrough('Egress', from, to, to, protocol, port)) &&
      (typeof to === 'string' || letsThrough('Ingress', to, from, to, protocol, port)),
  };
}

export function namespaceOf(object: Json): string {
  return (get(object, 'metadata', 'namespace') as string | undefined) ?? 'default';
}

export function isOfType(policy: Json, direction: 'Ingress' | 'Egress'): boolean {
  const types = array(get(policy, 'spec', 'policyTypes'));
  if (types.length > 0) return types.includes(direction);
  return direction === 'Ingress' || array(get(policy, 'spec', 'egress')).length > 0;
}

export function selects(selector: unknown, labels: Json): boolean {
  for (const [key, value] of Object.entries((get(selector, 'matchLabels') ?? {}) as Json)) {
    if (labels[key] !== value) return false;
  }
  for (const expression of array(get(selector, 'matchExpressions'))) {
    const value = labels[get(expression, 'key') as string];
    const values = array(get(expression, 'values'));
    switch (get(expression, 'operator')) {
      case 'In':
        if (value === undefined || !values.includes(value)) return false;
        break;
      case 'NotIn':
        if (value !== undefined && values.includes(value)) return false;
        break;
      case 'Exists':
        if (value === undefined) return false;
        break;
      case 'DoesNotExist':
        if (value !== undefined) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/** The pods of a workload, each replica for itself. Pods that the input has stand for the template that made them. */
function podsOf(object: Json, objects: readonly Json[]): OraclePod[] {
  const kind = object.kind as string;
  const isPod = kind === 'Pod';
  const template = isPod ? object : get(object, 'spec', 'template');
  if (!isSet(template)) return [];
  const name = get(object, 'metadata', 'name') as string;
  const namespace = namespaceOf(object);
  const ownerOf = (candidate: Json): Json | undefined =>
    array(get(candidate, 'metadata', 'ownerReferences')).at(0) as Json | undefined;
  const owns = (candidate: Json): boolean =>
    ownerOf(candidate)?.kind === kind && ownerOf(candidate)?.name === name && namespaceOf(candidate) === namespace;
  if (objects.some(owns)) return [];
  const owner = ownerOf(object);
  const hostNetwork = get(template, 'spec', 'hostNetwork') === true;
  const pod: OraclePod = {
    workload: owner ? `${namespace}/${owner.name as string}[${owner.kind as string}]` : `${namespace}/${name}[${kind}]`,
    namespace,
    labels: (get(template, 'metadata', 'labels') ?? {}) as Record<string, string>,
    ports: array(get(template, 'spec', 'containers')).flatMap((container) =>
      array(get(container, 'ports')).map((port) => ({
        name: get(port, 'name') as string | undefined,
        protocol: (get(port, 'protocol') as string | undefined) ?? 'TCP',
        number: get(port, 'containerPort') as number,
      })),
    ),
    ips: isPod ? array(get(object, 'status', 'podIPs')).map((entry) => get(entry, 'ip') as string) : [],
    hostNetwork,
  };
  if (kind === 'Job') {
    return [{ ...pod, labels: { ...pod.labels, 'batch.kubernetes.io/job-name': name, 'job-name': name } }];
  }
  if (kind !== 'StatefulSet') return [pod];
  return Array.from({ length: Number(get(object, 'spec', 'replicas') ?? 1) }, (_, ordinal) => ({
    ...pod,
    labels: {
      ...pod.labels,
      'statefulset.kubernetes.io/pod-name': `${name}-${ordinal}`,
      'apps.kubernetes.io/pod-index': String(ordinal),
    },
  }));
}

/** The bits of an address, or of the network of a CIDR. */
function bits(address: string): string {
  if (!address.includes(':')) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  const [head, tail] = address.split('::').map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[]?];
  const groups =
    tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

function cidrHas(cidr: unknown, address: string): boolean {
  if (typeof cidr !== 'string' || !/^[\d.]+\/\d+$|^[\da-f:]+\/\d+$/.test(cidr)) return false;
  const [network, prefix] = cidr.split('/');
  const [ofNetwork, ofAddress] = [bits(network), bits(address)];
  if (ofNetwork.length !== ofAddress.length || Number(prefix) > ofNetwork.length) return false;
  return ofNetwork.slice(0, Number(prefix)) === ofAddress.slice(0, Number(prefix));
}

export function blockHas(block: unknown, address: string): boolean {
  return (
    cidrHas(get(block, 'cidr'), address) && !array(get(block, 'except')).some((except) => cidrHas(except, address))
  );
}

/** Addresses that no pod has: this network, loopback, link-local, multicast and reserved ones (RFC 6890). */
const OF_NO_POD = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(networkBits);

function networkBits(cidr: string): string {
  const [network, prefix] = cidr.split('/');
  return bits(network).slice(0, Number(prefix));
}

/** Where the address of a pod is not told, only a block of all IPv4 addresses that a pod may have certainly has it. */
export function blockHasPod(block: unknown, { ips }: OraclePod): boolean {
  if (ips.length > 0) return ips.some((address) => blockHas(block, address));
  const isAll = (cidr: unknown): boolean => typeof cidr === 'string' && /^[\d.]+\/0$/.test(cidr);
  return isAll(get(block, 'cidr')) && !array(get(block, 'except')).some(takesPods);
}

/** An exception that is no CIDR excepts nothing. */
function takesPods(cidr: unknown): boolean {
  const isV4 = typeof cidr === 'string' && /^[\d.]+\/\d+$/.test(cidr) && Number(cidr.split('/')[1]) <= 32;
  return isV4 && !OF_NO_POD.some((none) => networkBits(cidr).startsWith(none));
}

/** Whether the pod has an address of the block, or may have one. */
export function mayHavePod(cidr: unknown, { ips }: OraclePod): boolean {
  return ips.length > 0 ? ips.some((address) => blockHas({ cidr }, address)) : takesPods(cidr);
}
