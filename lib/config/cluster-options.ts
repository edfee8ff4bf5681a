import { AddressError, type Cidr, formatCidr, parseCidr } from '../address';
import type { ClusterFacts } from '../model';

/** Facts about the cluster as texts, from options or `netloom.yaml`. */
export interface ClusterTexts {
  readonly serviceCidrs?: readonly string[];
  readonly podCidrs?: readonly string[];
  readonly nodeCidrs?: readonly string[];
  readonly loadBalancerCidrs?: readonly string[];
  readonly nodePortRange?: string;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
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
  return { facts, problems };
}

/** What {@link readClusterFacts} reads as these facts. */
export function clusterTextsOf(facts: ClusterFacts): ClusterTexts {
  const { nodePortRange, kubernetesVersion, clusterDomain } = facts;
  return {
    ...Object.fromEntries(CIDR_KEYS.map((key) => [key, facts[key]?.map(formatCidr)])),
    nodePortRange: nodePortRange && `${nodePortRange.first}-${nodePortRange.last}`,
    kubernetesVersion,
    clusterDomain,
  };
}

function readPortRange(text: string): { first: number; last: number } | undefined {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2])];
  return first >= 1 && first <= last && last <= 65535 ? { first, last } : undefined;
}
