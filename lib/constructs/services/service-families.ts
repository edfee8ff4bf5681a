import type { IpFamily } from '../../address';

const DUAL_STACK_POLICIES: readonly (string | undefined)[] = ['PreferDualStack', 'RequireDualStack'];

/** What a Service says about its families. */
export interface FamilyRequest {
  readonly ipFamilies: readonly string[];
  readonly ipFamilyPolicy: string | undefined;
  /** Addresses that the Service fixes. */
  readonly clusterIps: readonly string[];
}

/** Two families or addresses without a policy are refused (the API server then takes it for SingleStack), so that they imply one. */
export function impliedFamilyPolicy({ ipFamilies, ipFamilyPolicy, clusterIps }: FamilyRequest): string | undefined {
  return ipFamilyPolicy ?? (ipFamilies.length > 1 || clusterIps.length > 1 ? 'RequireDualStack' : undefined);
}

/**
 * The families that the Service will have, the primary one first: the API server infers them in the same way
 * (initIPFamilyFields). `clusterFamilies` is undefined where the cluster is not known.
 */
export function effectiveFamilies(
  request: FamilyRequest & { readonly clusterFamilies: readonly string[] | undefined },
): IpFamily[] {
  const available = knownFamilies(request.clusterFamilies ?? ['IPv4', 'IPv6']);
  const asked = knownFamilies(request.ipFamilies);
  const ordered = [...new Set([...asked, ...available])];
  if (!DUAL_STACK_POLICIES.includes(impliedFamilyPolicy(request))) return ordered.slice(0, 1);
  return ordered.filter((family) => available.includes(family));
}

function knownFamilies(families: readonly string[]): IpFamily[] {
  return families.filter((family): family is IpFamily => family === 'IPv4' || family === 'IPv6');
}
