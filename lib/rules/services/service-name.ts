import { isDns1035Label, isDnsLabel } from '../../model';
import { shown } from '../field-problem';
import { minorVersion } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** A DNS-1035 label; from Kubernetes 1.36 on it may start with a digit (KEP-5311), which older servers refuse. */
export const serviceName: NetworkRule = {
  code: 'NL230',
  slug: 'service-name',
  severity: 'error',
  title: 'The name of a Service is not a DNS label',
  layer: 'object',
  check({ services, facts }, report) {
    const mayStartWithDigit = (minorVersion(facts.kubernetesVersion) ?? 0) >= 36;
    for (const { object, name } of services) {
      if (isDns1035Label(name) || (mayStartWithDigit && isDnsLabel(name))) continue;
      report({
        on: object,
        field: ['metadata', 'name'],
        message: `the Service name ${shown(name)} ${reason(name)}`,
        help: isDnsLabel(name)
          ? 'start the name with a letter'
          : 'use at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last',
      });
    }
  },
};

function reason(name: string): string {
  if (name.length > 63) return `has ${name.length} characters, and a DNS label has at most 63`;
  if (isDnsLabel(name)) return 'starts with a digit, which Kubernetes refuses before 1.36';
  return 'is not a DNS label';
}
