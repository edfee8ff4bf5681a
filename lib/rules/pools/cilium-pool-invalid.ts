import { addressBits, formatCidr, type IpFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  blockText,
  type FieldPath,
  isCilium,
  isIpv4Mapped,
  list,
  member,
  nonEmpty,
  positive,
  readMaskedCidr,
  text,
} from '../../model';
import { cidrProblem, rangeProblem } from '../address-problem';
import { isSet, setTo } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const SMALLEST = { IPv4: 30, IPv6: 126 } as const;

/**
 * Cilium: LB-IPAM (`blocks` of a `cidr`, or of `start` and `stop`) and multi-pool IPAM (`cidrs` and `maskSize`). What is no CIDR and no mask size is
 * NL646, which knows the CRDs.
 */
export const ciliumPoolInvalid: NetworkRule = {
  code: 'NL636',
  slug: 'cilium-pool-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A pool of Cilium has ranges that Cilium cannot use',
  check(model, report) {
    for (const object of model.ofKind('CiliumLoadBalancerIPPool')) {
      if (!isCilium(object, 'CiliumLoadBalancerIPPool')) continue;
      for (const [index, block] of list(at(object.manifest, 'spec', 'blocks')).entries()) {
        const field = ['spec', 'blocks', index];
        const problem = blockProblem(block, field);
        if (problem !== undefined) {
          report({ on: object, field, ...problem, message: `block of the pool: ${problem.message}` });
        }
      }
    }
    for (const object of model.ofKind('CiliumPodIPPool')) {
      if (!isCilium(object, 'CiliumPodIPPool')) continue;
      for (const family of ['IPv4', 'IPv6'] as const) {
        const path = ['spec', family.toLowerCase()];
        const fields = at(object.manifest, ...path);
        const maskSize = positive(member(fields, 'maskSize'));
        for (const [index, value] of list(member(fields, 'cidrs')).entries()) {
          const field = below(path, 'cidrs', index);
          const problem = podCidrProblem(value, field, family, maskSize);
          if (problem === undefined) continue;
          const range = `${family.toLowerCase()} range of the pool`;
          report({ on: object, field, ...problem, message: `${range}: ${problem.message}` });
        }
        const small =
          maskSize === undefined || maskSize > addressBits(family) ? undefined : maskProblem(maskSize, family);
        if (small !== undefined) report({ on: object, field: below(path, 'maskSize'), ...small });
      }
    }
    for (const { setting, entries, object } of model.statements.ranges) {
      const config = model.configs.find((candidate) => candidate.object === object);
      if (setting !== 'cluster pool of Cilium' || config === undefined) continue;
      for (const { cidr, path } of entries) {
        if (cidr === undefined) continue;
        const mask = nonEmpty(member(config.value, `cluster-pool-${cidr.family.toLowerCase()}-mask-size`));
        const maskSize = mask === undefined ? USUAL_MASK[cidr.family] : Number(mask);
        const problem = Number.isInteger(maskSize)
          ? podCidrProblem(formatCidr(cidr), path, cidr.family, maskSize)
          : undefined;
        if (problem !== undefined) {
          report({ on: object, field: path, message: `cluster pool: ${problem.message}`, help: problem.help });
          continue;
        }
        const small = maskProblem(maskSize, cidr.family);
        if (small !== undefined) report({ on: object, field: path, ...small });
      }
    }
  },
};

/**
 * The CRD refuses what is no prefix length. Cilium 1.15 keeps two addresses of each range back, 1.20 does not for ranges of one or two
 * (pkg/ipam/service/ipallocator: `NewCIDRRange`).
 */
function maskProblem(maskSize: number, family: IpFamily): Omit<Problem, 'field'> | undefined {
  const bits = addressBits(family);
  if (maskSize > bits) return { message: `the mask size for ${family} is ${maskSize}`, help: `use at most ${bits}` };
  if (maskSize <= SMALLEST[family]) return undefined;
  return {
    severity: 'warning',
    message: `a mask size of ${maskSize} gives each node ${2 ** (bits - maskSize) === 1 ? 'one address' : 'two addresses'} of ${family}, and older versions of Cilium, such as 1.15, keep two back`,
    help: `use ${SMALLEST[family] - 1} or less`,
  };
}

/** Of the cluster pool, when no size is set. */
const USUAL_MASK = { IPv4: 24, IPv6: 120 } as const;

/** @param field where the block is */
function blockProblem(block: unknown, field: FieldPath): Problem | undefined {
  const cidr = nonEmpty(member(block, 'cidr'));
  const start = nonEmpty(member(block, 'start'));
  const stop = nonEmpty(member(block, 'stop'));
  if (cidr !== undefined && (start !== undefined || stop !== undefined)) {
    return { message: `it has the cidr ${cidr} and a start or stop`, help: 'give a cidr, or start and stop' };
  }
  if (cidr === undefined && start === undefined) {
    // Of a start, the CRD takes any text.
    if (isSet(member(block, 'cidr')) || (isSet(member(block, 'start')) && member(block, 'start') !== ''))
      return undefined;
    return { message: 'it has no cidr and no start', help: 'give a cidr, or start and stop' };
  }
  if (cidr === undefined) return rangeProblem(blockText(block));
  const problem = cidrProblem(cidr);
  if (problem === undefined) return undefined;
  const masked = readMaskedCidr(cidr);
  if (masked === undefined) {
    // Cilium reads blocks as Go does (netip.ParsePrefix), which takes these for IPv6.
    return isIpv4Mapped(cidr) ? { ...problem, severity: 'warning' } : undefined;
  }
  return {
    severity: 'warning',
    message: `${problem.message}, and Cilium gives out all of ${formatCidr(masked)}`,
    help: `write ${formatCidr(masked)}, or the range that is meant as start and stop`,
    ...setTo(below(field, 'cidr'), formatCidr(masked)),
  };
}

/** @param field where the range is */
function podCidrProblem(
  value: unknown,
  field: FieldPath,
  family: 'IPv4' | 'IPv6',
  maskSize: number | undefined,
): Problem | undefined {
  const cidr = readMaskedCidr(text(value));
  if (cidr === undefined) return undefined;
  const masked = formatCidr(cidr);
  if (cidr.family !== family) {
    return { message: `${masked} is ${cidr.family}`, help: `list it under ${cidr.family.toLowerCase()}` };
  }
  if (maskSize !== undefined && maskSize < cidr.prefix) {
    return {
      message: `${masked} is smaller than the /${maskSize} that each node gets`,
      help: `use a maskSize from ${cidr.prefix}, or a larger range`,
    };
  }
  const problem = cidrProblem(value);
  return (
    problem && {
      severity: 'warning',
      message: `${problem.message}, and Cilium gives out all of ${masked}`,
      help: `write ${masked}`,
      ...setTo(field, masked),
    }
  );
}
