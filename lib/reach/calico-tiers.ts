import { type AddressSet, addressSet, type IpFamily, rangeOfCidr, spaceSize } from '../address';
import { compareText } from '../finding/finding';
import {
  type AdminPolicy,
  at,
  calicoAddresses,
  type CalicoEntity,
  type CalicoPolicy,
  type CalicoPort,
  type CalicoRule,
  type CalicoSelection,
  calicoTierOrder,
  compareOrders,
  concat,
  DEFAULT_TIER,
  flatMap,
  labelIndex,
  NAMESPACE_NAME_LABEL,
  NETWORK_POLICY_ORDER,
  type NetworkModel,
  type NetworkPolicy,
  POLICY_DIRECTIONS,
  type PolicyDirection,
  readIpAddress,
  readMaskedCidr,
  type Service,
  textMap,
  type WrittenSelector,
} from '../model';
import { groupBy, memoized } from '../model/lookup';
import { perModel } from '../model/per-model';
import { askedValues, type CalicoSelector, prefixed, selects } from '../syntax/calico-selector';
import { PROTOCOLS } from './connection-set';
import { adminDirectionsOf, directionsOf } from './kubernetes-tiers';
import { whatHolds } from './label-query';
import type { Pods } from './pods';
import type { LabelledPods, Labelling, LabelQuery, Peer, RulePort, Subject, Tier, TierPolicy, TierRule } from './tiers';

/**
 * All policies stand in tiers, and in each by their orders, those of Kubernetes among them (felix/calc/policy_sorter.go; K8sNetworkPolicyToCalico).
 * A tier that denies at its end does so for the pods that one of its policies selects. After the last one, the profile of the namespace allows everything.
 */
export function calicoTiers(
  model: NetworkModel,
  policies: readonly NetworkPolicy[],
  admins: readonly AdminPolicy[],
  own: readonly CalicoPolicy[],
): readonly Tier[] {
  const context = contextOf(model);
  const placed = groupBy(
    concat(
      policies.map((policy): Placed => ({
        tier: DEFAULT_TIER,
        order: NETWORK_POLICY_ORDER,
        key: `${policy.object.ref.name}/${policy.namespace}/KubernetesNetworkPolicy`,
        parts: () => directionsOf(policy),
      })),
      admins.map((policy): Placed => ({
        tier: ADMIN_TIERS[policy.object.ref.kind === 'ClusterNetworkPolicy' ? 'current' : 'older'][policy.tier],
        order: policy.priority,
        key: policy.object.ref.name,
        parts: () => adminDirectionsOf(policy),
      })),
      own
        .filter(({ isKnown }) => isKnown)
        .map((policy): Placed => ({
          tier: policy.tier,
          order: policy.order,
          key: `${policy.name}/${policy.namespace ?? ''}/${policy.object.ref.kind}`,
          parts: (denies) => flatMap(POLICY_DIRECTIONS, (direction) => partsOf(context, policy, direction, denies)),
        })),
    ),
    ({ tier }) => tier,
  );
  return flatMap(calicoTierOrder(model), ({ name, denies }): readonly Tier[] => {
    const found = placed.get(name);
    if (found === undefined) return [];
    return [
      {
        // NetworkPolicies add up: their order means nothing while they are alone.
        ordered: name !== DEFAULT_TIER || found.length > policies.length,
        policies: flatMap(
          found.toSorted((a, b) => compareOrders(a.order, b.order) || compareText(a.key, b.key)),
          ({ order, parts }) =>
            parts(denies).map((part) => ({ ...part, source: { ...part.source, rank: { tier: name, order } } })),
        ),
      },
    ];
  });
}

interface Placed {
  readonly tier: string;
  readonly order: number | undefined;
  /** What decides among equal orders (PolKVLess). */
  readonly key: string;
  readonly parts: (denies: boolean) => readonly TierPolicy[];
}

