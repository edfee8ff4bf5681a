import { type Cidr, cidrHas, formatAddress, type IpAddress, parseCidr } from '../address';
import { readIpAddress } from './address-text';
import type { ConfigDocument } from './config-document';
import { at, list, member, text } from './json';
import { concat, flatMap } from './lists';
import type { SelectorIndex } from './selector-index';
import type { Service } from './service';
import type { StatedText } from './statements';
import type { Workload } from './workload';

/** Pods that answer name lookups. */
export interface DnsPods {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  /** The ports of the pods, which may differ from that of their Service: OpenShift's listen on 5353. */
  readonly ports: readonly number[];
}

/** Who answers name lookups of pods, as a NetworkPolicy sees it. */
export interface ClusterDns {
  /**
   * What pods ask where it is no pod to a policy: a cache in the network of the node, a server outside of the cluster. A pod selector never
   * matches such an address. Empty where pods ask the DNS Service, whose address a policy sees as that of one of its pods.
   */
  readonly addresses: readonly IpAddress[];
  /** The pods behind the DNS Service; empty where nobody says which. */
  readonly pods: readonly DnsPods[];
}

/** The port that clients ask. */
export const DNS_PORT = 53;

/** Where kubeadm puts CoreDNS, and what it calls its pods: k3s and RKE2 do the same. */
export const KUBEADM_DNS = {
  namespace: 'kube-system',
  podLabels: { 'k8s-app': 'kube-dns' },
  ports: [DNS_PORT],
} as const;

/** Where distributions put the DNS pods. */
export const DNS_NAMESPACES: readonly string[] = ['kube-system', 'openshift-dns'];

/** NodeLocal DNSCache listens on 169.254.20.10 (KEP-1024), Cloud DNS of GKE on 169.254.169.254; IPv6 has its own such range. */
export const LINK_LOCAL: readonly Cidr[] = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);

