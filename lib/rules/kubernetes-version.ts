import type { ClusterFacts } from '../model';
import { minorVersion } from '../syntax/kubernetes-version';

export { minorVersion };

/** Whether the cluster has that minor version of Kubernetes 1 or a later one. A version that is not known is a current one. */
export function isAtLeast({ kubernetesVersion }: ClusterFacts, minor: number): boolean {
  const known = minorVersion(kubernetesVersion);
  return known === undefined || known >= minor;
}

/** The minor version whose API server refuses host bits, leading zeros and IPv4-mapped IPv6 addresses (KEP-4858, StrictIPCIDRValidation). */
export const STRICT_SINCE = 36;

/** Whether the API server is known to be strict about addresses. */
export function isStrict({ kubernetesVersion }: ClusterFacts): boolean {
  return (minorVersion(kubernetesVersion) ?? 0) >= STRICT_SINCE;
}
