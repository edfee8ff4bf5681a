import { metallbPoolNotAnnounced } from '../../../lib/rules/pools/metallb-pool-not-announced';
import { testRule } from '../expectations';

testRule(metallbPoolNotAnnounced, [
  {
    name: 'another pool is announced',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.16/28] }
      - L2Advertisement metallb-system/l2: { ipAddressPools: [a] }
    `,
    expected: [
      `
      warning NL632 metallb-pool-not-announced
      on IPAddressPool metallb-system/b at spec.addresses
      no L2Advertisement or BGPAdvertisement announces the pool b
      help: name the pool in the ipAddressPools of one of the advertisements, or leave ipAddressPools out to announce all pools
      `,
    ],
  },
  {
    name: 'no advertisement: a remark, as it may be elsewhere',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
    `,
    expected: [
      `
      info NL632 metallb-pool-not-announced
      on IPAddressPool metallb-system/a at spec.addresses
      no L2Advertisement or BGPAdvertisement announces the pool a
      help: add an L2Advertisement (or a BGPAdvertisement) in the same namespace: without one nobody learns where the addresses are
      `,
    ],
  },
  {
    name: 'no advertisement, and a Service that gets its address of the pool',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.16/28], autoAssign: false }
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL632 metallb-pool-not-announced
      on IPAddressPool metallb-system/a at spec.addresses
      no L2Advertisement or BGPAdvertisement announces the pool a
      help: add an L2Advertisement (or a BGPAdvertisement) in the same namespace: without one nobody learns where the addresses are
      see Service shop/web at spec.type: Service shop/web gets its address from it
      `,
      `
      info NL632 metallb-pool-not-announced
      on IPAddressPool metallb-system/b at spec.addresses
      no L2Advertisement or BGPAdvertisement announces the pool b
      help: add an L2Advertisement (or a BGPAdvertisement) in the same namespace: without one nobody learns where the addresses are
      `,
    ],
  },
  {
    name: 'labels that no pool has',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - BGPAdvertisement metallb-system/bgp: { ipAddressPoolSelectors: [{ matchLabels: { zone: eu } }] }
    `,
    expected: [
      `
      warning NL632 metallb-pool-not-announced
      on IPAddressPool metallb-system/a at spec.addresses
      no L2Advertisement or BGPAdvertisement announces the pool a
      help: name the pool in the ipAddressPools of one of the advertisements, or leave ipAddressPools out to announce all pools
      `,
    ],
  },
  {
    name: 'silent: by name, by label, and all of them',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.16/28] }
        labels: { zone: eu }
      - L2Advertisement metallb-system/l2: { ipAddressPools: [a] }
      - BGPAdvertisement metallb-system/bgp: { ipAddressPoolSelectors: [{ matchExpressions: [{ key: zone, operator: In, values: [eu] }] }] }
    `,
    expected: [],
  },
  {
    name: 'silent: an advertisement without names announces all',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - L2Advertisement metallb-system/l2: null
      - L2Advertisement metallb-system/one: { ipAddressPools: [x] }
    `,
    expected: [],
  },
]);
