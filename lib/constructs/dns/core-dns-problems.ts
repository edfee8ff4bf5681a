import { formatAddress } from '../../address';
import type { Problem } from '../../finding/problem';
import type { Cluster } from '../cluster/cluster';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { readAddress, shown } from '../objects/object-problem';

interface CoreDnsSituation {
  readonly cluster: Cluster | undefined;
  /** The other clusters whose names are looked up. */
  readonly others: readonly Cluster[];
  readonly isolated: (cluster: Cluster) => boolean;
  readonly stubDomains: Readonly<Record<string, readonly string[]>>;
  readonly upstreams: readonly string[];
}

export function coreDnsProblems(situation: CoreDnsSituation): Problem[] {
  const { cluster, others, stubDomains, upstreams } = situation;
  if (cluster === undefined) {
    return [{ message: 'it is not in a cluster', help: 'put its chart under a Cluster: new Chart(cluster, …)' }];
  }
  return [
    ...others.flatMap((other) => otherClusterProblems(situation, cluster, other)),
    ...Object.entries(stubDomains).flatMap(([domain, servers]) => [
      ...(isDnsSubdomain(domain)
        ? []
        : [
            {
              message: `stub domain ${shown(domain)} is not a DNS name`,
              help: 'write a name such as corp.example.com',
            },
          ]),
      ...hidingProblems(cluster, `stub domain ${domain}`, domain),
      ...ownServerProblems(cluster, `stub domain ${domain}`, servers),
    ]),
    ...ownServerProblems(cluster, 'upstreams', upstreams),
  ];
}

function otherClusterProblems({ isolated }: CoreDnsSituation, own: Cluster, other: Cluster): Problem[] {
  const { families } = own;
  const what = `the domain of cluster ${other.name}`;
  return [
    ...hidingProblems(own, `${what}, ${other.clusterDomain},`, other.clusterDomain),
    ...(other.dnsIps.length > 0
      ? []
      : [
          {
            message: `cluster ${other.name} has no service range, so the address of its DNS is not known`,
            help: 'give it services or serviceCidrs, or leave it out of clusters',
          },
        ]),
    ...(other.dnsIps.length === 0 || families.includes(other.families[0])
      ? []
      : [
          {
            message: `the DNS of cluster ${other.name} has an ${other.families[0]} address, and the families of cluster ${own.name} are ${families.join(', ')}`,
            help: `leave cluster ${other.name} out of clusters: CoreDNS could not reach it`,
          },
        ]),
    ...[own, other].filter(isolated).map(({ name }) => ({
      message: `cluster ${name} is isolated, and its addresses stand for other things elsewhere`,
      help: `leave cluster ${other.name} out of clusters, or do not isolate ${name}`,
    })),
  ];
}

/** CoreDNS asks the longest zone that fits: names of the own domain must not go elsewhere. */
/** CoreDNS answers a name in the longest zone that fits. */
export function hidesCluster(own: Cluster, domain: string): boolean {
  return domain === own.clusterDomain || own.clusterDomain.endsWith(`.${domain}`);
}

function hidingProblems(own: Cluster, what: string, domain: string): Problem[] {
  const { clusterDomain, name } = own;
  if (!hidesCluster(own, domain)) return [];
  const relation = domain === clusterDomain ? 'is' : 'contains';
  return [
    {
      message: `${what} ${relation} the domain of cluster ${name}, ${clusterDomain}, whose names would be looked up elsewhere`,
      help: 'set a clusterDomain of its own for each cluster, such as prod.example.internal, or leave this domain out',
    },
  ];
}

/** The plan knows the address of the DNS, which no object of the app need have. */
function ownServerProblems(own: Cluster, prop: string, servers: readonly string[]): Problem[] {
  return servers.flatMap((text) => {
    const { value } = readAddress(prop, text);
    if (value === undefined || !own.dnsIps.includes(formatAddress(value))) return [];
    return [
      {
        message: `${prop} has ${formatAddress(value)}, the DNS of cluster ${own.name} itself`,
        help: 'CoreDNS would ask itself: give another name server',
      },
    ];
  });
}
