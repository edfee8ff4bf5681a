import { loadBalancerPoolExhausted } from '../../../lib/rules/pools/load-balancer-pool-exhausted';
import { testRule } from '../expectations';

const POOL = 'IPAddressPool metallb-system/public: { addresses: [192.0.2.1-192.0.2.2] }';

function lines(names: readonly string[], spec: string, annotations = '{}'): string {
  return names
    .map((name) => `      - Service shop/${name}: { type: LoadBalancer, ${spec} }\n        annotations: ${annotations}`)
    .join('\n');
}

const PORT = 'ports: [{ port: 80 }]';

testRule(loadBalancerPoolExhausted, [
  {
    name: 'more Services than addresses',
    input: `
      - ${POOL}
${lines(['a', 'b', 'c'], PORT)}
    `,
    expected: [
      `
      warning NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/public at spec.addresses
      3 Services need 3 IPv4 addresses of IPAddressPool metallb-system/public, which has 2
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at spec.type: one of them
      see Service shop/b at spec.type: one of them
      see Service shop/c at spec.type: one of them
      `,
    ],
  },
  {
    name: 'as many Services as addresses, and Services of other types and classes',
    input: `
      - ${POOL}
${lines(['a', 'b'], PORT)}
${lines(['c'], `loadBalancerClass: example.com/cloud, ${PORT}`)}
${lines(['d'], PORT, '{ service.beta.kubernetes.io/aws-load-balancer-type: nlb }')}
      - Service shop/e: { type: NodePort, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
  {
    name: 'a pool that is named, which is certain',
    input: `
      - ${POOL}
      - IPAddressPool metallb-system/other: { addresses: [198.51.100.0/24] }
${lines(['a', 'b', 'c'], PORT, '{ metallb.io/address-pool: public }')}
    `,
    expected: [
      `
      error NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/public at spec.addresses
      3 Services need 3 IPv4 addresses of IPAddressPool metallb-system/public, which has 2
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at metadata.annotations.metallb.io/address-pool: one of them
      see Service shop/b at metadata.annotations.metallb.io/address-pool: one of them
      see Service shop/c at metadata.annotations.metallb.io/address-pool: one of them
      `,
    ],
  },
  {
    name: 'no pools at all: the load balancer is elsewhere',
    input: lines(['a', 'b'], PORT),
    expected: [],
  },
  {
    name: 'pools of two implementations: nobody knows which one serves a Service',
    input: `
      - ${POOL}
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 198.51.100.0/32 }] }
${lines(['a', 'b', 'c'], PORT)}
    `,
    expected: [],
  },
  {
    name: 'pools of Calico, which are chosen in other ways',
    input: `
      - IPPool lb: { cidr: 192.0.2.0/32, blockSize: 32, allowedUses: [LoadBalancer] }
${lines(['a', 'b'], PORT)}
    `,
    expected: [],
  },
  {
    name: 'Services of one sharing key need one address, and as many as have one port',
    input: `
      - ${POOL}
      - IPAddressPool metallb-system/tiny: { addresses: [198.51.100.1/32], autoAssign: false }
${lines(['a', 'b'], PORT, '{ metallb.io/allow-shared-ip: web }')}
${lines(['c'], 'ports: [{ port: 443 }]', '{ metallb.io/allow-shared-ip: web }')}
${lines(['d', 'e'], PORT, '{ metallb.io/allow-shared-ip: web, metallb.io/address-pool: tiny }')}
${lines(['f'], 'ports: [{ port: 53 }]', '{ metallb.io/allow-shared-ip: web, metallb.io/address-pool: tiny }')}
    `,
    expected: [
      `
      error NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/tiny at spec.addresses
      3 Services need 2 IPv4 addresses of IPAddressPool metallb-system/tiny, which has 1
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/d at metadata.annotations.metallb.io/address-pool: one of them
      see Service shop/e at metadata.annotations.metallb.io/address-pool: one of them
      see Service shop/f at metadata.annotations.metallb.io/address-pool: one of them
      `,
    ],
  },
  {
    name: 'addresses that end in 0 and 255 are kept back',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.254-192.0.3.1], avoidBuggyIPs: true }
${lines(['a', 'b', 'c'], PORT)}
    `,
    expected: [
      `
      warning NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/public at spec.addresses
      3 Services need 3 IPv4 addresses of IPAddressPool metallb-system/public, which has 2
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at spec.type: one of them
      see Service shop/b at spec.type: one of them
      see Service shop/c at spec.type: one of them
      `,
    ],
  },
  {
    name: 'each family, and all pools together; an address that is asked for is one of the pool',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.1/32, fd00::1/128] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.9/32, fd00::9-fd00::10] }
${lines(['a', 'b'], `ipFamilyPolicy: RequireDualStack, ${PORT}`)}
${lines(['c'], `loadBalancerIP: 192.0.2.9, ${PORT}`)}
    `,
    expected: [
      `
      warning NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/a at spec.addresses
      3 Services need 3 IPv4 addresses of IPAddressPool metallb-system/a, IPAddressPool metallb-system/b, which have 2
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at spec.type: one of them
      see Service shop/b at spec.type: one of them
      see Service shop/c at spec.loadBalancerIP: one of them
      `,
    ],
  },
  {
    name: 'pools that serve some namespaces and Services',
    input: `
      - IPAddressPool metallb-system/shop: { addresses: [192.0.2.1/32], serviceAllocation: { namespaces: [shop] } }
      - IPAddressPool metallb-system/web: { addresses: [192.0.2.9/32], serviceAllocation: { serviceSelectors: [{ matchLabels: { app: web } }] } }
${lines(['a', 'b'], PORT)}
      - Service api/a: { type: LoadBalancer, ports: [{ port: 80 }] }
        labels: { app: web }
    `,
    expected: [
      `
      warning NL644 load-balancer-pool-exhausted
      on IPAddressPool metallb-system/shop at spec.addresses
      2 Services need 2 IPv4 addresses of IPAddressPool metallb-system/shop, which has 1
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at spec.type: one of them
      see Service shop/b at spec.type: one of them
      `,
    ],
  },
  {
    name: 'Cilium, which may keep the ends of a CIDR',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/30 }], allowFirstLastIPs: 'No', serviceSelector: { matchLabels: { io.kubernetes.service.namespace: shop } } }
${lines(['a', 'b', 'c'], PORT)}
      - Service api/a: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL644 load-balancer-pool-exhausted
      on CiliumLoadBalancerIPPool a at spec.blocks
      3 Services need 3 IPv4 addresses of CiliumLoadBalancerIPPool a, which has 2
      help: add addresses to the pool, or let Services with different ports share an address with one sharing key
      see Service shop/a at spec.type: one of them
      see Service shop/b at spec.type: one of them
      see Service shop/c at spec.type: one of them
      `,
    ],
  },
  {
    name: 'addresses that cannot be read are somewhere',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.1/32, nonsense] }
${lines(['a', 'b'], PORT)}
    `,
    expected: [],
  },
]);
