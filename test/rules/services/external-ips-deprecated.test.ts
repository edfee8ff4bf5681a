import { externalIpsDeprecated } from '../../../lib/rules/services/external-ips-deprecated';
import { testRule } from '../expectations';

testRule(externalIpsDeprecated, [
  {
    name: 'a current version, and one that is not known',
    input: `
      - Service shop/a: { externalIPs: [192.0.2.5], ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: '1.36' },
    expected: [
      `
      warning NL221 external-ips-deprecated
      on Service shop/a at spec.externalIPs
      externalIPs is deprecated since Kubernetes 1.36: any Service can take the traffic of any address
      help: use type LoadBalancer with an address pool, or a Gateway
      `,
    ],
  },
  {
    name: 'silent: an older version',
    input: `
      - Service shop/a: { externalIPs: [192.0.2.5], ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: '1.35' },
    expected: [],
  },
  {
    name: 'silent: an empty list',
    input: `
      - Service shop/a: { externalIPs: [], ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
