import { distance } from 'fastest-levenshtein';
import { flatMap } from '../model/lists';

/** Kinds by API group: those of Kubernetes itself, past and present, and of network add-ons. The first version is the one to write today. */
interface ApiGroup {
  readonly version: string;
  readonly kinds: readonly string[];
  /** Groups that Kubernetes serves itself: no custom resource can add a kind to them. */
  readonly builtIn: boolean;
}

function builtIn(version: string, kinds: string): ApiGroup {
  return { version, kinds: kinds.split(' '), builtIn: true };
}

function addOn(version: string, kinds: string): ApiGroup {
  return { version, kinds: kinds.split(' '), builtIn: false };
}

const CALICO =
  'BGPConfiguration BGPFilter BGPPeer BlockAffinity CalicoNodeStatus ClusterInformation FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet HostEndpoint IPAMConfiguration IPPool IPReservation KubeControllersConfiguration NetworkPolicy NetworkSet Profile StagedGlobalNetworkPolicy StagedKubernetesNetworkPolicy StagedNetworkPolicy Tier WorkloadEndpoint';

const API_GROUPS: ReadonlyMap<string, ApiGroup> = new Map([
  [
    '',
    builtIn(
      'v1',
      'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    ),
  ],
  ['apps', builtIn('v1', 'ControllerRevision DaemonSet Deployment DeploymentRollback ReplicaSet Scale StatefulSet')],
  ['batch', builtIn('v1', 'CronJob Job JobTemplate ScheduledJob')],
  ['autoscaling', builtIn('v2', 'HorizontalPodAutoscaler Scale')],
  ['networking.k8s.io', builtIn('v1', 'ClusterCIDR IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR')],
  ['discovery.k8s.io', builtIn('v1', 'EndpointSlice')],
  ['policy', builtIn('v1', 'Eviction PodDisruptionBudget PodSecurityPolicy')],
  ['rbac.authorization.k8s.io', builtIn('v1', 'ClusterRole ClusterRoleBinding Role RoleBinding')],
  [
    'storage.k8s.io',
    builtIn('v1', 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass'),
  ],
  ['apiextensions.k8s.io', builtIn('v1', 'ConversionReview CustomResourceDefinition')],
  ['apiregistration.k8s.io', builtIn('v1', 'APIService')],
  [
    'admissionregistration.k8s.io',
    builtIn(
      'v1',
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
    ),
  ],
  ['coordination.k8s.io', builtIn('v1', 'Lease LeaseCandidate')],
  ['scheduling.k8s.io', builtIn('v1', 'PodGroup PriorityClass Workload')],
  ['node.k8s.io', builtIn('v1', 'RuntimeClass')],
  ['events.k8s.io', builtIn('v1', 'Event')],
  ['certificates.k8s.io', builtIn('v1', 'CertificateSigningRequest ClusterTrustBundle PodCertificateRequest')],
  ['flowcontrol.apiserver.k8s.io', builtIn('v1', 'FlowSchema PriorityLevelConfiguration')],
  ['resource.k8s.io', builtIn('v1', 'DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourceSlice')],
  // Gone since Kubernetes 1.22, and still in many files: rules about removed APIs speak of it.
  [
    'extensions',
    builtIn(
      'v1beta1',
      'DaemonSet Deployment Ingress NetworkPolicy PodSecurityPolicy ReplicaSet Scale ThirdPartyResource',
    ),
  ],
  [
    'gateway.networking.k8s.io',
    addOn(
      'v1',
      'BackendLBPolicy BackendTLSPolicy GRPCRoute Gateway GatewayClass HTTPRoute ListenerSet ReferenceGrant TCPRoute TLSRoute UDPRoute',
    ),
  ],
  ['policy.networking.k8s.io', addOn('v1alpha1', 'AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy')],
  ['projectcalico.org', addOn('v3', CALICO)],
  ['crd.projectcalico.org', addOn('v1', CALICO)],
  ['operator.tigera.io', addOn('v1', 'APIServer Goldmane ImageSet Installation TigeraStatus Whisker')],
  [
    'cilium.io',
    addOn(
      'v2',
      'CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPNodeConfigOverride CiliumBGPPeerConfig CiliumBGPPeeringPolicy CiliumCIDRGroup CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumEndpoint CiliumIdentity CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool CiliumLocalRedirectPolicy CiliumNetworkPolicy CiliumNode CiliumPodIPPool',
    ),
  ],
  [
    'metallb.io',
    addOn('v1beta1', 'BFDProfile BGPAdvertisement BGPPeer Community IPAddressPool L2Advertisement ServiceL2Status'),
  ],
]);

/** Groups that never had another version. */
const API_GROUPS_OF_ONE_VERSION: readonly (readonly [group: string, version: string])[] = [
  ['', 'v1'],
  ['projectcalico.org', 'v3'],
  ['crd.projectcalico.org', 'v1'],
];

/** Kinds that are asked or told, not stored, so that they need no name. */
const NAMELESS: ReadonlySet<string> = new Set([
  'Binding',
  'ConversionReview',
  'DeploymentRollback',
  'Eviction',
  'Scale',
]);

const GROUPS_BY_KIND: ReadonlyMap<string, readonly string[]> = groupsByKind();

function groupsByKind(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [group, { kinds }] of API_GROUPS) {
    for (const kind of kinds) groups.set(kind, [...(groups.get(kind) ?? []), group]);
  }
  return groups;
}

/** Whether the fields of the group's kinds are known here, and not free in form. */
export function isKnownGroup(group: string): boolean {
  return API_GROUPS.has(group);
}

/** Whether objects of the kind are stored under a name. Unknown for kinds of others. */
export function needsName(group: string, kind: string): boolean {
  return (API_GROUPS.get(group)?.kinds.includes(kind) ?? false) && !NAMELESS.has(kind);
}

export type KindProblem =
  /** `sure` if no other kind can have been meant. */
  | { readonly is: 'misspelled'; readonly meant: string; readonly sure: boolean }
  | { readonly is: 'elsewhere'; readonly apiVersions: readonly string[] };

/** Every version that the kind was ever served in. Of other kinds the versions are not known. */
const VERSIONS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...flatMap(API_GROUPS_OF_ONE_VERSION, ([group, version]) =>
    (API_GROUPS.get(group)?.kinds ?? []).map((kind) => [`${group} ${kind}`, [version]] as const),
  ),
  ['apps ControllerRevision', ['v1', 'v1beta2', 'v1beta1']],
  ['apps DaemonSet', ['v1', 'v1beta2']],
  ['apps Deployment', ['v1', 'v1beta2', 'v1beta1']],
  ['apps ReplicaSet', ['v1', 'v1beta2']],
  ['apps StatefulSet', ['v1', 'v1beta2', 'v1beta1']],
  ['batch CronJob', ['v1', 'v1beta1', 'v2alpha1']],
  ['batch Job', ['v1']],
  ['discovery.k8s.io EndpointSlice', ['v1', 'v1beta1', 'v1alpha1']],
  ['networking.k8s.io IPAddress', ['v1', 'v1beta1', 'v1alpha1']],
  ['networking.k8s.io Ingress', ['v1', 'v1beta1']],
  ['networking.k8s.io IngressClass', ['v1', 'v1beta1']],
  ['networking.k8s.io NetworkPolicy', ['v1']],
  ['networking.k8s.io ServiceCIDR', ['v1', 'v1beta1', 'v1alpha1']],
]);

