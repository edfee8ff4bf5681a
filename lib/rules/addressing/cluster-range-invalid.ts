import { type Cidr, formatCidr, hostBits } from '../../address';
import type { Problem } from '../../finding/problem';
import { at, type ClusterFacts, flatMap, nonEmpty, type RangeSetting, type StatedRanges } from '../../model';
import { cidrProblem, maskedText } from '../address-problem';
import { setTo } from '../field-problem';
import { minorVersion } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** kubeadm: MinimumAddressesInServiceSubnet, and MaximumBitsForServiceSubnet. */
const FEWEST_SERVICE_ADDRESSES = 10n;
const MOST_SERVICE_BITS = 20;
const DOMAIN = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;

/** Settings of kinds of their own, which have rules of their own. */
const ELSEWHERE: ReadonlySet<RangeSetting> = new Set(['ServiceCIDR', 'CiliumPodIPPool', 'Network of Flannel']);

/** kubeadm `ValidateNetworking` (cmd/kubeadm/app/apis/kubeadm/validation), and the same of the other components. */
export const clusterRangeInvalid: NetworkRule = {
  code: 'NL137',
  slug: 'cluster-range-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A component of the cluster is given a range that it refuses',
  check(model, report) {
    for (const stated of model.statements.ranges) {
      if (ELSEWHERE.has(stated.setting)) continue;
      const { object, entries, setting } = stated;
      const [{ path }] = entries;
      for (const { text, cidr } of entries) {
        const problem = cidr === undefined ? textProblem(text) : sizeProblem(setting, cidr, model.facts);
        if (problem === undefined) continue;
        // Inside of a ConfigMap, or in a list of two, it is a part of a longer text.
        const masked = at(object.manifest, ...path) === text ? maskedText(text) : undefined;
        report({
          on: object,
          field: path,
          message: `${setting}: ${problem.message}`,
          help: problem.help,
          ...(masked !== undefined && masked !== text && setTo(path, masked)),
        });
      }
      const whole = at(object.manifest, ...path);
      if (ofKubeadm(setting) && typeof whole === 'string' && /\s/.test(whole) && !whole.includes('\n')) {
        report({
          on: object,
          field: path,
          message: `${setting} has a space, and kubeadm takes none between ranges`,
          help: 'separate them by a comma alone',
          ...setTo(path, whole.replace(/\s/g, '')),
        });
      }
      const families = familiesText(stated);
      if (families === undefined) continue;
      report({
        on: object,
        field: path,
        message: `${setting} has ${families}, and may have one range of each family`,
        help: 'leave one range, or one IPv4 and one IPv6 range',
      });
    }
    for (const { kind, object, value, fieldOf } of model.configs) {
      if (kind !== 'ClusterConfiguration') continue;
      const domain = nonEmpty(at(value, 'networking', 'dnsDomain'));
      if (domain === undefined || (domain.length <= 253 && DOMAIN.test(domain))) continue;
      report({
        on: object,
        field: fieldOf(['networking', 'dnsDomain']),
        message: `dnsDomain ${JSON.stringify(domain)} is no DNS subdomain`,
        help: 'use lower-case letters, digits, dashes and dots, such as cluster.local',
      });
    }
  },
};

/** A range of a cluster is never one address, which is what a text without its prefix length would be. */
function textProblem(written: string): Problem | undefined {
  const problem = cidrProblem(written);
  if (problem === undefined) return undefined;
  const masked = maskedText(written);
  const help =
    masked === undefined
      ? 'write a CIDR with its prefix length, such as 10.244.0.0/16'
      : `write ${masked}, if that is meant`;
  return { message: problem.message, help: isOfOneAddress(problem.help) ? help : problem.help };
}

function isOfOneAddress(help: string): boolean {
  return help.startsWith('did you mean') && (help.includes('/32') || help.includes('/128'));
}

function ofKubeadm(setting: RangeSetting): boolean {
  return setting === 'podSubnet of kubeadm' || setting === 'serviceSubnet of kubeadm';
}

function sizeProblem(setting: RangeSetting, cidr: Cidr, facts: ClusterFacts): Problem | undefined {
  if (setting === 'service-cluster-ip-range of the API server') return allocatorProblem(cidr, facts);
  // The API server of the distribution is given it as it is.
  if (setting === 'service-cidr of k3s' || setting === 'service-cidr of RKE2') {
    return facts.kubernetesVersion === undefined ? tooLarge(cidr) : allocatorProblem(cidr, facts);
  }
  if (setting !== 'serviceSubnet of kubeadm') return undefined;
  const bits = hostBits(cidr);
  if (1n << BigInt(bits) < FEWEST_SERVICE_ADDRESSES) {
    return {
      message: `${formatCidr(cidr)} has fewer than ${FEWEST_SERVICE_ADDRESSES} addresses`,
      help: 'the cluster DNS gets the tenth: choose a larger range',
    };
  }
  return tooLarge(cidr);
}

/** Until 1.33 the API server bounds it by its old allocator (validateMaxCIDRRange); since 1.34 the allocator of ServiceCIDRs counts, which looks at IPv6 alone. */
function allocatorProblem(cidr: Cidr, { kubernetesVersion }: ClusterFacts): Problem | undefined {
  const minor = minorVersion(kubernetesVersion);
  if (minor !== undefined && minor < LARGER_RANGES_SINCE) return tooLarge(cidr);
  if (cidr.family === 'IPv4' || cidr.prefix >= SHORTEST_IPV6_PREFIX) return undefined;
  return {
    message: `${formatCidr(cidr)} is larger than a /${SHORTEST_IPV6_PREFIX}`,
    help: 'choose a /108 or smaller, which every version takes',
  };
}

/** The feature gate DisableAllocatorDualWrite is on. */
const LARGER_RANGES_SINCE = 34;

const SHORTEST_IPV6_PREFIX = 64;

function tooLarge(cidr: Cidr): Problem | undefined {
  if (hostBits(cidr) <= MOST_SERVICE_BITS) return undefined;
  return {
    message: `${formatCidr(cidr)} has more than 2^${MOST_SERVICE_BITS} addresses`,
    help: `choose a /${cidr.family === 'IPv4' ? 12 : 108} or smaller`,
  };
}

/** Undefined for one range, and for one of each family. A cluster pool of Cilium may have any number. */
function familiesText({ setting, entries }: StatedRanges): string | undefined {
  if (setting === 'cluster pool of Cilium') return undefined;
  const families = flatMap(entries, ({ cidr }) => cidr?.family ?? []);
  return families.length === entries.length && families.length > new Set(families).size
    ? families.join(' and ')
    : undefined;
}
