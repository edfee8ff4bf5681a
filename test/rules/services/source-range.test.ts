import { sourceRange } from '../../../lib/rules/services/source-range';
import { testRule } from '../expectations';

testRule(sourceRange, [
  {
    name: 'ranges that are no CIDR',
    input: `
      - Service shop/web: { type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.7, 0.0.0.0, 10.0.0.0/33, 10.0.0.0/8/8, 8], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.4
      source range is 8, not a CIDR
      help: write a CIDR as a string
      `,
      `
      error NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.1
      source range: 0.0.0.0 has no prefix length
      help: did you mean 0.0.0.0/32?
      `,
      `
      error NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.2
      source range: 10.0.0.0/33 has the prefix length 33, which IPv4 does not have
      help: write a prefix length from /0 to /32
      `,
      `
      error NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.3
      source range: 10.0.0.0/8/8 has more than one slash
      help: write one such as 10.0.0.0/8 or fd00::/8
      `,
      `
      error NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.0
      source range: 192.0.2.7 has no prefix length
      help: did you mean 192.0.2.7/32?
      `,
    ],
  },
  {
    name: 'ranges that older versions take',
    input: `
      - Service shop/web: { type: LoadBalancer, loadBalancerSourceRanges: [10.1.2.3/8, 010.0.0.0/8, '::ffff:10.0.0.0/104'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.1
      source range: 010.0.0.0/8 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 10.0.0.0/8 before
      help: write 10.0.0.0/8
      `,
      `
      warning NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.0
      source range: 10.1.2.3/8 has host bits set; Kubernetes refuses it since 1.36, and reads 10.0.0.0/8 before
      help: write 10.0.0.0/8
      `,
      `
      warning NL237 source-range
      on Service shop/web at spec.loadBalancerSourceRanges.2
      source range: ::ffff:10.0.0.0/104 is an IPv4-mapped IPv6 address; Kubernetes refuses it since 1.36, and reads 10.0.0.0/8 before
      help: write 10.0.0.0/8
      `,
    ],
  },
  {
    name: 'the annotation',
    input: `
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: '10.0.0.0/8, 192.0.2.7' }
    `,
    expected: [
      `
      error NL237 source-range
      on Service shop/web at metadata.annotations.service.beta.kubernetes.io/load-balancer-source-ranges
      source range: 192.0.2.7 has no prefix length
      help: did you mean 192.0.2.7/32?
      `,
    ],
  },
  {
    name: 'silent: CIDRs, also with white space around them, and other types',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerSourceRanges: [' 10.0.0.0/8', '2001:db8::/32 '], ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: ' 10.0.0.0/8 , 192.0.2.0/24 ' }
      - Service shop/c: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: ' ' }
      - Service shop/d: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{ port: 80 }] }
        annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: nonsense }
      - Service shop/e: { loadBalancerSourceRanges: [nonsense], ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
