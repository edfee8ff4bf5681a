import { below, member, readCidr } from '../../model';
import { linkLocalProblems } from '../../syntax/calico-pool';
import { cidrProblem, maskedText } from '../address-problem';
import { setTo } from '../field-problem';
import { writtenPools } from './calico-pools';
import type { NetworkRule } from '../network-rule';

/** "IPPool CIDR must be strictly masked", and may not touch link-local space (api/pkg/apis/projectcalico/v3/ippool.go). */
export const ipPoolCidrInvalid: NetworkRule = {
  code: 'NL604',
  slug: 'ip-pool-cidr-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'The CIDR of an IPPool is one that Calico refuses',
  check(model, report) {
    for (const { object, path, fields } of writtenPools(model)) {
      const value = member(fields, 'cidr');
      const field = below(path, 'cidr');
      // That there is none, or another type, is said of the structure.
      if (typeof value !== 'string') continue;
      const problem = cidrProblem(value);
      if (problem !== undefined) {
        const masked = maskedText(value);
        report({
          on: object,
          field,
          message: `cidr of the pool: ${problem.message}`,
          help: problem.help,
          ...(masked !== undefined && setTo(field, masked)),
        });
        continue;
      }
      for (const refused of linkLocalProblems({ cidr: readCidr(value) })) {
        report({ on: object, field, message: refused.message, help: refused.help });
      }
    }
  },
};
