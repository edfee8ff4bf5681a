import { formatAddress, parseRange, AddressError } from '../address';
import { compareText } from '../finding/finding';
import { externalNameOf, type Service, serviceOfDnsName } from '../model';
import type { AddressBook } from './address-book';
import { type Answer, holder, type Holder, NO_NEIGHBOURS } from './answer';
import { objectHolder, objectName } from './object-holder';
import { addressText, podsOf } from './service-holder';
import type { ClusterSource, Sources } from './sources';
import { whoisAddress } from './whois-address';

/** `cluster.local` unless the facts of the cluster say otherwise. */
export const DEFAULT_ZONE = 'cluster.local';

/** An alias may lead to an alias; more than these are a loop or nobody's intention. */
const LONGEST_CHAIN = 16;

/** What a DNS name of a cluster leads to (Kubernetes DNS specification 1.1.0). */
export function whoisName(query: string, name: string, sources: Sources, book: AddressBook): Answer {
  const address = addressOfPodName(name, sources);
  if (address !== undefined) return whoisAddress(query, address, book, sources);
  const found = sources.clusters.flatMap((cluster) => ofCluster(name, cluster));
  const names = found.flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
  return {
    query,
    kind: 'name',
    verdict: names.length > 0 ? 'taken' : 'unknown',
    summary: names.length > 0 ? `${name} is ${names.join(' and ')}` : `nothing that was read has the name ${name}`,
    holders: found.map(({ tree }) => tree),
    free: null,
    neighbours: NO_NEIGHBOURS,
    conflicts: names,
    suggestions: names.length > 0 ? [] : sources.clusters.flatMap((cluster) => similarNames(name, cluster)).slice(0, 5),
  };
}

export function zoneOf({ model }: ClusterSource): string {
  return model.facts.clusterDomain ?? DEFAULT_ZONE;
}

/** `10-2-3-7.shop.pod.cluster.local` says its address itself. */
function addressOfPodName(name: string, { clusters }: Sources): ReturnType<typeof parseRange> | undefined {
  const zones = [DEFAULT_ZONE, ...clusters.map(zoneOf)];
  const suffix = zones.map((zone) => `.pod.${zone}`).find((end) => name.endsWith(end)) ?? '.pod';
  if (!name.endsWith(suffix)) return undefined;
  const [dashed] = name.split('.');
  for (const separator of ['.', ':']) {
    try {
      return parseRange(dashed.replaceAll('-', separator));
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
    }
  }
  return undefined;
}

interface Found {
  readonly tree: Holder;
  /** Undefined when the name does not exist. */
  readonly owner: string | undefined;
}

function ofCluster(name: string, cluster: ClusterSource): Found[] {
  const { model } = cluster;
  const parsed = serviceOfDnsName(name, zoneOf(cluster));
  if (parsed === undefined) return [];
  const service = model.service(parsed.namespace, parsed.name);
  if (service === undefined) return [];
  const front = parsed.endpoint ? name.slice(0, name.indexOf(`.${parsed.name}.${parsed.namespace}.svc`)) : '';
  const inside = front === '' ? serviceTree(service, cluster, new Set()) : endpointTree(front, service, cluster);
  if (inside === undefined) return [];
  const owner = front === '' ? '' : ' in ';
  const title = `${front === '' ? '' : titleOfEndpoint(front)}${owner}${service.headless ? 'the headless ' : ''}Service ${objectName(service.object.ref)}`;
  const tree =
    cluster.name === null ? inside : holder('cluster', cluster.name, { cluster: cluster.name, holds: [inside] });
  return [{ tree, owner: `${title}${cluster.name === null ? '' : ` of cluster ${cluster.name}`}` }];
}

function titleOfEndpoint(front: string): string {
  return front.startsWith('_') ? `the SRV record ${front}` : `the endpoint ${front}`;
}

/** A Service, what it is an alias of, and the pods behind it. */
function serviceTree(service: Service, cluster: ClusterSource, seen: ReadonlySet<Service>): Holder {
  const alias = externalNameOf(service);
  const holds =
    alias === undefined
      ? podsOf(cluster.model, cluster.name, service)
      : [aliasTree(alias, cluster, new Set([...seen, service]))];
  return objectHolder(service.object, ['spec'], cluster.name, addressText(service), holds);
}

