import { distance } from 'fastest-levenshtein';

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

/** Whether objects of the kind are stored under a name. Unknown for kinds of others. */
export function needsName(group: string, kind: string): boolean {
  return (API_GROUPS.get(group)?.kinds.includes(kind) ?? false) && !NAMELESS.has(kind);
}

export type KindProblem =
  /** `sure` if no other kind can have been meant. */
  | { readonly is: 'misspelled'; readonly meant: string; readonly sure: boolean }
  | { readonly is: 'elsewhere'; readonly apiVersions: readonly string[] };

/** What is certainly wrong with the kind of an object. Undefined for all that a custom resource may define. */
export function kindProblem(group: string, version: string, kind: string): KindProblem | undefined {
  const known = API_GROUPS.get(group);
  if (known === undefined) return misspelledGroup(group, kind);
  if (known.kinds.includes(kind)) {
    return group === '' && version !== known.version ? { is: 'elsewhere', apiVersions: [known.version] } : undefined;
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

/** Custom resources have groups with a dot. Those of the SIGs differ from Kubernetes' own in `x-` alone. */
function misspelledGroup(group: string, kind: string): KindProblem | undefined {
  const groups = GROUPS_BY_KIND.get(kind) ?? [];
  const meant = group.includes('.')
    ? groups.filter((other) => isNear(other, group) && !group.endsWith('.x-k8s.io'))
    : groups.filter(isServed);
  return meant.length === 0 ? undefined : { is: 'elsewhere', apiVersions: meant.map(apiVersionOf) };
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
