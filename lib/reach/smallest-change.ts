import { addressBits, formatAddress, formatCidr, type IpAddress, rangeToCidrs } from '../address';
import {
  engineOfPolicy,
  flatMap,
  NAMESPACE_NAME_LABEL,
  peersField,
  POLICY_TYPES,
  type PolicyDirection,
} from '../model';
import { ALL_CONNECTIONS, type ConnectionSet, type ConnectionSets, NO_CONNECTIONS } from './connection-set';
import type { Change, DirectionExplanation, Other, PolicyExplanation } from './explanation';
import type { Reachability } from './solve';
import type { PolicySource, TierPolicy } from './tiers';

/** A rule that has the right peers, or else the right ports, or else a rule of its own in the policy that speaks of the fewest pods. */
export function smallestChange(
  reach: Reachability,
  { direction, pods, policies: ruling }: Omit<DirectionExplanation, 'change'>,
  subject: number | undefined,
  other: Other,
  missing: ConnectionSet,
): Change | undefined {
  if (missing === NO_CONNECTIONS || subject === undefined) return undefined;
  const { engine, sets, selecting, tiers } = reach.compiled;
  // A NetworkPolicy opens nothing that a policy before it denies.
  const isDenied = ({ rules }: PolicyExplanation): boolean =>
    rules.some(({ action, connections }) => action === 'deny' && sets.intersection(connections, missing) !== 0);
  if (ruling.some(isDenied)) return undefined;
  const policies = ruling.filter(({ isolates }) => isolates);
  const rules = flatMap(policies, ({ policy, rules: found }) => found.map((entry) => ({ policy, ...entry }))).filter(
    ({ action }) => action === 'allow',
  );
  // A rule of Cilium without ports is one of ICMP or of nobody.
  const forPeer = rules.find(
    ({ policy, peerCovered, ports }) => peerCovered && (!isCilium(policy) || ports !== NO_CONNECTIONS),
  );
  if (forPeer !== undefined) {
    const { addPorts } = isCilium(forPeer.policy) ? CILIUM : KUBERNETES;
    return { kind: 'add-ports', policy: forPeer.policy, rule: forPeer.rule, addition: addPorts(sets, missing) };
  }
  const isolating = selecting[direction][subject];
  // No policy that is evaluated denies it: no change of one opens it.
  if (isolating.length === 0) return undefined;
  // The mode of enforcement isolates as well, and is no policy that takes rules.
  const narrowest = isolating
    .filter(({ source }) => source.subject.length > 0)
    .toSorted((a, b) => narrowness(b) - narrowness(a))
    .at(0);
  // Of what has no labels, Cilium knows nodes by an entity, where a NetworkPolicy has addresses that do not choose them.
  const needsCilium = engine === 'cilium' && 'pods' in other && other.pods.hostNetwork;
  const dialect = needsCilium || (narrowest !== undefined && isCilium(narrowest.source)) ? CILIUM : KUBERNETES;
  const peers = dialect.peers(other, direction);
  if (peers === undefined) return undefined;
  // Cilium refuses a rule with two kinds of peers, so that it gets a rule of its own.
  const forPorts = rules.find(
    ({ policy, everyone, ports }) => !everyone && ports === missing && !isCilium(policy) && dialect === KUBERNETES,
  );
  if (forPorts !== undefined) {
    return { kind: 'add-peer', policy: forPorts.policy, rule: forPorts.rule, addition: peers };
  }
  const rule = { ...peers, ...(missing === ALL_CONNECTIONS ? {} : dialect.addPorts(sets, missing)) };
  const fits = narrowest !== undefined && isCilium(narrowest.source) === (dialect === CILIUM);
  if (fits && (narrowness(narrowest) > 0 || pods.labels.size === 0)) {
    return { kind: 'add-rule', policy: narrowest.source, rule: undefined, addition: { [direction]: [rule] } };
  }
  if (pods.labels.size === 0) return undefined;
  // A rule of a default deny would open all pods of the namespace.
  const taken = new Set(flatMap(tiers, (tier) => tier.policies.map(({ source }) => source.object.ref.name)));
  const otherName = 'range' in other ? 'outside' : other.pods.object.ref.name;
  const wanted = `${pods.object.ref.name}-${direction === 'ingress' ? 'from' : 'to'}-${otherName}`;
  const metadata = { name: taken.has(wanted) ? `${wanted}-too` : wanted, namespace: pods.namespace };
  return {
    kind: 'add-policy',
    policy: undefined,
    rule: undefined,
    addition: dialect.policy(metadata, Object.fromEntries(pods.labels), direction, rule),
  };
}

