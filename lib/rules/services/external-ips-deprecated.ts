import type { Problem } from '../../finding/problem';
import { at, list, type Service } from '../../model';
import { checkEach } from '../field-problem';
import { isAtLeast } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** KEP-5707: deprecated in Kubernetes 1.36, and a way to hijack traffic (CVE-2020-8554). */
export const externalIpsDeprecated: NetworkRule = {
  code: 'NL221',
  slug: 'external-ips-deprecated',
  severity: 'warning',
  ofFieldNames: true,
  title: 'A Service uses spec.externalIPs, which is deprecated since Kubernetes 1.36',
  layer: 'object',
  check: checkEach(({ services, facts }) => (isAtLeast(facts, 36) ? services : []), serviceProblems),
};

function serviceProblems({ object }: Service): readonly Problem[] {
  if (list(at(object.manifest, 'spec', 'externalIPs')).length === 0) return [];
  return [
    {
      field: ['spec', 'externalIPs'],
      message: 'externalIPs is deprecated since Kubernetes 1.36: any Service can take the traffic of any address',
      help: 'use type LoadBalancer with an address pool, or a Gateway',
    },
  ];
}
