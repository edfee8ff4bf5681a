import { type Cidr, formatCidr } from '../../address';
import { below, type FieldPath, flatMap, POLICY_DIRECTIONS, type PolicyRule, readMaskedCidr } from '../../model';
import { append } from '../../model/lookup';
import { coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';
import { portKey } from './pod-ports';

/** `except` narrows its own block and denies nothing (IPBlock, `except`): rules and peers add up, and another block may allow what it leaves out. */
export const policyExceptionUndone: NetworkRule = {
  code: 'NL519',
  slug: 'policy-exception-undone',
  severity: 'warning',
  title: 'An exception of an ipBlock is allowed by another block of the same policy',
  layer: 'object',
  check(model, report) {
    for (const policy of model.networkPolicies) {
      for (const direction of POLICY_DIRECTIONS) {
        if (!policy.isolates.has(direction)) continue;
        const rules = policy.rules.filter((rule) => rule.direction === direction);
        const exceptions = flatMap(rules, exceptionsOf);
        if (exceptions.length === 0) continue;
        const blocks = wholeBlocks(rules);
        for (const { ports, cidr, path } of exceptions) {
          const around = [EVERY_PORT, ports]
            .map((key) => coveringBlock(blocks.get(key) ?? [], cidr))
            .find((block) => block !== undefined);
          if (around === undefined) continue;
          report({
            on: policy.object,
            field: path,
            message: `the exception ${formatCidr(cidr)} is allowed by the block ${formatCidr(around)} of this policy: an exception denies nothing`,
            help: 'leave the other block out if the exception is meant, or the exception if it is not',
          });
        }
      }
    }
  },
};

interface Exception {
  /** The ports of its rule. */
  readonly ports: string;
  readonly cidr: Cidr;
  readonly path: FieldPath;
}

const EVERY_PORT = '';

function portsText({ ports }: PolicyRule): string {
  return ports
    .map(({ port, endPort, protocol }) => portKey(`${port ?? ''}-${endPort ?? ''}`, protocol))
    .sort()
    .join();
}

function exceptionsOf(rule: PolicyRule): readonly Exception[] {
  return flatMap(rule.peers, ({ ipBlock, path }) =>
    flatMap(ipBlock?.except ?? [], (value, index) => {
      const cidr = typeof value === 'string' ? readMaskedCidr(value) : undefined;
      return cidr === undefined
        ? []
        : [{ ports: portsText(rule), cidr, path: below(path, 'ipBlock', 'except', index) }];
    }),
  );
}

/** Blocks of which nothing is left out, by the ports that they are allowed. */
function wholeBlocks(rules: readonly PolicyRule[]): ReadonlyMap<string, readonly Cidr[]> {
  const blocks = new Map<string, Cidr[]>();
  for (const rule of rules) {
    for (const { ipBlock } of rule.peers) {
      if (typeof ipBlock?.cidr !== 'string' || ipBlock.except.length > 0) continue;
      const cidr = readMaskedCidr(ipBlock.cidr);
      if (cidr !== undefined) append(blocks, portsText(rule), cidr);
    }
  }
  return blocks;
}

function coveringBlock(blocks: readonly Cidr[], { family, base, prefix }: Cidr): Cidr | undefined {
  const around = coveringCidr(blocks, { family, value: base });
  return around !== undefined && around.prefix <= prefix ? around : undefined;
}
