import { type Cidr, cidrContains, formatCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { below, type ClusterFacts, concat, type FieldPath, flatMap, type IpBlock } from '../../model';
import { isSet } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { type CidrText, readCidrText } from '../services/ip-text';

/** `except` lists parts of the block, so that each lies inside of it and is smaller (ValidateIPBlock). */
export const policyIpBlockInvalid: NetworkRule = {
  code: 'NL503',
  slug: 'policy-ip-block-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An ipBlock of a NetworkPolicy is not a CIDR, or its exceptions are not parts of it',
  concernsReach: true,
  check(model, report) {
    for (const { object, rules } of model.networkPolicies) {
      for (const { ipBlock, path } of flatMap(rules, ({ peers }) => peers)) {
        if (ipBlock === undefined) continue;
        for (const problem of blockProblems(ipBlock, below(path, 'ipBlock'), model.facts)) {
          report({ on: object, ...problem });
        }
      }
    }
  },
};

function blockProblems({ cidr, except }: IpBlock, path: FieldPath, facts: ClusterFacts): readonly Problem[] {
  const block = readBlock('cidr', cidr, below(path, 'cidr'), facts);
  const exceptions = flatMap(except, (value, index) => {
    const field = below(path, 'except', index);
    const exception = readBlock('exception', value, field, facts);
    return concat(exception.problems, notAPart(exception.cidr, block.cidr, field));
  });
  return concat(block.problems, exceptions);
}

function readBlock(name: string, value: unknown, field: FieldPath, facts: ClusterFacts): CidrText {
  if (isSet(value) && value !== '') return readCidrText(name, value, field, facts);
  const message = name === 'cidr' ? 'the ipBlock has no cidr' : 'the exception is empty';
  return {
    cidr: undefined,
    problems: [{ field, message, help: 'write a CIDR such as 192.0.2.0/24 or 2001:db8::/32' }],
  };
}

function notAPart(exception: Cidr | undefined, block: Cidr | undefined, field: FieldPath): readonly Problem[] {
  if (block === undefined || exception === undefined) return [];
  if (cidrContains(block, exception) && exception.prefix > block.prefix) return [];
  return [
    {
      field,
      message: `the exception ${formatCidr(exception)} is not a part of the block ${formatCidr(block)}`,
      help:
        cidrContains(exception, block) && block.family === exception.family
          ? 'nothing of the block would be left: leave the peer out'
          : 'except only narrows its own block: leave out what lies outside of it',
    },
  ];
}
