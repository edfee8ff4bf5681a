import {
  AddressError,
  type Cidr,
  formatAddress,
  formatCidr,
  type IpAddress,
  parseAddress,
  parseCidr,
} from '../address';
import { type ClusterDns, type ClusterFacts, isPolicyEngine, KUBEADM_DNS, POLICY_ENGINES } from '../model';

/** Who answers name lookups of pods, as texts. The last three are of pods. */
export interface DnsTexts {
  /** What pods ask and is no pod to a policy. */
  readonly addresses?: readonly string[];
  readonly namespace?: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly ports?: readonly number[];
}

/** Facts about the cluster as texts, from options or `netloom.yaml`. */
export interface ClusterTexts {
  readonly serviceCidrs?: readonly string[];
  readonly podCidrs?: readonly string[];
  readonly nodeCidrs?: readonly string[];
  readonly loadBalancerCidrs?: readonly string[];
  readonly nodePortRange?: string;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
  readonly policyEngine?: string;
  readonly dns?: DnsTexts;
}

export interface ReadFacts {
  readonly facts: ClusterFacts;
  /** By the member that is wrong. */
  readonly problems: readonly { readonly key: keyof ClusterTexts; readonly message: string; readonly help: string }[];
}

const CIDR_KEYS = ['serviceCidrs', 'podCidrs', 'nodeCidrs', 'loadBalancerCidrs'] as const;

/** What can be understood is used; the rest is a problem. */
export function readClusterFacts(texts: ClusterTexts): ReadFacts {
  const problems: ReadFacts['problems'][number][] = [];
  const facts: Record<string, unknown> = {};
  for (const key of CIDR_KEYS) {
    const cidrs = texts[key]?.flatMap((text): Cidr[] => {
      try {
        return [parseCidr(text)];
      } catch (error) {
        if (!(error instanceof AddressError)) throw error;
        problems.push({ key, message: error.reason, help: error.help });
        return [];
      }
    });
    if (cidrs !== undefined && cidrs.length > 0) facts[key] = cidrs;
  }
  if (texts.nodePortRange !== undefined) {
    const range = readPortRange(texts.nodePortRange);
    if (range !== undefined) facts.nodePortRange = range;
    else {
      problems.push({
        key: 'nodePortRange',
        message: `${JSON.stringify(texts.nodePortRange)} is no range of ports`,
        help: 'write the first and the last port: 30000-32767',
      });
    }
  }
  if (texts.kubernetesVersion !== undefined) {
    if (/^v?1\.\d{1,3}(\.\d+)?$/.test(texts.kubernetesVersion)) {
      facts.kubernetesVersion = texts.kubernetesVersion.replace(/^v/, '');
    } else {
      problems.push({
        key: 'kubernetesVersion',
        message: `${JSON.stringify(texts.kubernetesVersion)} is no version of Kubernetes`,
        help: 'write the minor version: 1.33',
      });
    }
  }
  if (texts.clusterDomain !== undefined) facts.clusterDomain = texts.clusterDomain;
  if (texts.policyEngine !== undefined) {
    if (isPolicyEngine(texts.policyEngine)) facts.policyEngine = texts.policyEngine;
    else {
      problems.push({
        key: 'policyEngine',
        message: `${JSON.stringify(texts.policyEngine)} is no engine of policies`,
        help: `write one of ${POLICY_ENGINES.join(', ')}`,
      });
    }
  }
  if (texts.dns !== undefined) {
    const { dns, problem } = readDnsTexts(texts.dns);
    if (dns !== undefined) facts.dns = dns;
    if (problem !== undefined) problems.push({ key: 'dns', ...problem });
  }
  return { facts, problems };
}

function readDnsTexts({ addresses = [], namespace, podLabels, ports }: DnsTexts): {
  readonly dns?: ClusterDns;
  readonly problem?: { readonly message: string; readonly help: string };
} {
  const read: IpAddress[] = [];
  for (const text of addresses) {
    try {
      read.push(parseAddress(text));
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      return { problem: { message: error.reason, help: error.help } };
    }
  }
  const sayPods = namespace !== undefined || podLabels !== undefined || ports !== undefined;
  const pods = {
    namespace: namespace ?? KUBEADM_DNS.namespace,
    labels: new Map(Object.entries(podLabels ?? KUBEADM_DNS.podLabels)),
    ports: ports ?? KUBEADM_DNS.ports,
  };
  return { dns: { addresses: read, pods: sayPods ? [pods] : [] } };
}

/** What {@link readClusterFacts} reads as these facts. */
export function clusterTextsOf(facts: ClusterFacts): ClusterTexts {
  const { nodePortRange, kubernetesVersion, clusterDomain, policyEngine, dns } = facts;
  return {
    ...Object.fromEntries(CIDR_KEYS.map((key) => [key, facts[key]?.map(formatCidr)])),
    nodePortRange: nodePortRange && `${nodePortRange.first}-${nodePortRange.last}`,
    kubernetesVersion,
    clusterDomain,
    policyEngine,
    dns: dns && dnsTextsOf(dns),
  };
}

function dnsTextsOf({ addresses, pods }: ClusterDns): DnsTexts {
  const first = pods.at(0);
  return {
    ...(addresses.length > 0 && { addresses: addresses.map(formatAddress) }),
    ...(first && { namespace: first.namespace, podLabels: Object.fromEntries(first.labels), ports: first.ports }),
  };
}

function readPortRange(text: string): { first: number; last: number } | undefined {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2])];
  return first >= 1 && first <= last && last <= 65535 ? { first, last } : undefined;
}