/** How an API writes what is to be added. */
interface Dialect {
  /** The member that names the other end; undefined where the API has no way to. */
  readonly peers: (other: Other, direction: PolicyDirection) => Readonly<Record<string, unknown>> | undefined;
  readonly addPorts: (sets: ConnectionSets, ports: ConnectionSet) => Readonly<Record<string, unknown>>;
  /** For these pods and this rule alone. They are isolated already, so that it denies nothing. */
  readonly policy: (
    metadata: unknown,
    matchLabels: Readonly<Record<string, string>>,
    direction: PolicyDirection,
    rule: unknown,
  ) => unknown;
}

const KUBERNETES: Dialect = {
  peers: (other, direction) => {
    const peers = peersYaml(other);
    return peers.length === 0 ? undefined : { [peersField(direction)]: peers };
  },
  addPorts: (sets, ports) => ({ ports: portsYaml(sets, ports) }),
  policy: (metadata, matchLabels, direction, rule) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: { matchLabels }, policyTypes: [POLICY_TYPES[direction]], [direction]: [rule] },
  }),
};

const CILIUM: Dialect = {
  peers: (other, direction) => {
    const field = peersField(direction);
    if ('range' in other) return { [`${field}CIDR`]: rangeToCidrs(other.range).map(formatCidr) };
    const { namespace, labels, hostNetwork } = other.pods;
    return hostNetwork
      ? { [`${field}Entities`]: ['host', 'remote-node'] }
      : {
          [`${field}Endpoints`]: [
            { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...Object.fromEntries(labels) } },
          ],
        };
  },
  addPorts: (sets, ports) => ({ toPorts: [{ ports: ciliumPorts(sets, ports) }] }),
  policy: (metadata, matchLabels, direction, rule) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata,
    spec: { endpointSelector: { matchLabels }, [direction]: [rule] },
  }),
};

function isCilium({ object }: PolicySource): boolean {
  return engineOfPolicy(object.ref) === 'cilium';
}

function narrowness({ subject }: TierPolicy): number {
  if ('labelling' in subject) return subject.query.asked.length;
  if ('each' in subject) return 0;
  return subject.pods.labels.size + subject.pods.expressions.length;
}

/** Pods in the network of their node can be named by their addresses alone; where these are not told, not at all. */
function peersYaml(other: Other): readonly unknown[] {
  if ('range' in other) return rangeToCidrs(other.range).map((cidr) => ({ ipBlock: { cidr: formatCidr(cidr) } }));
  const { namespace, labels, hostNetwork, addresses } = other.pods;
  if (hostNetwork) return addresses.slice(0, 1).map((address) => ({ ipBlock: { cidr: hostCidr(address) } }));
  return [
    {
      namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
      podSelector: labels.size === 0 ? {} : { matchLabels: Object.fromEntries(labels) },
    },
  ];
}

function hostCidr(address: IpAddress): string {
  return `${formatAddress(address)}/${addressBits(address.family)}`;
}

function portsYaml(sets: ConnectionSets, missing: ConnectionSet): readonly unknown[] {
  return flatMap(['TCP', 'UDP', 'SCTP'] as const, (protocol) =>
    sets.ports(missing, protocol).map(({ first, last }) => {
      if (first === 1 && last === 65535) return { protocol };
      return first === last ? { protocol, port: first } : { protocol, port: first, endPort: last };
    }),
  );
}

/** Numbers are texts there, and 0 is every port of the protocol. */
function ciliumPorts(sets: ConnectionSets, missing: ConnectionSet): readonly unknown[] {
  return flatMap(['TCP', 'UDP', 'SCTP'] as const, (protocol) =>
    sets.ports(missing, protocol).map(({ first, last }) => {
      if (first === 1 && last === 65535) return { port: '0', protocol };
      return { port: String(first), ...(first !== last && { endPort: last }), protocol };
    }),
  );
}