/** Releases that read AdminNetworkPolicies had tiers of their own for them (clusternetworkpolicy.go, adminnetworkpolicy.go). */
const ADMIN_TIERS = {
  current: { admin: 'kube-admin', baseline: 'kube-baseline' },
  older: { admin: 'adminnetworkpolicy', baseline: 'baselineadminnetworkpolicy' },
} as const;

type Label = readonly [key: string, value: string];

function withPrefix(prefix: string, labels: readonly Label[]): readonly Label[] {
  return labels.map(([key, value]) => [`${prefix}${key}`, value]);
}

/** What names and labels refer to. */
interface Context {
  readonly labelling: Labelling;
  /** Addresses of the sets that a query selects. */
  readonly addressesOf: (query: LabelQuery) => AddressSet;
  readonly serviceOf: (namespace: string, name: string) => Service | undefined;
}

const NAMESPACE = 'projectcalico.org/namespace';
const ACCOUNT = 'projectcalico.org/serviceaccount';
const ORCHESTRATOR = 'projectcalico.org/orchestrator';

const contextOf = perModel((model): Context => {
  const accounts = new Map(
    model.ofKind('ServiceAccount').map((object) => [`${object.ref.namespace ?? 'default'}/${object.ref.name}`, object]),
  );
  const namespaceLabels = memoized(
    (name: string) => name,
    (name): readonly Label[] => {
      const labels = model.namespaces.get(name)?.labels ?? new Map([[NAMESPACE_NAME_LABEL, name]]);
      return withPrefix('pcns.', [...labels, ['projectcalico.org/name', name]]);
    },
  );
  // A label of its own wins over one that it inherits (felix/labelindex).
  const labelsOf = ({ hostNetwork, namespace, labels, workload }: Pods): ReadonlyMap<string, string> | undefined => {
    if (hostNetwork) return undefined;
    const account = workload.serviceAccount;
    const ofAccount = textMap(at(accounts.get(`${namespace}/${account}`)?.manifest, 'metadata', 'labels'));
    return new Map([
      ...namespaceLabels(namespace),
      ...withPrefix('pcsa.', [...ofAccount, ['projectcalico.org/name', account]]),
      ...labels,
      [NAMESPACE, namespace],
      [ORCHESTRATOR, 'k8s'],
      ...(account.length < LONGEST_LABEL ? [[ACCOUNT, account] as const] : []),
    ]);
  };
  const sets = labelIndex(
    calicoAddresses(model).map(({ namespace, labels, nets }) => ({
      nets,
      labels:
        namespace === undefined ? labels : new Map([...namespaceLabels(namespace), ...labels, [NAMESPACE, namespace]]),
    })),
  );
  const services = new Map(model.services.map((service) => [`${service.namespace}/${service.name}`, service]));
  return {
    labelling: { key: 'calico', labelsOf },
    addressesOf: memoized(
      ({ text }: LabelQuery) => text,
      (query) => blocks(flatMap(whatHolds(sets, query), ({ nets }) => nets)),
    ),
    serviceOf: (namespace, name) => services.get(`${namespace}/${name}`),
  };
});

/** Labels have at most 63 characters, and a longer name has none (workload_endpoint_default.go). */
const LONGEST_LABEL = 63;

/**
 * In the order of its rules. One that also says which of the policy's own pods it is for (`destination` of an ingress rule, `source` of an egress rule)
 * is a part for these alone.
 */
