import { formatCidr, type IpFamily } from '../../address';
import {
  apiGroup,
  at,
  below,
  concat,
  flatMap,
  labelIndex,
  type LabelSelector,
  labelSelectorText,
  NAMESPACE_NAME_LABEL,
  type NetworkModel,
  type NetworkPolicy,
  onName,
  type PolicyPeer,
  readMaskedCidr,
  textMap,
} from '../../model';
import { once } from '../../model/lookup';
import type { NetworkRule, Violation } from '../network-rule';
import { whyNothingMatches } from '../no-match';
import { reportUnmatched, type Unmatched } from '../operator-made-pods';
import { splitPeers } from './split-peers';

interface Nobody {
  readonly selector: 'podSelector' | 'namespaceSelector';
  readonly message: string;
  readonly help: string;
  /** Where such pods are looked for, unless the input shows what was meant. */
  readonly uncertainIn?: string;
}

/**
 * A rule for a peer that nobody is allows nothing. Pods and namespaces may come from elsewhere, so that it is silent unless
 * the input knows the namespace that the peer looks into, and where a custom resource has the labels: its operator makes the pods.
 */
export const policyPeerMatchesNothing: NetworkRule = {
  code: 'NL510',
  slug: 'policy-peer-matches-nothing',
  severity: 'warning',
  title: 'A peer of a NetworkPolicy is nobody',
  concernsReach: true,
  check(model, report) {
    const madeByOperator = once(() => customResources(model));
    const families = familiesOf(model);
    const unmatched: Unmatched[] = [];
    for (const policy of model.networkPolicies) {
      for (const violation of blocksOfNobody(policy, families)) report(violation);
      for (const rule of policy.rules) {
        if (!policy.isolates.has(rule.direction)) continue;
        const split = new Set(splitPeers(model, policy, rule).map(({ pods }) => pods));
        for (const peer of rule.peers) {
          if (split.has(peer) || peer.ipBlock !== undefined) continue;
          const nobody = whyNobody(model, policy.namespace, peer);
          if (nobody === undefined || madeByOperator()(policy.namespace, peer)) continue;
          const { selector, message, help, uncertainIn } = nobody;
          unmatched.push({
            namespace: uncertainIn ?? policy.namespace,
            violation: { on: policy.object, field: [...peer.path, selector], message, help },
            isCertain: uncertainIn === undefined,
          });
        }
      }
    }
    reportUnmatched(model, unmatched, report);
  },
};

/** Empty where nobody says the ranges of pods; what nodes and Services have counts too, because the ranges of pods may be told in part. */
function familiesOf({ facts, nodes }: NetworkModel): ReadonlySet<IpFamily> {
  if (facts.podCidrs === undefined) return new Set();
  return new Set(
    concat(
      concat(facts.podCidrs, facts.serviceCidrs ?? [], facts.nodeCidrs ?? []).map(({ family }) => family),
      flatMap(nodes, ({ internalIps }) => internalIps.map(({ value }) => value.family)),
    ),
  );
}

/**
 * An IPv4 block holds no IPv6 address, nor the other way round. A policy for clusters of any family has blocks of both, or the block of
 * all addresses.
 */
function blocksOfNobody(policy: NetworkPolicy, families: ReadonlySet<IpFamily>): readonly Violation[] {
  if (families.size !== 1) return [];
  const [known] = families;
  const blocks = flatMap(policy.rules, ({ direction, peers }) =>
    flatMap(peers, ({ ipBlock, path }) => {
      const cidr = typeof ipBlock?.cidr === 'string' ? readMaskedCidr(ipBlock.cidr) : undefined;
      return cidr === undefined || !policy.isolates.has(direction) ? [] : [{ cidr, path }];
    }),
  );
  if (blocks.some(({ cidr }) => cidr.prefix === 0 || cidr.family === known)) return [];
  return blocks.map(({ cidr, path }) => ({
    on: policy.object,
    field: below(path, 'ipBlock', 'cidr'),
    message: `${formatCidr(cidr)} is ${cidr.family}, and the cluster has ${known} alone: no connection of its pods has such an address`,
    help: `write the ${known} addresses, or remove the block`,
  }));
}

/** Whether a custom resource where the peer looks for pods has their labels. */
function customResources(model: NetworkModel): (policyNamespace: string, peer: PolicyPeer) => boolean {
  const labelled = flatMap(
    model.types.filter(({ apiVersion }) => isCustom(apiGroup(apiVersion))),
    ({ objects }) => objects,
  ).map(({ ref, manifest }) => ({
    namespace: ref.namespace ?? '',
    labels: textMap(at(manifest, 'metadata', 'labels')),
  }));
  const index = labelIndex(labelled);
  return (policyNamespace, { namespaceSelector, podSelector }) => {
    const found = podSelector === undefined ? [] : index.select(podSelector);
    if (found.length === 0) return false;
    const namespaces = new Set(found.map(({ namespace }) => namespace));
    return namespaceSelector === undefined
      ? namespaces.has(policyNamespace)
      : model.namespaces.select(namespaceSelector).matched.some(({ name }) => namespaces.has(name));
  };
}

