import { IP_FAMILIES, type IpFamily } from '../address';
import { concat, flatMap, type NetworkModel } from '../model';
import type { CompiledPolicies } from './compile';

/**
 * The families that the cluster speaks: those of its pod networks; where these are not told, IPv4, and every family of which a policy
 * or the address of a pod speaks.
 */
export function addressFamilies({ facts }: NetworkModel, { peerSets, pods }: CompiledPolicies): readonly IpFamily[] {
  const known = concat(facts.podCidrs ?? [], facts.serviceCidrs ?? []).map(({ family }) => family);
  const mentioned = concat(
    flatMap(peerSets, ({ families }) => families),
    flatMap(pods, ({ addresses }) => addresses.map(({ family }) => family)),
  );
  const families = new Set<IpFamily>(known.length > 0 ? known : ['IPv4', ...mentioned]);
  return IP_FAMILIES.filter((family) => families.has(family));
}