function partsOf(
  context: Context,
  policy: CalicoPolicy,
  direction: PolicyDirection,
  denies: boolean,
): readonly TierPolicy[] {
  if (!policy.directions.has(direction)) return [];
  const { namespace, object } = policy;
  const subject: LabelledPods = {
    labelling: context.labelling,
    query: queryOf(concat(conditionsOf(policy.subject), namespace === undefined ? [] : [inNamespace(namespace)])),
  };
  const part = (pods: Subject, rules: readonly TierRule[]): TierPolicy => ({
    direction,
    subject: pods,
    isolates: denies,
    rules,
    source: { object, subject: ['spec', 'selector'] },
  });
  const parts: TierPolicy[] = [];
  let open: TierRule[] = [];
  const close = (): void => {
    if (open.length > 0) parts.push(part(subject, open));
    open = [];
  };
  for (const rule of policy.rules) {
    if (rule.direction !== direction) continue;
    const made = tierRule(context, policy, rule);
    const { each, none } = ends(context, rule.self, namespace);
    if (each.length + none.length === 0) {
      open.push(made);
      continue;
    }
    close();
    const own = { each: concat<readonly (readonly (readonly Peer[])[])[]>([[subject]], each), none };
    parts.push(part(own, [made]));
    if (hasBlocks(concat(each.flat(), none))) {
      const doubt = { reason: 'the addresses of the pods are not known', counts: false };
      parts.push(part({ ...own, perhaps: true }, [{ ...made, doubt }]));
    }
  }
  close();
  // It closes its pods also where it says nothing of them.
  return parts.some((made) => made.subject === subject) ? parts : concat(parts, [part(subject, [])]);
}

function hasBlocks(peers: readonly Peer[]): boolean {
  return peers.some((peer) => 'addresses' in peer);
}

function tierRule(context: Context, { namespace }: CalicoPolicy, rule: CalicoRule): TierRule {
  const { action, direction, other, protocols, doubt } = rule;
  const made: TierRule = {
    action,
    peers: peersOf(context, rule, namespace),
    ports: portsOf(protocols, rule.ports),
    notPorts: portsOf(protocols ?? PROTOCOLS, rule.notPorts),
    doubt,
    source: rule,
  };
  if (other.service === undefined) return made;
  const { name, namespace: inOther = namespace ?? '' } = other.service;
  const service = context.serviceOf(inOther, name);
  if (service?.selector === undefined) {
    return { ...made, doubt: { reason: `the endpoints of Service ${inOther}/${name} are not known`, counts: false } };
  }
  const peers = [endpointsOf(service)];
  // The ports are those of the endpoints where these are what the connection goes to (api/v3, EntityRule.Services).
  if (direction === 'ingress') return { ...made, peers };
  const ports = flatMap(service.ports, ({ protocol, port, targetPort = port }): readonly RulePort[] =>
    PROTOCOLS.filter((known) => known === protocol && (protocols ?? PROTOCOLS).includes(known)).map((known) => ({
      protocol: known,
      ports: typeof targetPort === 'string' ? targetPort : { first: targetPort, last: targetPort },
    })),
  );
  return { ...made, peers, ports, notPorts: [] };
}

/** The pods of a Service, those in the network of their node too. */
function endpointsOf({ namespace, name, selector }: Service): LabelledPods {
  const wanted = concat([...(selector?.labels ?? [])], [[NAMESPACE, namespace] as const]);
  return {
    labelling: {
      key: 'service',
      labelsOf: (pods) => new Map([...pods.labels, [NAMESPACE, pods.namespace]]),
    },
    query: {
      text: `endpoints of Service ${namespace}/${name}`,
      holds: (labels) => wanted.every(([key, value]) => labels.get(key) === value),
      asked: wanted.map(([label, value]) => ({ label, values: new Set([value]) })),
    },
  };
}

function peersOf(
  context: Context,
  { other, ipVersion }: CalicoRule,
  namespace: string | undefined,
): readonly Peer[] | undefined {
  const { each, none } = ends(context, other, namespace);
  const family: IpFamily = ipVersion === 6 ? 'IPv6' : 'IPv4';
  const all = ipVersion === undefined ? each : concat(each, [[{ addresses: everyAddress(family) }]]);
  if (none.length > 0 || all.length > 1) return [{ each: all, none }];
  return all.at(0);
}

interface Ends {
  readonly each: readonly (readonly Peer[])[];
  readonly none: readonly Peer[];
}

/**
 * Whom one end of a rule names. As soon as a policy of a namespace selects anything, it is in its own namespace, unless it says which; what
 * `notSelector` leaves out is left out wherever it is (libcalico-go, updateprocessors/rules.go, getEndpointSelector).
 */
