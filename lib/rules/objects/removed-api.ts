import type { Severity } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { apiGroup, at, isReadFromCluster, member, type ModelObject, type ObjectType, nonEmpty } from '../../model';
import { SERVICE_CIDRS_SINCE, SUPPORTED_MINORS } from '../../plan';
import { minorVersion } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** The minor versions of Kubernetes 1 between which a kind is there in an API version. */
interface Life {
  readonly deprecatedIn: number;
  /** Undefined when it is still served. */
  readonly removedIn?: number;
  readonly instead: string;
}

const APPS = 'apps/v1, whose selector is required';

/** Kubernetes deprecated API migration guide; Endpoints: KEP-4974. Ingress and IngressClass have a rule of their own. */
const KUBERNETES: ReadonlyMap<string, Life> = new Map([
  ['extensions/v1beta1 NetworkPolicy', { deprecatedIn: 9, removedIn: 16, instead: 'networking.k8s.io/v1' }],
  ['extensions/v1beta1 DaemonSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['extensions/v1beta1 Deployment', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['extensions/v1beta1 ReplicaSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta1 Deployment', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta1 StatefulSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta2 DaemonSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta2 Deployment', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta2 ReplicaSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['apps/v1beta2 StatefulSet', { deprecatedIn: 9, removedIn: 16, instead: APPS }],
  ['batch/v1beta1 CronJob', { deprecatedIn: 21, removedIn: 25, instead: 'batch/v1' }],
  ['discovery.k8s.io/v1beta1 EndpointSlice', { deprecatedIn: 21, removedIn: 25, instead: 'discovery.k8s.io/v1' }],
  ['networking.k8s.io/v1alpha1 ServiceCIDR', { deprecatedIn: 31, removedIn: 34, instead: 'networking.k8s.io/v1' }],
  ['networking.k8s.io/v1beta1 ServiceCIDR', { deprecatedIn: 34, removedIn: 37, instead: 'networking.k8s.io/v1' }],
]);

/** The first minor versions that serve kinds whose older API versions were off by default (KEP-1880). */
const SERVED_SINCE: ReadonlyMap<string, number> = new Map([
  ['networking.k8s.io/v1 IPAddress', SERVICE_CIDRS_SINCE],
  ['networking.k8s.io/v1 ServiceCIDR', SERVICE_CIDRS_SINCE],
]);

/** A kind that its project has given up or moved, whatever the version of Kubernetes. */
interface Moved {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
}

const GATEWAY_V1 = 'use gateway.networking.k8s.io/v1';

/** `deprecated: true` in the CRDs of the release, and not served in those of its standard channel. */
const DEPRECATED_GATEWAY_APIS = [
  ['v1alpha3', 'BackendTLSPolicy', '1.4'],
  ['v1alpha2', 'TCPRoute', '1.6'],
  ['v1alpha2', 'TLSRoute', '1.5'],
  ['v1alpha3', 'TLSRoute', '1.5'],
  ['v1alpha2', 'UDPRoute', '1.6'],
] as const;

const STABLE_IN_CILIUM = [
  'CiliumBGPAdvertisement',
  'CiliumBGPClusterConfig',
  'CiliumBGPNodeConfigOverride',
  'CiliumBGPPeerConfig',
  'CiliumCIDRGroup',
  'CiliumLoadBalancerIPPool',
];

/** Release notes of Gateway API 1.0, 1.1, 1.2, 1.4, 1.5 and 1.6, MetalLB 0.13 and 0.14, Cilium 1.18. */
const PROJECTS: ReadonlyMap<string, Moved> = new Map([
  ...['GatewayClass', 'Gateway', 'HTTPRoute'].map((kind) =>
    moved(
      `gateway.networking.k8s.io/v1alpha2 ${kind}`,
      'error',
      `Gateway API 1.0 has no ${kind} in v1alpha2`,
      GATEWAY_V1,
    ),
  ),
  ...['GRPCRoute', 'ReferenceGrant'].map((kind) =>
    moved(
      `gateway.networking.k8s.io/v1alpha2 ${kind}`,
      'error',
      `Gateway API does not serve ${kind} in v1alpha2 since its release 1.2`,
      kind === 'GRPCRoute' ? GATEWAY_V1 : 'use gateway.networking.k8s.io/v1beta1',
    ),
  ),
  ...['GatewayClass', 'Gateway', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map((kind) =>
    moved(
      `networking.x-k8s.io/v1alpha1 ${kind}`,
      'error',
      'networking.x-k8s.io is the group that Gateway API had before its release 0.4',
      'use gateway.networking.k8s.io, where routes name their Gateway in parentRefs',
    ),
  ),
  ...DEPRECATED_GATEWAY_APIS.map(([version, kind, release]) =>
    moved(
      `gateway.networking.k8s.io/${version} ${kind}`,
      'warning',
      `${kind} in ${version} is deprecated since release ${release} of Gateway API, whose standard channel does not serve it`,
      `${GATEWAY_V1}, unless an older release has to read it`,
    ),
  ),
  moved(
    'gateway.networking.k8s.io/v1alpha2 BackendTLSPolicy',
    'error',
    'Gateway API does not serve BackendTLSPolicy in v1alpha2 since its release 1.1',
    GATEWAY_V1,
  ),
  moved(
    'gateway.networking.k8s.io/v1alpha2 ReferencePolicy',
    'error',
    'Gateway API 1.0 has no ReferencePolicy, which is called ReferenceGrant',
    'use kind ReferenceGrant of gateway.networking.k8s.io/v1beta1',
  ),
  ...['v1alpha1', 'v1beta1'].map((version) =>
    moved(
      `metallb.io/${version} AddressPool`,
      'error',
      'MetalLB dropped AddressPool in its release 0.14',
      'use IPAddressPool of metallb.io/v1beta1, and an L2Advertisement or BGPAdvertisement to announce it',
    ),
  ),
  ...STABLE_IN_CILIUM.map((kind) =>
    moved(
      `cilium.io/v2alpha1 ${kind}`,
      'info',
      `${kind} is in v2 since Cilium 1.18, and v2alpha1 is deprecated`,
      'use cilium.io/v2, unless an older Cilium has to read it',
    ),
  ),
  moved(
    'metallb.io/v1beta1 BGPPeer',
    'info',
    'BGPPeer is in v1beta2 since MetalLB 0.13, and v1beta1 is deprecated',
    'use metallb.io/v1beta2',
  ),
  moved(
    'cilium.io/v2alpha1 CiliumBGPPeeringPolicy',
    'warning',
    'CiliumBGPPeeringPolicy is deprecated: BGP of Cilium has newer kinds',
    'use CiliumBGPClusterConfig, CiliumBGPPeerConfig and CiliumBGPAdvertisement',
  ),
]);

function moved(key: string, severity: Severity, message: string, help: string): readonly [string, Moved] {
  return [key, { severity, message, help }];
}

/** KEP-4974: since this version the API server warns about Endpoints. */
const ENDPOINTS_DEPRECATED = 33;

/** A kind is not there in the API version: kubectl says "no matches for kind". */
export const removedApi: NetworkRule = {
  code: 'NL945',
  slug: 'removed-api',
  severity: 'error',
  title: 'An object has an API version that is removed, deprecated or too new',
  layer: 'object',
  check(model, report) {
    const minor = minorVersion(model.facts.kubernetesVersion);
    for (const type of model.types) {
      const problem = kubernetesProblem(type, minor) ?? projectProblem(type);
      for (const object of type.objects) {
        // The control plane keeps these beside every EndpointSlice, whoever reads them.
        if (type.kind === 'Endpoints' && isReadFromCluster(object)) continue;
        if (problem !== undefined) report({ on: object, ...problem });
        else if (isMetalLbConfiguration(object)) report({ on: object, ...METALLB_CONFIGURATION });
      }
    }
    for (const { kind, value, object, fieldOf } of model.configs) {
      if (kind !== 'ClusterConfiguration') continue;
      const own = minorVersion(nonEmpty(member(value, 'kubernetesVersion')));
      const problem = kubeadmProblem(nonEmpty(member(value, 'apiVersion')) ?? '', own ?? minor);
      if (problem !== undefined) report({ on: object, ...problem, field: fieldOf(problem.field ?? []) });
    }
  },
};

function kubernetesProblem(type: ObjectType, minor: number | undefined): Problem | undefined {
  const { apiVersion, kind } = type;
  const since = SERVED_SINCE.get(`${apiVersion} ${kind}`) ?? 0;
  if (minor !== undefined && minor < since) {
    return {
      field: ['apiVersion'],
      severity: 'error',
      message: `Kubernetes serves ${kind} in ${apiVersion} since 1.${since}`,
      help: 'upgrade the cluster, or state the range in the flags of the API server alone',
    };
  }
  const life = KUBERNETES.get(`${apiVersion} ${kind}`);
  if (life === undefined) return endpointsProblem(type, minor);
  const version = minor ?? Infinity;
  if (version < life.deprecatedIn) return undefined;
  // Of a version that is not known, only what no supported one serves is certain.
  const removed = life.removedIn !== undefined && (minor ?? SUPPORTED_MINORS.oldest) >= life.removedIn;
  return {
    field: ['apiVersion'],
    severity: removed ? 'error' : 'warning',
    message: removed
      ? `Kubernetes has not served ${kind} in ${apiVersion} since 1.${life.removedIn}`
      : `${kind} in ${apiVersion} is deprecated since Kubernetes 1.${life.deprecatedIn}${life.removedIn === undefined ? '' : `, and removed in 1.${life.removedIn}`}`,
    help: `use ${life.instead}`,
  };
}

/** A remark, and only for a version that is known: the kind goes on to be served. */
function endpointsProblem({ apiVersion, kind }: ObjectType, minor: number | undefined): Problem | undefined {
  if (kind !== 'Endpoints' || apiVersion !== 'v1' || (minor ?? 0) < ENDPOINTS_DEPRECATED) return undefined;
  return {
    field: ['apiVersion'],
    severity: 'info',
    message: `Endpoints is deprecated since Kubernetes 1.${ENDPOINTS_DEPRECATED}`,
    help: 'use an EndpointSlice with the label kubernetes.io/service-name',
  };
}

/** Release notes of kubeadm 1.22, 1.24, 1.27, 1.31 and 1.37. */
const KUBEADM: ReadonlyMap<string, Life> = new Map([
  ['kubeadm.k8s.io/v1beta1', { deprecatedIn: 17, removedIn: 22, instead: 'kubeadm.k8s.io/v1beta4' }],
  ['kubeadm.k8s.io/v1beta2', { deprecatedIn: 24, removedIn: 27, instead: 'kubeadm.k8s.io/v1beta4' }],
  ['kubeadm.k8s.io/v1beta3', { deprecatedIn: 31, removedIn: 37, instead: 'kubeadm.k8s.io/v1beta4' }],
]);

/** Only for a version that is known: each kubeadm has an API of its own time. */
function kubeadmProblem(apiVersion: string, minor = 0): Problem | undefined {
  const life = KUBEADM.get(apiVersion);
  if (life === undefined || minor < life.deprecatedIn) return undefined;
  const removed = life.removedIn !== undefined && minor >= life.removedIn;
  return {
    field: ['apiVersion'],
    severity: removed ? 'error' : 'info',
    message: removed
      ? `kubeadm has not read ${apiVersion} since 1.${life.removedIn}`
      : `${apiVersion} is deprecated since kubeadm 1.${life.deprecatedIn}`,
    help: `use ${life.instead}: kubeadm config migrate rewrites the file`,
  };
}

function projectProblem({ apiVersion, kind }: ObjectType): Problem | undefined {
  const known = PROJECTS.get(`${apiVersion} ${kind}`);
  return known && { field: ['apiVersion'], ...known };
}

const METALLB_CONFIGURATION: Problem = {
  field: ['data', 'config'],
  severity: 'warning',
  message: 'MetalLB does not read its ConfigMap since its release 0.13',
  help: 'use IPAddressPool, L2Advertisement and BGPPeer of metallb.io',
};

function isMetalLbConfiguration({ ref, manifest }: ModelObject): boolean {
  return (
    ref.kind === 'ConfigMap' &&
    apiGroup(ref.apiVersion) === '' &&
    ref.name === 'config' &&
    (ref.namespace ?? '').startsWith('metallb') &&
    /^address-pools:/m.test(nonEmpty(at(manifest, 'data', 'config')) ?? '')
  );
}