/** What is certainly wrong with the kind of an object. Undefined for all that a custom resource may define. */
export function kindProblem(group: string, version: string, kind: string): KindProblem | undefined {
  const known = API_GROUPS.get(group);
  if (known === undefined) return misspelledGroup(group, kind);
  if (known.kinds.includes(kind)) {
    const wasServed = VERSIONS.get(`${group} ${kind}`)?.includes(version) ?? true;
    return wasServed ? undefined : { is: 'elsewhere', apiVersions: [apiVersionOf(group)] };
  }
  const sameLetters = known.kinds.find((other) => other.toLowerCase() === kind.toLowerCase());
  if (sameLetters !== undefined) return { is: 'misspelled', meant: sameLetters, sure: true };
  if (!known.builtIn) return undefined;
  const elsewhere = GROUPS_BY_KIND.get(kind);
  if (elsewhere !== undefined) return { is: 'elsewhere', apiVersions: elsewhere.filter(isServed).map(apiVersionOf) };
  const near = known.kinds.filter((other) => isNear(other, kind));
  return near.length === 0 ? undefined : { is: 'misspelled', meant: near[0], sure: near.length === 1 };
}

/** The API version of a kind that is in one group alone. */
export function onlyApiVersion(kind: string): string | undefined {
  const served = (GROUPS_BY_KIND.get(kind) ?? []).filter(isServed);
  return served.length === 1 ? apiVersionOf(served[0]) : undefined;
}

/** Names that groups of Kubernetes' SIGs gave to something else. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['Event', 'PodGroup', 'Scale', 'Workload']);

/** Custom resources have groups with a dot. Those of the SIGs differ from Kubernetes' own in `x-` alone. */
function misspelledGroup(group: string, kind: string): KindProblem | undefined {
  const groups = GROUPS_BY_KIND.get(kind) ?? [];
  const meant = group.includes('.')
    ? groups.filter((other) => (isNear(other, group) && !group.endsWith('.x-k8s.io')) || isMeantBy(group, other, kind))
    : groups.filter(isServed);
  return meant.length === 0 ? undefined : { is: 'elsewhere', apiVersions: meant.map(apiVersionOf) };
}

/** Nobody but Kubernetes makes groups under k8s.io: `network.k8s.io` and `gateway.k8s.io` are there for no kind. */
function isMeantBy(group: string, other: string, kind: string): boolean {
  const isKubernetes = (name: string): boolean => name.endsWith('.k8s.io') && !name.endsWith('.x-k8s.io');
  return isKubernetes(group) && isKubernetes(other) && !COMMON_NAMES.has(kind);
}

function isServed(group: string): boolean {
  return group !== 'extensions';
}

function apiVersionOf(group: string): string {
  const version = API_GROUPS.get(group)?.version ?? '';
  return group === '' ? version : `${group}/${version}`;
}

const SHORTEST = 4;

/** One or two letters differ, in words that are long enough for it to be no coincidence. */
function isNear(word: string, other: string): boolean {
  return word.length >= SHORTEST && distance(word.toLowerCase(), other.toLowerCase()) <= (word.length < 8 ? 1 : 2);
}
