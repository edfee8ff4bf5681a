import { AddressError, type AddressRange, ALL_PORTS, parseRange, rangesOverlap } from '../address';
import { type ClusterDns, flatMap, KUBEADM_DNS, similarNames } from '../model';
import { type ConnectionSet, PROTOCOLS } from './connection-set';
import { INGRESS_CONTROLLER } from './entrances';
import type { ReachWorkload } from './pods';
import type { Reachability } from './solve';

/** Who answers name lookups, wherever the cluster has it. */
export const CLUSTER_DNS = '{cluster-dns}';

/** Who is meant by `namespace/name`, `namespace/name[Kind]`, `namespace`, an address, a CIDR, a range, `{ingress-controller}` or `{cluster-dns}`. */
export interface Party {
  /** Indexes. */
  readonly workloads: ReadonlySet<number>;
  /** Whether the range has an address that is meant. */
  readonly isOutside: (range: AddressRange) => boolean;
  /** The addresses that are meant, where it is addresses. */
  readonly range: AddressRange | undefined;
  readonly ingressController: boolean;
}

export interface Filter {
  readonly from?: Party;
  readonly to?: Party;
  /** By workload, since each has its own names of ports; -1 for the outside. */
  readonly ports?: (workload: number) => ConnectionSet;
}

export const EVERYTHING: Filter = {};

/** Every address outside of the cluster. */
export const OUTSIDE: Party = {
  workloads: new Set(),
  isOutside: () => true,
  range: undefined,
  ingressController: false,
};

/** Somebody, or why nobody is meant. */
export type ReadParty = { readonly party: Party } | { readonly problem: string; readonly help: string };

export function readParty(text: string, workloads: readonly ReachWorkload[], dns: ClusterDns | undefined): ReadParty {
  if (text === CLUSTER_DNS) return readDns(workloads, dns);
  if (text === INGRESS_CONTROLLER) {
    return { party: { workloads: new Set(), isOutside: () => false, range: undefined, ingressController: true } };
  }
  if (text === 'outside') return { party: OUTSIDE };
  if (/^[\d.]+(?:[/-]|$)/.test(text) || text.includes(':')) return readOutside(text, workloads);
  const meant = new Set(
    flatMap(workloads, (workload, index) =>
      [workload.text, `${workload.namespace}/${workload.name}`, workload.namespace].includes(text) ? [index] : [],
    ),
  );
  if (meant.size > 0)
    return { party: { workloads: meant, isOutside: () => false, range: undefined, ingressController: false } };
  return { problem: `there is no workload and no namespace ${text}`, help: nearest(text, workloads) };
}

function readDns(workloads: readonly ReachWorkload[], dns: ClusterDns | undefined): ReadParty {
  const ranges = (dns?.addresses ?? []).map(({ family, value }): AddressRange => ({
    family,
    first: value,
    last: value,
  }));
  if (ranges.length > 0) {
    return {
      party: {
        workloads: new Set(),
        isOutside: (range) => ranges.some((server) => rangesOverlap(server, range)),
        range: ranges[0],
        ingressController: false,
      },
    };
  }
  const { namespace, podLabels } = KUBEADM_DNS;
  const usual = { namespace, labels: new Map(Object.entries(podLabels)) };
  const answering = dns === undefined || dns.pods.length === 0 ? [usual] : dns.pods;
  const meant = new Set(
    flatMap(workloads, (workload, index) =>
      answering.some(
        (pods) =>
          pods.namespace === workload.namespace &&
          workload.pods.some(({ labels }) => [...pods.labels].every(([key, value]) => labels.get(key) === value)),
      )
        ? [index]
        : [],
    ),
  );
  if (meant.size > 0)
    return { party: { workloads: meant, isOutside: () => false, range: undefined, ingressController: false } };
  return {
    problem: "the input has no pods of the cluster's DNS",
    help: 'add their Deployment, or say in netloom.yaml what pods ask: cluster: { dns: { addresses: [169.254.20.10] } }',
  };
}

function readOutside(text: string, workloads: readonly ReachWorkload[]): ReadParty {
  try {
    const range = parseRange(text);
    const within = new Set(
      flatMap(workloads, ({ pods }, index) =>
        pods.some(({ addresses }) =>
          addresses.some(({ family, value }) => family === range.family && value >= range.first && value <= range.last),
        )
          ? [index]
          : [],
      ),
    );
    return {
      party: {
        workloads: within,
        isOutside: (other) => rangesOverlap(other, range),
        range,
        ingressController: false,
      },
    };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return { problem: error.reason, help: error.help };
  }
}

function nearest(text: string, workloads: readonly ReachWorkload[]): string {
  const [namespace] = text.split('/');
  const names = text.includes('/')
    ? workloads.map((workload) => `${workload.namespace}/${workload.name}`)
    : [...new Set(workloads.map((workload) => workload.namespace))];
  const similar = similarNames(names, (name) => name)(text);
  if (similar !== undefined) return `did you mean ${similar}?`;
  const inNamespace = workloads.filter((workload) => workload.namespace === namespace).map(({ text: name }) => name);
  const elsewhere = workloads
    .filter(({ name }) => text === name || text.endsWith(`/${name}`))
    .map(({ text: name }) => name);
  const known = elsewhere.length > 0 ? elsewhere : inNamespace;
  if (known.length > 0) return `there is ${known.slice(0, 5).join(', ')}${known.length > 5 ? ' and others' : ''}`;
  return 'write namespace/name, a namespace, an address or a CIDR';
}

/** `80`, `80/UDP`, `8000-8080/TCP` or the name of a port. Undefined when it is none of these. */
export function readPort(text: string, reach: Reachability): Filter['ports'] | undefined {
  const { sets, compiled, workloads } = reach;
  const match: readonly (string | undefined)[] | null = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(text);
  if (match !== null) {
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (first < 1 || last > 65535 || last < first) return undefined;
    // `80` is TCP, as everywhere in Kubernetes.
    const set = sets.of({ [(match[3] ?? 'TCP').toUpperCase()]: [{ first, last }] });
    return () => set;
  }
  const protocol = PROTOCOLS.find((known) => known === text.toUpperCase());
  if (protocol !== undefined) return () => sets.of({ [protocol]: ALL_PORTS });
  if (!/^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) return undefined;
  return (workload) =>
    (workload < 0 ? [] : workloads[workload].pods).reduce(
      (sum, pods) =>
        PROTOCOLS.reduce(
          (ports, known) =>
            sets.union(ports, compiled.portsAt(pods, { fixed: 0, named: [{ protocol: known, name: text }] })),
          sum,
        ),
      0,
    );
}
