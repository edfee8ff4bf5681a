import { objectText } from '../../finding/finding';
import { at, type NetworkModel, type StatedText, text } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Pods append the domain of the kubelet to names, and CoreDNS answers for its own zone only. */
export const clusterDomainDisagreement: NetworkRule = {
  code: 'NL134',
  slug: 'cluster-domain-disagreement',
  severity: 'warning',
  title: 'The components of the cluster have different cluster domains',
  check(model, report) {
    const stated = [...model.statements.domains, ...corednsZones(model)];
    const reference = stated.at(0);
    if (reference === undefined) return;
    const given = model.givenFacts.clusterDomain;
    if (given !== undefined && withoutDot(given) !== withoutDot(reference.value)) {
      report({
        on: reference.object,
        field: reference.path,
        message: `${reference.setting} is ${reference.value}, and the cluster was said to have ${given}`,
        help: 'the object counts; correct the one that is wrong',
      });
    }
    for (const other of stated.slice(1)) {
      if (withoutDot(other.value) === withoutDot(reference.value)) continue;
      report({
        on: other.object,
        field: other.path,
        message: `${other.setting} is ${other.value}, and ${reference.setting} is ${reference.value}`,
        related: [
          {
            on: reference.object,
            field: reference.path,
            message: `${reference.setting}, in ${objectText(reference.object.ref)}`,
          },
        ],
        help: 'names of Services would not resolve: use one domain everywhere',
      });
    }
  },
};

interface Corefile {
  readonly name: string;
  readonly setting: string;
  /** Finds the zone of the cluster. */
  readonly zone: RegExp;
}

/** The plugin `kubernetes`, whose first zone is that of the cluster; the cache on the nodes has it as the zone that it asks the cluster DNS for. */
const COREFILES: readonly Corefile[] = [
  { name: 'coredns', setting: 'the zone of CoreDNS', zone: /^[ \t]*kubernetes[ \t]+([a-z0-9.-]+)/m },
  {
    name: 'node-local-dns',
    setting: 'the zone of NodeLocal DNSCache',
    zone: /^[ \t]*(?!(?:in-addr\.arpa|ip6\.arpa)\b)([a-z0-9][a-z0-9.-]*):53[ \t]*\{/m,
  },
];

function corednsZones(model: NetworkModel): StatedText[] {
  return model.ofKind('ConfigMap').flatMap((object) => {
    if (object.ref.namespace !== 'kube-system') return [];
    const path = ['data', 'Corefile'];
    return COREFILES.filter(({ name }) => name === object.ref.name).flatMap(({ setting, zone }) => {
      const value = zone.exec(text(at(object.manifest, ...path)) ?? '')?.[1];
      return value === undefined ? [] : [{ setting, value, object, path }];
    });
  });
}

function withoutDot(domain: string): string {
  return domain.endsWith('.') ? domain.slice(0, -1) : domain;
}
