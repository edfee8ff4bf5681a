import { at, type ClusterFacts, flatMap, list, type Service } from '../../model';
import { checkEach, type FieldProblem } from '../field-problem';
import { readIpText, specialAddressProblems } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** IsValidIP and ValidateNonSpecialIP of pkg/apis/core/validation; CVE-2020-8554 says why. */
export const serviceExternalIp: NetworkRule = {
  code: 'NL236',
  slug: 'service-external-ip',
  fixable: true,
  severity: 'error',
  title: 'An external IP is no address that other machines can reach',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object }: Service, facts: ClusterFacts): readonly FieldProblem[] {
  return flatMap(list(at(object.manifest, 'spec', 'externalIPs')), (value, index) => {
    const field = ['spec', 'externalIPs', index];
    const { address, problems } = readIpText('external IP', value, field, facts);
    const special = specialAddressProblems('external IP', address, field);
    return special.length > 0 ? special : problems;
  });
}
