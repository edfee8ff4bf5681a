import { at, concat, flatMap, member, type NetworkModel, nonEmpty, textMap } from '../../model';
import { isAtLeast, minorVersion } from '../kubernetes-version';
import type { NetworkRule, Violation } from '../network-rule';

/** What goes on to work, and has something better: a remark, and only where the version is known to have that. */
export const deprecatedSetting: NetworkRule = {
  code: 'NL942',
  slug: 'deprecated-setting',
  severity: 'warning',
  layer: 'object',
  ofFieldNames: true,
  title: 'A setting is deprecated in the version of Kubernetes, or no longer has an effect',
  check(model, report) {
    for (const violation of concat(proxyModes(model), topologyWords(model), domainSlices(model), oldPrefixes(model))) {
      report(violation);
    }
  },
};

/** KEP-5495: kube-proxy logs a warning since 1.35. The userspace mode is gone since 1.26. */
const PROXY_MODES: ReadonlyMap<string, { readonly since: number; readonly is: string }> = new Map([
  ['ipvs', { since: 35, is: 'deprecated' }],
  ['userspace', { since: 26, is: 'removed' }],
]);

function proxyModes({ configs, facts }: NetworkModel): readonly Violation[] {
  return flatMap(configs, ({ kind, value, object, fieldOf }) => {
    const mode = kind === 'KubeProxyConfiguration' ? nonEmpty(member(value, 'mode')) : undefined;
    const fate = mode === undefined ? undefined : PROXY_MODES.get(mode);
    if (fate === undefined || !isAtLeast(facts, fate.since)) return [];
    return [
      {
        on: object,
        field: fieldOf(['mode']),
        message: `mode ${mode ?? ''} of kube-proxy is ${fate.is} since Kubernetes 1.${fate.since}`,
        help: 'use mode nftables, which needs Linux 5.13, or iptables; restart kube-proxy on each node',
      },
    ];
  });
}

const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';

/** k8s.io/api, annotation_key_constants.go: renamed in 1.27. KEP-4444 supersedes it, generally available in 1.33. KEP-3015 renames PreferClose, in beta and on since 1.34. */
function topologyWords({ services, facts }: NetworkModel): readonly Violation[] {
  const version = minorVersion(facts.kubernetesVersion) ?? 0;
  if (version < 27) return [];
  const instead =
    version >= 34
      ? 'spec.trafficDistribution: PreferSameZone'
      : version === 33
        ? 'spec.trafficDistribution: PreferClose'
        : MODE;
  return flatMap(services, ({ object }) => {
    const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
    const old = [HINTS, ...(version >= 33 ? [MODE] : [])].filter((name) => annotations.has(name));
    const isClose = version >= 34 && at(object.manifest, 'spec', 'trafficDistribution') === 'PreferClose';
    return concat(
      old.map((name) => ({
        on: object,
        severity: 'info' as const,
        field: ['metadata', 'annotations', name],
        message: `the annotation ${name} is ${name === HINTS ? 'deprecated since Kubernetes 1.27' : 'superseded by a field since Kubernetes 1.33'}`,
        help: `use ${instead}`,
      })),
      isClose
        ? [
            {
              on: object,
              severity: 'info' as const,
              field: ['spec', 'trafficDistribution'],
              message: 'PreferClose is the deprecated name of PreferSameZone since Kubernetes 1.34',
              help: 'write PreferSameZone, which means the same, unless an older cluster has to read it',
            },
          ]
        : [],
    );
  });
}

/** discovery/v1, types.go: no proxy reads such slices. */
function domainSlices({ endpoints }: NetworkModel): readonly Violation[] {
  return endpoints
    .filter(({ addressType }) => addressType === 'FQDN')
    .map(({ object }) => ({
      on: object,
      field: ['addressType'],
      message: 'addressType FQDN is deprecated, and kube-proxy leads nothing to such endpoints',
      help: 'use a Service of type ExternalName, or slices with addresses',
    }));
}

const OLD_PREFIX = 'metallb.universe.tf/';
const METALLB_KEYS = new Set(['address-pool', 'loadBalancerIPs', 'allow-shared-ip', 'ip-allocated-from-pool']);

function oldPrefixes({ services }: NetworkModel): readonly Violation[] {
  return flatMap(services, ({ object }) =>
    [...textMap(at(object.manifest, 'metadata', 'annotations')).keys()]
      // Of others MetalLB never had, `load-balancer-annotation-unknown` speaks.
      .filter((name) => name.startsWith(OLD_PREFIX) && METALLB_KEYS.has(name.slice(OLD_PREFIX.length)))
      .map((name) => ({
        on: object,
        severity: 'info' as const,
        field: ['metadata', 'annotations', name],
        message: `annotations of MetalLB begin with metallb.io/, and ${name} is deprecated`,
        help: `use metallb.io/${name.slice(OLD_PREFIX.length)}, unless an older MetalLB has to read it`,
      })),
  );
}
