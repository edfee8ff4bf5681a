import { loadBalancerAnnotationUnknown } from '../../../lib/rules/pools/load-balancer-annotation-unknown';
import { testRule } from '../expectations';

function service(name: string, ...annotations: string[]): string {
  const written = annotations.map((key) => `${key}: x`).join(', ');
  return `
      - manifest: { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop, annotations: { ${written} } }, spec: { type: LoadBalancer, ports: [{ port: 80 }] } }`;
}

testRule(loadBalancerAnnotationUnknown, [
  {
    name: 'the beginning of a key, a misspelt one, and one of nothing near',
    input: [
      service('a', 'metallb.universe.tf/allow-shared'),
      service('b', 'metallb.io/addresspool'),
      service('c', 'metallb.io/speed'),
      service('d', 'lbipam.cilium.io/ip'),
    ].join(''),
    expected: [
      `
      warning NL682 load-balancer-annotation-unknown
      on Service shop/a at metadata.annotations.metallb.universe.tf/allow-shared
      MetalLB has no annotation allow-shared
      help: did you mean metallb.universe.tf/allow-shared-ip?
      `,
      `
      warning NL682 load-balancer-annotation-unknown
      on Service shop/b at metadata.annotations.metallb.io/addresspool
      MetalLB has no annotation addresspool
      help: did you mean metallb.io/address-pool?
      `,
      `
      warning NL682 load-balancer-annotation-unknown
      on Service shop/c at metadata.annotations.metallb.io/speed
      MetalLB has no annotation speed
      help: it reads address-pool, loadBalancerIPs, allow-shared-ip, ip-allocated-from-pool
      `,
      `
      warning NL682 load-balancer-annotation-unknown
      on Service shop/d at metadata.annotations.lbipam.cilium.io/ip
      Cilium has no annotation ip
      help: did you mean lbipam.cilium.io/ips?
      `,
    ],
  },
  {
    name: 'silent: those that are read, and those of others',
    input: [
      service('a', 'metallb.io/allow-shared-ip', 'metallb.universe.tf/loadBalancerIPs', 'lbipam.cilium.io/sharing-key'),
      service('b', 'example.com/allow-shared'),
    ].join(''),
    expected: [],
  },
]);