function ends(context: Context, { selection, not, nets, notNets }: CalicoEntity, namespace: string | undefined): Ends {
  const conditions = conditionsOf(selection);
  const isConfined =
    namespace !== undefined && selection.namespaces === undefined && (conditions.length > 0 || not !== undefined);
  const all = isConfined ? concat(conditions, [inNamespace(namespace)]) : conditions;
  return {
    each: concat<readonly (readonly (readonly Peer[])[])[]>(
      all.length === 0 ? [] : [selected(context, queryOf(all))],
      nets === undefined ? [] : [[{ addresses: blocks(nets) }]],
    ),
    none: concat<readonly (readonly Peer[])[]>(
      not === undefined ? [] : selected(context, queryOf([{ text: not.text, selector: not.selector }])),
      notNets.length === 0 ? [] : [{ addresses: blocks(notNets) }],
    ),
  };
}

/** Pods, and whoever has an address of a set. */
function selected({ labelling, addressesOf }: Context, query: LabelQuery): readonly Peer[] {
  const addresses = addressesOf(query);
  return concat<readonly (readonly Peer[])[]>(
    [{ labelling, query }],
    addresses.ranges.length === 0 ? [] : [{ addresses }],
  );
}

interface Condition {
  readonly text: string;
  readonly selector: CalicoSelector;
}

function conditionsOf({ own, namespaces, accounts, accountNames }: CalicoSelection): readonly Condition[] {
  const of = (
    written: WrittenSelector | undefined,
    name: string,
    prefix: string,
    scope?: string,
  ): readonly Condition[] =>
    written === undefined
      ? []
      : [{ text: `${name} ${written.text}`, selector: prefixed(written.selector, prefix, scope) }];
  return concat(
    own === undefined ? [] : [own],
    of(namespaces, 'namespaces with', 'pcns.', NAMESPACE),
    of(accounts, 'service accounts with', 'pcsa.'),
    accountNames.length === 0 ? [] : [oneOf('service account', ACCOUNT, accountNames)],
  );
}

function inNamespace(name: string): Condition {
  return oneOf('namespace', NAMESPACE, [name]);
}

function oneOf(text: string, label: string, values: readonly string[]): Condition {
  const set = new Set(values);
  return {
    text: `${text} ${values.join(' or ')}`,
    selector: {
      labels: new Set([label]),
      terms: [{ label, values: set, holds: (value) => value !== undefined && set.has(value) }],
    },
  };
}

function queryOf(conditions: readonly Condition[]): LabelQuery {
  return {
    text: conditions.length === 0 ? 'all()' : conditions.map(({ text }) => text).join(', '),
    holds: (labels) => conditions.every(({ selector }) => selects(selector, labels)),
    asked: flatMap(conditions, ({ selector }) => askedValues(selector) ?? []),
  };
}

function portsOf(
  protocols: readonly string[] | undefined,
  ports: readonly CalicoPort[] | undefined,
): readonly RulePort[] | undefined {
  if (protocols === undefined && ports === undefined) return undefined;
  return flatMap(
    PROTOCOLS.filter((known) => (protocols ?? PROTOCOLS).includes(known)),
    (protocol) => (ports ?? [{ first: 1, last: 65535 }]).map((some) => ({ protocol, ports: some })),
  );
}

/** Networks and addresses; host bits are dropped (ParseCIDROrIP). */
function blocks(texts: readonly string[]): AddressSet {
  return addressSet(
    flatMap(texts, (text) => {
      const cidr = readMaskedCidr(text);
      if (cidr !== undefined) return [rangeOfCidr(cidr)];
      const address = readIpAddress(text);
      return address === undefined ? [] : [{ family: address.family, first: address.value, last: address.value }];
    }),
  );
}

function everyAddress(family: IpFamily): AddressSet {
  return addressSet([{ family, first: 0n, last: spaceSize(family) - 1n }]);
}
