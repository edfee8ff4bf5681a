import { compareAddresses, compareCidrs, formatAddress, formatCidr, type IpFamily, rangeToCidrs } from '../address';
import { compareText } from '../finding/finding';
import { flatMap, list, at, member, type NetworkModel, readIpAddress, type Service, text } from '../model';

/** A cluster that runs, as a fleet and a lock say it. */
export interface AdoptedCluster {
  /** Keys of a cluster of the fleet, with their values, in the order of the docs. */
  readonly entry: ReadonlyMap<string, unknown>;
  /** What the cluster does not say, each as a question. */
  readonly questions: readonly string[];
  /** What single Services have, by lock key, sorted. */
  readonly allocations: ReadonlyMap<string, string>;
}

const DEFAULT_MASKS: Readonly<Record<IpFamily, number>> = { IPv4: 24, IPv6: 64 };

/** What runs, as it is: nothing of it is sized anew. Pure. */
export function adoptedCluster(model: NetworkModel, name: string): AdoptedCluster {
  const { facts, nodes } = model;
  const entry = new Map<string, unknown>();
  const questions: string[] = [];
  const put = (key: string, value: unknown, question: string | undefined): void => {
    if (value !== undefined) entry.set(key, value);
    else if (question !== undefined) questions.push(question);
  };
  const ranges = facts.podCidrs ?? facts.serviceCidrs;
  const families = [...new Set((facts.serviceCidrs ?? ranges ?? []).map(({ family }) => family))];
  put('families', families.length > 0 && families.join() !== 'IPv4' ? families : undefined, undefined);
  put('kubernetesVersion', versionOf(model), undefined);
  put(
    'podCidrs',
    facts.podCidrs?.map(formatCidr),
    'podCidrs: which ranges do pods have? (--cluster-cidr of kube-controller-manager)',
  );
  put('nodeCidrMaskSize', masksOf(model), undefined);
  put(
    'serviceCidrs',
    facts.serviceCidrs?.map(formatCidr),
    'serviceCidrs: which range do Services have? (--service-cluster-ip-range of kube-apiserver)',
  );
  put('loadBalancerCidrs', loadBalancersOf(model), undefined);
  const internal = flatMap(nodes, ({ internalIps }) => internalIps.map(({ value }) => value)).toSorted(
    compareAddresses,
  );
  const between =
    internal.length === 0
      ? ''
      : ` (their addresses go from ${formatAddress(internal[0])} to ${formatAddress(internal[internal.length - 1])})`;
  put('nodeNetwork', facts.nodeCidrs?.map(formatCidr), `nodeNetwork: in which network are the nodes?${between}`);
  put('clusterDomain', facts.clusterDomain === 'cluster.local' ? undefined : facts.clusterDomain, undefined);
  put('nodePortRange', facts.nodePortRange && `${facts.nodePortRange.first}-${facts.nodePortRange.last}`, undefined);
  return { entry, questions, allocations: allocationsOf(model, name) };
}

function versionOf({ facts }: NetworkModel): string | undefined {
  return /^v?(\d+\.\d+)/.exec(facts.kubernetesVersion ?? '')?.[1];
}

/** Undefined where it is what kube-controller-manager takes unless it is told otherwise, or where Nodes do not agree. */
function masksOf({ nodes, facts }: NetworkModel): Readonly<Partial<Record<IpFamily, number>>> | undefined {
  const masks: Partial<Record<IpFamily, number>> = {};
  for (const family of new Set((facts.podCidrs ?? []).map((cidr) => cidr.family))) {
    const prefixes = new Set(
      flatMap(nodes, ({ podCidrs }) =>
        podCidrs.filter(({ value }) => value.family === family).map(({ value }) => value.prefix),
      ),
    );
    const [prefix] = prefixes;
    if (prefixes.size === 1 && prefix !== DEFAULT_MASKS[family]) masks[family] = prefix;
  }
  return Object.keys(masks).length === 0 ? undefined : masks;
}

function loadBalancersOf({ loadBalancerPools }: NetworkModel): readonly string[] | undefined {
  const cidrs = loadBalancerPools.flatMap(({ blocks }) => blocks.flatMap(({ range }) => rangeToCidrs(range)));
  const texts = [...new Set(cidrs.sort(compareCidrs).map(formatCidr))];
  return texts.length === 0 ? undefined : texts;
}

function allocationsOf({ services }: NetworkModel, cluster: string): ReadonlyMap<string, string> {
  const entries = services.flatMap((service) => [
    ...addressEntries(
      cluster,
      'clusterIP',
      service,
      service.clusterIps.map(({ value }) => value),
    ),
    ...addressEntries(cluster, 'loadBalancerIP', service, givenBy(service)),
    ...service.ports.flatMap(({ name, port, nodePort }): [string, string][] =>
      nodePort === undefined
        ? []
        : [[`${cluster}/nodePort/${service.namespace}/${service.name}/${name ?? port}`, String(nodePort)]],
    ),
  ]);
  return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}

function addressEntries(
  cluster: string,
  kind: string,
  { namespace, name }: Service,
  values: readonly string[],
): [string, string][] {
  const addresses = values.flatMap((value) => readIpAddress(value) ?? []);
  return [...new Map(addresses.map((address) => [address.family, address]))].map(([family, address]) => [
    `${cluster}/${kind}/${namespace}/${name}/${family}`,
    formatAddress(address),
  ]);
}

/** What a load balancer has given to the Service. */
function givenBy({ object, type }: Service): readonly string[] {
  if (type !== 'LoadBalancer') return [];
  return flatMap(
    list(at(object.manifest, 'status', 'loadBalancer', 'ingress')),
    (one) => text(member(one, 'ip')) ?? [],
  );
}
