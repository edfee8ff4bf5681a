import { formatAddress } from '../../address';
import type { Problem } from '../../finding/problem';
import { at, type ClusterFacts, type FieldPath, flatMap, list, type Service } from '../../model';
import { checkEach } from '../field-problem';
import { readIpText, specialAddressProblems } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** IsValidIP and ValidateNonSpecialIP of pkg/apis/core/validation; CVE-2020-8554 says why. */
export const serviceExternalIp: NetworkRule = {
  code: 'NL236',
  slug: 'service-external-ip',
  fixable: true,
  severity: 'error',
  title: 'An external IP is listed twice, or is no address that other machines can reach',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object }: Service, facts: ClusterFacts): readonly Problem[] {
  const seen = new Set<string>();
  return flatMap(list(at(object.manifest, 'spec', 'externalIPs')), (value, index): readonly Problem[] => {
    const field = ['spec', 'externalIPs', index];
    const { address, problems } = readIpText('external IP', value, field, facts);
    const special = specialAddressProblems('external IP', address, field);
    if (special.length > 0) return special;
    if (address === undefined || problems.length > 0) return problems;
    const text = formatAddress(address);
    if (seen.has(text)) return [{ ...listedTwice(text, field), fix: [{ field, remove: true }] }];
    seen.add(text);
    return [];
  });
}

function listedTwice(address: string, field: FieldPath): Problem {
  return {
    field,
    severity: 'warning',
    message: `external IP ${address} is listed twice`,
    help: 'list each address once',
  };
}