/** What the fact is made of. */
export interface DnsSources {
  /** The addresses that kubelets give to pods as name servers. */
  readonly servers: readonly StatedText[];
  readonly configs: readonly ConfigDocument[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly selectors: SelectorIndex;
  readonly serviceCidrs: readonly Cidr[] | undefined;
  readonly given: ClusterDns | undefined;
}

/** What the objects state, and where they state nothing, what the caller knows. Undefined where nobody knows anything. */
export function clusterDns(sources: DnsSources): ClusterDns | undefined {
  const { given } = sources;
  const addresses = askedAddresses(sources) ?? given?.addresses;
  // Where pods may ask a cache whose address nobody says, nobody knows whom they ask.
  const isCertain = addresses !== undefined || sources.servers.length > 0 || !sources.workloads.some(mayBeCache);
  const pods = isCertain ? dnsPods(sources) : [];
  const dns = {
    addresses: addresses ?? [],
    pods: pods.length > 0 ? pods : (given?.pods ?? []),
  };
  return dns.addresses.length === 0 && dns.pods.length === 0 ? undefined : dns;
}

/** Undefined where the objects do not say what pods ask. */
function askedAddresses({
  servers,
  configs,
  services,
  workloads,
  serviceCidrs,
}: DnsSources): readonly IpAddress[] | undefined {
  const cached = flatMap(workloads.filter(isNodeCache), ({ object, path }) =>
    listenAddresses(at(object.manifest, ...path)),
  );
  const caches = cached.length > 0 ? cached : flatMap(configs, corefileAddresses);
  const asked = flatMap(servers, ({ value }) => readIpAddress(value) ?? []);
  if (asked.length === 0) return caches.length === 0 ? undefined : distinct(caches);
  const has = (addresses: readonly IpAddress[], wanted: IpAddress): boolean =>
    addresses.some(({ family, value }) => family === wanted.family && value === wanted.value);
  const ofServices = flatMap(services, ({ clusterIps }) =>
    flatMap(clusterIps, ({ value }) => readIpAddress(value) ?? []),
  );
  return distinct(
    asked.filter(
      (address) =>
        has(caches, address) ||
        LINK_LOCAL.some((range) => cidrHas(range, address)) ||
        (serviceCidrs !== undefined &&
          serviceCidrs.some(({ family }) => family === address.family) &&
          !has(ofServices, address) &&
          !serviceCidrs.some((cidr) => cidrHas(cidr, address))),
    ),
  );
}

/**
 * node-cache takes the addresses on which it listens as `-localip`: its own, and in the iptables mode of kube-proxy that of the DNS Service
 * too, which it then takes out of the hands of kube-proxy (NOTRACK in kubernetes/dns, cmd/node-cache/app/cache_app.go). Either way a policy
 * sees the address that the pod asked.
 */
function listenAddresses(template: unknown): readonly IpAddress[] {
  return flatMap(list(at(template, 'spec', 'containers')), (container) => {
    const words = flatMap(concat(list(member(container, 'command')), list(member(container, 'args'))), (word) =>
      (text(word) ?? '').split('='),
    );
    const flag = words.findIndex((word) => LOCAL_IP_FLAG.test(word));
    return flag < 0 ? [] : flatMap(words.at(flag + 1)?.split(',') ?? [], (word) => readIpAddress(word.trim()) ?? []);
  });
}

const LOCAL_IP_FLAG = /^--?localip$/;

/** In the network of the node: with the redirection of Cilium the caches are pods like others, and policies see their labels. */
function isNodeCache({ hostNetwork, object }: Workload): boolean {
  return hostNetwork && object.ref.kind === 'DaemonSet';
}

function mayBeCache({ hostNetwork, namespace, containerPorts }: Workload): boolean {
  return (
    hostNetwork &&
    DNS_NAMESPACES.includes(namespace) &&
    containerPorts.some(({ containerPort }) => containerPort === DNS_PORT)
  );
}

/** Of the ConfigMap that the cache reads, where its DaemonSet is elsewhere. */
function corefileAddresses({ kind, value }: ConfigDocument): readonly IpAddress[] {
  if (kind !== 'NodeLocalCorefile') return [];
  return flatMap((text(value) ?? '').split('\n'), (line) => {
    const [plugin, ...words] = line.trim().split(/\s+/);
    return plugin === 'bind' ? flatMap(words, (word) => readIpAddress(word) ?? []) : [];
  });
}

/** The pods behind the Service that kubelets name, wherever it is, or behind those of the usual namespaces. */
function dnsPods({ servers, services, selectors }: DnsSources): readonly DnsPods[] {
  const answering = services.filter(
    ({ selector, ports }) =>
      selector !== undefined && ports.some(({ port, protocol }) => port === DNS_PORT && protocol === 'UDP'),
  );
  const asked = new Set(servers.map(({ value }) => value));
  const named = answering.filter(({ clusterIps }) => clusterIps.some(({ value }) => asked.has(value)));
  const meant = named.length > 0 ? named : answering.filter(({ namespace }) => DNS_NAMESPACES.includes(namespace));
  return flatMap(meant, (service) => {
    const ports = portsOf(service, selectors);
    return ports.length === 0 || service.selector === undefined
      ? []
      : [{ namespace: service.namespace, labels: service.selector.labels, ports }];
  });
}

/** A policy sees the port of the pods. Empty where it has a name that no pod of the input says. */
function portsOf({ namespace, selector, ports }: Service, selectors: SelectorIndex): readonly number[] {
  return [
    ...new Set(
      flatMap(ports, ({ port, protocol, targetPort }): readonly number[] => {
        if (port !== DNS_PORT || protocol !== 'UDP') return [];
        if (typeof targetPort !== 'string') return [targetPort ?? DNS_PORT];
        const workloads = selector === undefined ? [] : selectors.select(namespace, selector);
        return flatMap(workloads, ({ containerPorts }) =>
          flatMap(containerPorts, ({ name, containerPort }) => (name === targetPort ? [containerPort] : [])),
        );
      }),
    ),
  ];
}

function distinct(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return [...new Map(addresses.map((address) => [formatAddress(address), address])).values()];
}
