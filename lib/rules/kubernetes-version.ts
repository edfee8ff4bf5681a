import type { ClusterFacts } from '../model';

/** Whether the cluster has that minor version of Kubernetes 1 or a later one. A version that is not known is a current one. */
export function isAtLeast({ kubernetesVersion }: ClusterFacts, minor: number): boolean {
  const known = minorVersion(kubernetesVersion);
  return known === undefined || known >= minor;
}

/** 27 of `1.27`, `v1.27.3` and `v1.27.3-gke.100`. */
export function minorVersion(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** The minor version whose API server refuses host bits, leading zeros and IPv4-mapped IPv6 addresses (KEP-4858, StrictIPCIDRValidation). */
export const STRICT_SINCE = 36;

/** Whether the API server is known to be strict about addresses. */
export function isStrict({ kubernetesVersion }: ClusterFacts): boolean {
  return (minorVersion(kubernetesVersion) ?? 0) >= STRICT_SINCE;
}