function isCustom(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function whyNobody(model: NetworkModel, namespace: string, peer: PolicyPeer): Nobody | undefined {
  const { namespaceSelector, podSelector } = peer;
  if (namespaceSelector === undefined) {
    return podSelector === undefined ? undefined : noPods(model, namespace, podSelector);
  }
  const { matched, possible, open } = model.namespaces.select(namespaceSelector);
  if (open || (possible.length > 0 && !isNameByHand(model, namespaceSelector))) return undefined;
  if (matched.length === 0) return noNamespace(model, namespaceSelector);
  if (podSelector === undefined) return undefined;
  const pods = model.podsOfPeer(namespace, peer);
  if (pods === undefined || !pods.complete || pods.workloads.length > 0) return undefined;
  const why = whyNothingMatches(model, matched[0].name, podSelector);
  if (why === undefined) return undefined;
  return {
    selector: 'podSelector',
    message: `the peer is pods ${labelSelectorText(podSelector)} of namespaces ${labelSelectorText(namespaceSelector)}, and no workload of ${matched.length === 1 ? matched[0].name : `these ${matched.length} namespaces`} matches`,
    help: why.help,
    ...(!why.certain && { uncertainIn: matched[0].name }),
  };
}

/** `name: monitoring` before the API server labelled namespaces with their names: the Namespace of that name is here, without the label. */
function isNameByHand({ namespaces }: NetworkModel, { labels, expressions }: LabelSelector): boolean {
  const name = labels.get('name');
  if (name === undefined || labels.size > 1 || expressions.length > 0) return false;
  const namespace = namespaces.get(name);
  return namespace?.object !== undefined && namespace.labels.get('name') !== name;
}

function noPods(model: NetworkModel, namespace: string, selector: LabelSelector): Nobody | undefined {
  if (selector.labels.size + selector.expressions.length === 0) return undefined;
  const why = whyNothingMatches(model, namespace, selector);
  if (why === undefined) return undefined;
  const elsewhere = model.selectors.firstAnywhere(selector)?.namespace ?? namespaceOfDns(selector);
  return {
    selector: 'podSelector',
    message: `the peer is pods ${labelSelectorText(selector)} of namespace ${namespace}, and no workload matches`,
    ...(!why.certain && elsewhere === undefined && { uncertainIn: namespace }),
    help:
      elsewhere === undefined
        ? why.help
        : `${elsewhere === DNS_NAMESPACE ? 'the pods of the cluster DNS are in ' + DNS_NAMESPACE : why.help}; add namespaceSelector: { matchLabels: { ${NAMESPACE_NAME_LABEL}: ${elsewhere} } } to the same item`,
  };
}

const DNS_NAMESPACE = 'kube-system';

/** The cluster DNS is seldom in the input, and its pods have the same label in every cluster (kubeadm, addons/dns/manifests.go). */
function namespaceOfDns({ labels }: LabelSelector): string | undefined {
  return labels.get('k8s-app') === 'kube-dns' ? DNS_NAMESPACE : undefined;
}

/** Most inputs lack the namespaces of others: a name must be near a known one, a label needs Namespaces to be compared with. */
function noNamespace(model: NetworkModel, selector: LabelSelector): Nobody | undefined {
  const { namespaces } = model;
  const byName = onName(selector);
  if (byName.labels.size === selector.labels.size && byName.expressions.length === selector.expressions.length) {
    const name = selector.labels.get(NAMESPACE_NAME_LABEL);
    const near = name === undefined ? undefined : namespaces.similar(name);
    if (name === undefined || near === undefined) return undefined;
    return {
      selector: 'namespaceSelector',
      message: `the peer is in namespace ${name}, which nothing else in the input mentions`,
      help: `did you mean ${near.name}?`,
    };
  }
  if (!namespaces.declared) return undefined;
  const named = [...selector.labels.values()].find((value) => namespaces.get(value) !== undefined);
  return {
    selector: 'namespaceSelector',
    message: `the peer is in namespaces ${labelSelectorText(selector)}, and no Namespace has these labels`,
    help:
      named === undefined
        ? `add the labels to the Namespace, or select it by its name: ${NAMESPACE_NAME_LABEL}`
        : `select namespace ${named} by its name: ${NAMESPACE_NAME_LABEL}: ${named}, or add the labels to it`,
  };
}
