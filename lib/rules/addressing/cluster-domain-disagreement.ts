import { objectText } from '../../finding/finding';
import { at, concat, flatMap, type NetworkModel, type StatedText, text } from '../../model';
import { isSet } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** Pods append the domain of the kubelet to names, and CoreDNS answers for its own zone only. */
export const clusterDomainDisagreement: NetworkRule = {
  code: 'NL134',
  slug: 'cluster-domain-disagreement',
  severity: 'warning',
  title: 'The components of the cluster have different cluster domains',
  check(model, report) {
    const stated = concat(
      model.statements.domains.map((domain) => ({ ...domain, also: [] })),
      kubeadmDefaults(model),
      corednsZones(model),
    );
    const reference = stated.at(0);
    if (reference === undefined) return;
    const given = model.givenFacts.clusterDomain;
    if (given !== undefined && !agree(reference, { value: given, also: [] })) {
      report({
        on: reference.object,
        field: reference.path,
        message: `${reference.setting} is ${reference.value}, and the cluster was said to have ${given}`,
        help: 'the object counts; correct the one that is wrong',
      });
    }
    for (const other of stated.slice(1)) {
      if (agree(reference, other)) continue;
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

interface StatedDomain extends StatedText {
  /** Further domains that are served as well. */
  readonly also: readonly string[];
}

type Domains = Pick<StatedDomain, 'value' | 'also'>;

function agree(a: Domains, b: Domains): boolean {
  const served = domainsOf(b);
  return domainsOf(a).some((domain) => served.includes(domain));
}

function domainsOf({ value, also }: Domains): readonly string[] {
  return [value, ...also].map((domain) => (domain.endsWith('.') ? domain.slice(0, -1) : domain));
}

/** kubeadm: DefaultServiceDNSDomain. Without other words it is what CoreDNS and the kubelets are given. */
function kubeadmDefaults({ configs, statements }: NetworkModel): readonly StatedDomain[] {
  if (statements.domains.some(({ setting }) => setting.endsWith('of kubeadm'))) return [];
  return configs
    .filter(({ kind, value }) => kind === 'ClusterConfiguration' && !isSet(at(value, 'networking', 'dnsDomain')))
    .slice(0, 1)
    .map(({ object, fieldOf }) => ({
      setting: 'the default dnsDomain of kubeadm',
      value: 'cluster.local',
      also: [],
      object,
      path: fieldOf(['networking']),
    }));
}

interface Corefile {
  readonly name: RegExp;
  readonly setting: string;
  /** Finds the zones of the cluster. */
  readonly zones: RegExp;
}

/** The plugin `kubernetes`, with the zones of the cluster; the cache on the nodes has them as zones that it asks the cluster DNS for. */
const COREFILES: readonly Corefile[] = [
  // Charts put the name of their release before it.
  { name: /^(.*-)?coredns$/, setting: 'the zone of CoreDNS', zones: /^[ \t]*kubernetes((?:[ \t]+[a-z0-9.-]+)+)/gm },
  {
    name: /^node-local-dns$|^nodelocaldns$/,
    setting: 'the zone of NodeLocal DNSCache',
    zones: /^[ \t]*([a-z0-9][a-z0-9.-]*):53[ \t]*\{/gm,
  },
];

const REVERSE_ZONE = /(^|\.)(in-addr|ip6)\.arpa\.?$/;

function corednsZones(model: NetworkModel): readonly StatedDomain[] {
  return flatMap(model.ofKind('ConfigMap'), (object) => {
    const known = COREFILES.find(({ name }) => name.test(object.ref.name));
    if (known === undefined || object.ref.namespace !== 'kube-system') return [];
    const path = ['data', 'Corefile'];
    const content = text(at(object.manifest, ...path)) ?? '';
    const zones = flatMap([...content.matchAll(known.zones)], ([, listed]) => listed.trim().split(/[ \t]+/)).filter(
      (zone) => !REVERSE_ZONE.test(zone),
    );
    return zones.length === 0 ? [] : [{ setting: known.setting, value: zones[0], also: zones.slice(1), object, path }];
  });
}
