import { clusterIpInDynamicBand } from '../../../lib/rules/services/cluster-ip-in-dynamic-band';
import { testRule } from '../expectations';

testRule(clusterIpInDynamicBand, [
  {
    name: 'the first address of the dynamic band, and the last but the broadcast address',
    facts: { serviceCidrs: '10.96.0.0/22' },
    input: `
      - Service shop/a: { clusterIP: 10.96.0.64 }
      - Service shop/b: { clusterIP: 10.96.0.65 }
      - Service shop/c: { clusterIP: 10.96.3.254 }
      - Service shop/d: { clusterIP: 10.96.3.255 }
    `,
    expected: [
      `
      warning NL206 cluster-ip-in-dynamic-band
      on Service shop/b at spec.clusterIP
      clusterIP 10.96.0.65 lies in the dynamic band: the cluster may give it to another Service first
      help: choose an address of the static band, 10.96.0.1 to 10.96.0.64
      `,
      `
      warning NL206 cluster-ip-in-dynamic-band
      on Service shop/c at spec.clusterIP
      clusterIP 10.96.3.254 lies in the dynamic band: the cluster may give it to another Service first
      help: choose an address of the static band, 10.96.0.1 to 10.96.0.64
      `,
    ],
  },
  {
    name: 'silent: a Service that the cluster has given its address to',
    facts: { serviceCidrs: '10.96.0.0/22' },
    input: `
      - manifest: { apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop, uid: 7d1f }, spec: { clusterIP: 10.96.3.7 } }
    `,
    expected: [],
  },
  {
    name: 'IPv6 uses its last address too',
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    input: `
      - Service shop/a: { clusterIPs: [10.96.1.0, 'fd00:96::100'] }
      - Service shop/b: { clusterIPs: [10.96.1.0, 'fd00:96::ffff'] }
    `,
    expected: [
      `
      warning NL206 cluster-ip-in-dynamic-band
      on Service shop/b at spec.clusterIPs.1
      clusterIP fd00:96::ffff lies in the dynamic band: the cluster may give it to another Service first
      help: choose an address of the static band, fd00:96::1 to fd00:96::100
      `,
    ],
  },
  {
    name: 'silent: a /28 has no bands',
    facts: { serviceCidrs: '10.96.0.0/28' },
    input: `
      - Service shop/a: { clusterIP: 10.96.0.14 }
    `,
    expected: [],
  },
  {
    name: 'silent: an address outside every range is the business of another rule',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/a: { clusterIP: 10.97.0.5 }
    `,
    expected: [],
  },
]);
