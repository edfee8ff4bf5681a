import { addressSet } from '../address';
import {
  type CiliumPeer,
  type CiliumPolicy,
  type CiliumPort,
  type CiliumRule,
  type CiliumSelection,
  ciliumSettings,
  type CiliumSettings,
  concat,
  flatMap,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type NetworkModel,
  type NetworkPolicy,
  POLICY_DIRECTIONS,
  type PolicyDirection,
} from '../model';
import { PROTOCOLS, type Protocol } from './connection-set';
import { addressesOf, directionsOf } from './kubernetes-tiers';
import { runningWorkloads } from './pods';
import type { Peer, PodSelection, RulePort, Tier, TierPolicy, TierRule } from './tiers';

const EVERY: LabelSelector = { labels: new Map(), expressions: [] };

/**
 * NetworkPolicies and Cilium's own add up; any of them isolates; what any denies is denied, however narrowly others allow it (repository.go,
 * computePolicyEnforcementAndRules). So there is one tier, in which rules that deny come first.
 */
export function ciliumTiers(
  model: NetworkModel,
  policies: readonly NetworkPolicy[],
  own: readonly CiliumPolicy[],
): readonly Tier[] {
  const settings = ciliumSettings(model);
  const portOfName = namedPorts(model);
  const written = concat(
    flatMap(policies, directionsOf).map((policy) => ({
      ...policy,
      rules: policy.rules.map((rule) => asCiliumReads(rule, policy.direction, settings, portOfName)),
    })),
    flatMap(own, (policy) =>
      flatMap(POLICY_DIRECTIONS, (direction) => partsOf(policy, direction, settings, portOfName)),
    ),
  );
  if (settings.enforcement === 'never') return [{ ordered: false, policies: [] }];
  const denying = written.filter(({ rules }) => rules.some(({ action }) => action === 'deny'));
  const others = written.filter(({ rules }) => rules.every(({ action }) => action !== 'deny'));
  return [{ ordered: false, policies: concat(denying, others, closingAll(settings)) }];
}

/** `policyEnforcementMode: always` isolates every pod in both directions. */
function closingAll({ enforcement, object }: CiliumSettings): readonly TierPolicy[] {
  if (enforcement !== 'always' || object === undefined) return [];
  return POLICY_DIRECTIONS.map((direction) => ({
    direction,
    subject: { namespaces: EVERY, pods: EVERY },
    isolates: true,
    rules: [],
    source: { object, subject: [] },
  }));
}

/** What denies and what allows, each as a policy of its own. */
function partsOf(
  { object, subject, subjectPath, rules, isolates }: CiliumPolicy,
  direction: PolicyDirection,
  settings: CiliumSettings,
  portOfName: PortOfName,
): readonly TierPolicy[] {
  const own = rules.filter((rule) => rule.direction === direction);
  if (subject === undefined || own.length === 0) return [];
  const part = (action: CiliumRule['action']): readonly TierPolicy[] => {
    const found = own.filter((rule) => rule.action === action);
    if (found.length === 0) return [];
    return [
      {
        direction,
        subject: selectionOf(subject),
        isolates: isolates.has(direction),
        rules: found.map((rule) =>
          asCiliumReads(
            {
              action,
              peers: rule.peers?.map((peer) => tierPeer(peer)),
              ports: rule.ports && flatMap(rule.ports, tierPorts),
              doubt: rule.doubt,
              source: rule,
            },
            direction,
            settings,
            portOfName,
          ),
        ),
        source: { object, subject: subjectPath },
      },
    ];
  };
  return concat(part('deny'), part('allow'));
}

function tierPeer(peer: CiliumPeer): Peer {
  if (peer === 'outside') return { outside: true };
  if (peer === 'nodes') return { nodes: true };
  if (peer === 'proxy') return { proxy: true };
  if ('blocks' in peer) {
    return {
      addresses: addressSet(flatMap(peer.blocks, (block) => addressesOf(block).ranges)),
    };
  }
  return selectionOf(peer);
}

/** One namespace by its name, where that is all that is asked of it. */
function selectionOf({ namespaces, pods }: CiliumSelection): PodSelection {
  const name = namespaces.labels.get(NAMESPACE_NAME_LABEL);
  const isOne = name !== undefined && namespaces.labels.size === 1 && namespaces.expressions.length === 0;
  return { namespaces: isOne ? name : namespaces, pods };
}

function tierPorts({ protocol, ports }: CiliumPort): readonly RulePort[] {
  return PROTOCOLS.filter((known) => protocol === undefined || known === protocol).map((known) => ({
    protocol: known,
    ports,
  }));
}

/** Pods and nodes have identities, which blocks do not choose; names of ports for egress are looked up in one table of the cluster. */
function asCiliumReads(
  rule: TierRule,
  direction: PolicyDirection,
  { blocksMatchPods, blocksMatchNodes }: CiliumSettings,
  portOfName: PortOfName,
): TierRule {
  return {
    ...rule,
    peers: rule.peers?.map((peer) =>
      'addresses' in peer ? { ...peer, missesPods: !blocksMatchPods, missesNodes: !blocksMatchNodes } : peer,
    ),
    ports:
      direction === 'egress' ? rule.ports && flatMap(rule.ports, (port) => numbered(port, portOfName)) : rule.ports,
  };
}

type PortOfName = (protocol: Protocol, name: string) => number | undefined;

function numbered({ protocol, ports }: RulePort, portOfName: PortOfName): readonly RulePort[] {
  if (typeof ports !== 'string') return [{ protocol, ports }];
  const port = portOfName(protocol, ports);
  return port === undefined ? [] : [{ protocol, ports: { first: port, last: port } }];
}

/** A name for which pods have different numbers stands for none (pkg/types/portmap.go). */
function namedPorts(model: NetworkModel): PortOfName {
  const numbers = new Map<string, number | undefined>();
  for (const { containerPorts, hostNetwork } of runningWorkloads(model)) {
    if (hostNetwork) continue;
    for (const { name, protocol, containerPort } of containerPorts) {
      if (name === undefined) continue;
      const key = `${protocol} ${name}`;
      numbers.set(key, numbers.has(key) && numbers.get(key) !== containerPort ? undefined : containerPort);
    }
  }
  return (protocol, name) => numbers.get(`${protocol} ${name}`);
}
