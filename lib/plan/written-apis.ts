/** The minor versions of Kubernetes 1 for which objects and files are written. The oldest and the newest are those of the testbed. */
export const SUPPORTED_MINORS = { oldest: 30, newest: 37 } as const;

/** The first minor version that serves ServiceCIDRs without a feature gate, and takes any size of them (KEP-1880). */
export const SERVICE_CIDRS_SINCE = 33;

/** The first minor version whose kube-proxy has the nftables mode without a feature gate (KEP-3866). */
export const NFTABLES_SINCE = 31;

/** A project with versions of its own, whose objects or files are written. */
export type Component = 'Kubernetes' | 'Cilium' | 'MetalLB';

/** An API version of a kind, and the first version of the component that reads it, as major and minor. */
export interface WrittenApi {
  readonly component: Component;
  readonly apiVersion: string;
  readonly since: readonly [major: number, minor: number];
}

/**
 * What is written of kinds whose API version is not the same in all versions of their component, in order: the newest one that the version has.
 * kubeadm: `validateSupportedVersion` of cmd/kubeadm/app/util/config/common.go. ServiceCIDR: k8s.io/api/networking. Cilium: the CRDs of 1.14 to 1.20
 * (CiliumPodIPPool is in v2alpha1 alone). MetalLB: the CRDs of 0.13 to 0.16.
 */
const WRITTEN_APIS = {
  ClusterConfiguration: [
    { component: 'Kubernetes', apiVersion: 'kubeadm.k8s.io/v1beta3', since: [1, 22] },
    { component: 'Kubernetes', apiVersion: 'kubeadm.k8s.io/v1beta4', since: [1, 31] },
  ],
  ServiceCIDR: [{ component: 'Kubernetes', apiVersion: 'networking.k8s.io/v1', since: [1, SERVICE_CIDRS_SINCE] }],
  CiliumLoadBalancerIPPool: [
    { component: 'Cilium', apiVersion: 'cilium.io/v2alpha1', since: [1, 13] },
    { component: 'Cilium', apiVersion: 'cilium.io/v2', since: [1, 18] },
  ],
  CiliumPodIPPool: [{ component: 'Cilium', apiVersion: 'cilium.io/v2alpha1', since: [1, 14] }],
  BGPPeer: [{ component: 'MetalLB', apiVersion: 'metallb.io/v1beta2', since: [0, 13] }],
} as const satisfies Readonly<Record<string, readonly [WrittenApi, ...WrittenApi[]]>>;

export type VersionedKind = keyof typeof WRITTEN_APIS;

/** Every API version that is written of the kind, the oldest one first. */
export function writtenApis(kind: VersionedKind): readonly [WrittenApi, ...WrittenApi[]] {
  return WRITTEN_APIS[kind];
}

/** The version of the component, where it is known: `1.33`, `v1.18.2`. */
export interface ComponentVersion {
  readonly major: number;
  readonly minor: number;
}

/** The newest API version that this version of the component reads; the newest of all where the version is not known, the oldest before all. */
export function writtenApiVersion(kind: VersionedKind, version: ComponentVersion | null | undefined): string {
  const apis = writtenApis(kind);
  const { major = Infinity, minor = Infinity } = version ?? {};
  const read = apis.filter(({ since }) => since[0] < major || (since[0] === major && since[1] <= minor));
  return (read.at(-1) ?? apis[0]).apiVersion;
}

/** What the table of the README says of a minor version. */
export interface SupportedVersion {
  readonly kubernetes: string;
  readonly kubeadm: string;
  /** Null where the version has none. */
  readonly serviceCidr: string | null;
  /** Whether the tests of the testbed run on its control plane. */
  readonly onTestbed: boolean;
}

/** The supported versions, the oldest one first. */
export function supportedVersions(): readonly SupportedVersion[] {
  const { oldest, newest } = SUPPORTED_MINORS;
  return Array.from({ length: newest - oldest + 1 }, (_, index): SupportedVersion => {
    const minor = oldest + index;
    return {
      kubernetes: `1.${minor}`,
      kubeadm: writtenApiVersion('ClusterConfiguration', { major: 1, minor }),
      serviceCidr: minor < SERVICE_CIDRS_SINCE ? null : writtenApiVersion('ServiceCIDR', { major: 1, minor }),
      onTestbed: minor === oldest || minor === newest,
    };
  });
}
