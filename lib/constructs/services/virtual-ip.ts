import type { IpFamily as AddressFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import { Cluster } from '../cluster/cluster';
import { canonicalAddress } from '../objects/canonical-address';
import type { Service } from './service';
import { effectiveFamilies, type FamilyRequest, impliedFamilyPolicy } from './service-families';
import { fixedAddressesProblems } from './service-problems';
import type { Resolved, ServiceValues } from './service-spec';
import type { VirtualIpServiceProps } from './virtual-ip-service-props';

/** The families that a Service of these props will have, the primary one first. */
export function familiesOf(service: Service, props: VirtualIpServiceProps): AddressFamily[] {
  return effectiveFamilies({ ...familyRequest(props), clusterFamilies: Cluster.of(service)?.families });
}

/** The cluster addresses that are fixed or to be planned; none where the cluster chooses. */
export function clusterAddresses(service: Service, props: VirtualIpServiceProps): readonly Resolved<string>[] {
  const { clusterIp } = props;
  if (!clusterIp?._planned) return (clusterIp?._ips ?? []).map(canonicalAddress);
  return familiesOf(service, props).map((family) =>
    NetworkSynthesis.of(service).planned({ kind: 'clusterIP', object: service.apiObject, family }),
  );
}

/** @throws when the cluster chooses the address */
export function knownClusterAddress(service: Service, addresses: readonly Resolved<string>[]): Resolved<string> {
  if (addresses.length > 0) return addresses[0];
  throw new Error(
    `The cluster chooses the address of Service ${service.namespace}/${service.name}: use ClusterIp.planned() or ClusterIp.fixed(), or refer to it by dnsName.`,
  );
}

/** What is common to the specs of all Services that have an address. */
export function virtualIpValues(props: VirtualIpServiceProps, clusterIps: readonly Resolved<string>[]): ServiceValues {
  const { ipFamilies, sessionAffinity, internalTrafficPolicy, externalTrafficPolicy } = props;
  return {
    clusterIps,
    ipFamilies,
    ipFamilyPolicy: impliedFamilyPolicy(familyRequest(props)),
    sessionAffinity,
    internalTrafficPolicy,
    externalTrafficPolicy,
    trafficDistribution: props.trafficDistribution,
    publishNotReadyAddresses: props.publishNotReadyAddresses,
    externalIps: props.externalIps?.map(canonicalAddress),
  };
}

export function virtualIpProblems({ clusterIp }: VirtualIpServiceProps): readonly Problem[] {
  return fixedAddressesProblems('clusterIp', clusterIp?._ips);
}

function familyRequest({ clusterIp, ipFamilies = [], ipFamilyPolicy }: VirtualIpServiceProps): FamilyRequest {
  return { ipFamilies, ipFamilyPolicy, clusterIps: clusterIp?._ips ?? [] };
}
