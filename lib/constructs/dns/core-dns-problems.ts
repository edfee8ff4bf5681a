import { formatAddress } from '../../address';
import type { Cluster } from '../cluster/cluster';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { type ObjectProblem, readAddress, repeated, shown } from '../objects/object-problem';

interface CoreDnsSituation {
  readonly cluster: Cluster | undefined;
  /** The other clusters whose names are looked up. */
  readonly others: readonly Cluster[];
  readonly isolated: (cluster: Cluster) => boolean;
  readonly stubDomains: Readonly<Record<string, readonly string[]>>;
  readonly upstreams: readonly string[];
}

/** The plugin `forward` takes no more. */
const MOST_UPSTREAMS = 15;

export function coreDnsProblems(situation: CoreDnsSituation): ObjectProblem[] {
  const { cluster, others, stubDomains, upstreams } = situation;
  if (cluster === undefined) {
    return [{ message: 'it stands in no cluster', help: 'put its chart under a Cluster: new Chart(cluster, …)' }];
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
      ...(servers.length > 0
        ? []
        : [{ message: `stub domain ${domain} has no name server`, help: 'give the addresses of its name servers' }]),
      ...serverProblems(cluster, `stub domain ${domain}`, servers),
    ]),
    ...serverProblems(cluster, 'upstreams', upstreams),
    ...repeated([...others.map(({ clusterDomain }) => clusterDomain), ...Object.keys(stubDomains)]).map((domain) => ({
      message: `domain ${domain} is looked up in two places`,
      help: 'one of them would never be asked: give the clusters domains of their own, or leave one out',
    })),
  ];
}

function otherClusterProblems({ isolated }: CoreDnsSituation, own: Cluster, other: Cluster): ObjectProblem[] {
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
function hidingProblems(own: Cluster, what: string, domain: string): ObjectProblem[] {
  const { clusterDomain, name } = own;
  if (domain !== clusterDomain && !clusterDomain.endsWith(`.${domain}`)) return [];
  const relation = domain === clusterDomain ? 'is' : 'contains';
  return [
    {
      message: `${what} ${relation} the domain of cluster ${name}, ${clusterDomain}, whose names would be looked up elsewhere`,
      help: 'set a clusterDomain of its own for each cluster, such as prod.example.internal, or leave this domain out',
    },
  ];
}

function serverProblems(own: Cluster, field: string, servers: readonly string[]): ObjectProblem[] {
  return [
    ...servers.flatMap((text) => {
      const { value, problems } = readAddress(field, text);
      if (value === undefined || !own.dnsIps.includes(formatAddress(value))) return [...problems];
      return [
        {
          message: `${field} has ${formatAddress(value)}, the DNS of cluster ${own.name} itself`,
          help: 'CoreDNS would ask itself: give another name server',
        },
      ];
    }),
    ...(servers.length <= MOST_UPSTREAMS
      ? []
      : [
          {
            message: `${field} has ${servers.length} name servers, and CoreDNS takes at most ${MOST_UPSTREAMS}`,
            help: 'leave some out',
          },
        ]),
  ];
}
