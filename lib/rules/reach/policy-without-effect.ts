import { concat, flatMap, identityOf, type ModelObject, type NetworkModel, type NetworkPolicy } from '../../model';
import { NO_CONNECTIONS, type Reachability } from '../../reach';
import type { NetworkRule } from '../network-rule';
import { solvedOf } from './solved';

type TierPolicy = Reachability['compiled']['tiers'][number]['policies'][number];

/**
 * Without the policy everything would be as it is: each of its rules is a part of a rule of another policy that selects the same pods. A policy without
 * rules is a default for pods to come, and left alone.
 */
export const policyWithoutEffect: NetworkRule = {
  code: 'NL712',
  slug: 'policy-without-effect',
  severity: 'info',
  title: 'A policy changes nothing: others say the same',
  check(model, report) {
    if (model.networkPolicies.length === 0) return;
    const { reach } = solvedOf(model);
    for (const policy of withoutEffect(model, reach)) {
      report({
        on: policy.object,
        field: ['spec'],
        message:
          'without this policy the same connections would be possible: other policies that select its pods allow all that it allows',
        help: 'delete it, or correct what was meant to be different',
      });
    }
  },
};

function withoutEffect({ networkPolicies }: NetworkModel, reach: Reachability): readonly NetworkPolicy[] {
  const { tiers, selecting } = reach.compiled;
  const inEffect = new Set<ModelObject>();
  const selected = new Set<ModelObject>();
  for (const direction of ['ingress', 'egress'] as const) {
    for (const policies of selecting[direction]) {
      const rulesByPeers = indexed(reach, policies);
      for (const policy of policies) {
        selected.add(policy.source.object);
        if (!inEffect.has(policy.source.object) && changes(reach, policy, policies, rulesByPeers))
          inEffect.add(policy.source.object);
      }
    }
  }
  const hasRules = new Set(
    flatMap(tiers, ({ policies }) =>
      flatMap(policies, ({ rules, source }) => (rules.length > 0 ? [source.object] : [])),
    ),
  );
  return networkPolicies.filter(({ object }) => selected.has(object) && hasRules.has(object) && !inEffect.has(object));
}

interface Indexed {
  readonly policy: TierPolicy;
  readonly peers: number;
  readonly ports: number;
}

/** Where rules for everyone are found, whatever else a rule speaks of. */
const EVERYONE = -1;

function indexed(
  { compiled: { compiled, peerSets } }: Reachability,
  policies: readonly TierPolicy[],
): Map<number, Indexed[]> {
  const rules = new Map<number, Indexed[]>();
  for (const policy of policies) {
    for (const rule of policy.rules) {
      if (rule.action !== 'allow' || rule.doubt !== undefined) continue;
      const { peers, ports } = compiled(rule);
      const key = peerSets[peers].everyone ? EVERYONE : peers;
      const known = rules.get(key);
      if (known === undefined) rules.set(key, [{ policy, peers, ports }]);
      else known.push({ policy, peers, ports });
    }
  }
  return rules;
}

/** Whether the pods would have other connections without the policy. */
function changes(
  { compiled: { compiled, sets, portLists } }: Reachability,
  policy: TierPolicy,
  policies: readonly TierPolicy[],
  rulesByPeers: ReadonlyMap<number, readonly Indexed[]>,
): boolean {
  // It alone isolates the pods; one that allows everything says so on purpose.
  if (policies.length === 1) return true;
  return policy.rules.some((rule) => {
    const { peers, ports } = compiled(rule);
    const wanted = portLists[ports];
    const others = concat(rulesByPeers.get(peers) ?? [], rulesByPeers.get(EVERYONE) ?? []);
    return !others.some(
      (other) =>
        other.policy !== policy &&
        // Of two that say the same, the first is the one that counts.
        (!says(other, peers, ports) || order(other.policy) < order(policy)) &&
        // What one of Calico leaves out is not compared.
        wanted.except === undefined &&
        portLists[other.ports].except === undefined &&
        sets.difference(wanted.fixed, portLists[other.ports].fixed) === NO_CONNECTIONS &&
        wanted.named.every(({ name, protocol }) =>
          portLists[other.ports].named.some((known) => known.name === name && known.protocol === protocol),
        ),
    );
  });
}

function says(other: Indexed, peers: number, ports: number): boolean {
  return other.peers === peers && other.ports === ports;
}

function order({ source: { object } }: TierPolicy): string {
  return identityOf(object.ref);
}