function aliasTree(alias: string, cluster: ClusterSource, seen: ReadonlySet<Service>): Holder {
  const parsed = serviceOfDnsName(alias, zoneOf(cluster));
  if (parsed === undefined || parsed.endpoint) {
    return holder('DNS name', alias, { cluster: cluster.name, detail: 'outside of the cluster' });
  }
  const next = cluster.model.service(parsed.namespace, parsed.name);
  if (next === undefined) {
    const detail = `Service ${parsed.namespace}/${parsed.name} is not among what was read`;
    return holder('DNS name', alias, { cluster: cluster.name, detail });
  }
  if (seen.has(next) || seen.size >= LONGEST_CHAIN) {
    return holder('DNS name', alias, { cluster: cluster.name, detail: 'leads back to itself: it never resolves' });
  }
  return serviceTree(next, cluster, seen);
}

/** What stands in front of the name of a Service: a pod with a name of its own, a dashed address, or a port. */
function endpointTree(front: string, service: Service, cluster: ClusterSource): Holder | undefined {
  const { model, name } = cluster;
  const srv = /^_([^.]+)\._(tcp|udp|sctp)$/.exec(front);
  if (srv !== null) {
    const port = service.ports.find((own) => own.name === srv[1] && own.protocol.toLowerCase() === srv[2]);
    return (
      port &&
      objectHolder(service.object, port.path, name, `port ${port.port}/${port.protocol}`, podsOf(model, name, service))
    );
  }
  if (!service.headless) return undefined;
  const stateful = model.statefulSets.find(
    (set) => set.namespace === service.namespace && set.serviceName === service.name && hasPod(set, front),
  );
  if (stateful !== undefined) {
    const pod = objectHolder(stateful.object, [], name, `pod ${front}`);
    return objectHolder(service.object, ['spec'], name, addressText(service), [pod]);
  }
  const address = addressOfDashes(front);
  const endpoints = model.endpoints.filter(
    (own) =>
      own.namespace === service.namespace &&
      own.serviceName === service.name &&
      own.addresses.some(({ value }) => value === address),
  );
  const pods = podsWithHostname(front, service, cluster);
  if (endpoints.length + pods.length === 0) return undefined;
  return objectHolder(service.object, ['spec'], name, addressText(service), [
    ...pods,
    ...endpoints.map(({ object }) => objectHolder(object, [], name, address ?? '')),
  ]);
}

/** Pods are called `NAME-NUMBER`. */
function hasPod(
  set: { readonly name: string; readonly lastOrdinal: number; readonly replicas: number | undefined },
  pod: string,
): boolean {
  const number = pod.startsWith(`${set.name}-`) ? pod.slice(set.name.length + 1) : '';
  const first = set.lastOrdinal - (set.replicas ?? 1) + 1;
  return /^(0|[1-9]\d*)$/.test(number) && Number(number) <= set.lastOrdinal && Number(number) >= first;
}

function podsWithHostname(front: string, service: Service, { model, name }: ClusterSource): Holder[] {
  return model
    .ofKind('Pod')
    .filter(({ ref, manifest }) => {
      const spec = (manifest as { readonly spec?: { readonly hostname?: unknown; readonly subdomain?: unknown } }).spec;
      return ref.namespace === service.namespace && spec?.hostname === front && spec.subdomain === service.name;
    })
    .map((object) => objectHolder(object, ['spec', 'hostname'], name));
}

function addressOfDashes(front: string): string | undefined {
  for (const separator of ['.', ':']) {
    try {
      const { family, first } = parseRange(front.replaceAll('-', separator));
      return formatAddress({ family, value: first });
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
    }
  }
  return undefined;
}

function similarNames(name: string, cluster: ClusterSource): string[] {
  const { model } = cluster;
  const zone = zoneOf(cluster);
  const parsed = serviceOfDnsName(name, zone);
  if (parsed === undefined) return [];
  const similar = model.similarService(parsed.namespace, parsed.name);
  const namespaces = model.namespacesWithService(parsed.name).filter((other) => other !== parsed.namespace);
  return [
    ...(similar === undefined ? [] : [`${similar.name}.${similar.namespace}.svc.${zone}`]),
    ...[...namespaces].sort(compareText).map((namespace) => `${parsed.name}.${namespace}.svc.${zone}`),
  ];
}
