import { sourceRangeRedundant } from '../../../lib/rules/services/source-range-redundant';
import { testRule } from '../expectations';

testRule(sourceRangeRedundant, [
  {
    name: 'a range that contains others, in the field and in the annotation, of both families, and one that is there twice',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 0.0.0.0/0, 10.1.0.0/16], ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerSourceRanges: [fd00::/8, "fd00:1::/32", 192.0.2.0/24, 192.0.2.0/24], ports: [{ port: 80 }] }
      - manifest:
          apiVersion: v1
          kind: Service
          metadata: { name: c, namespace: shop, annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: "10.1.0.0/16, 10.0.0.0/8" } }
          spec: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL268 source-range-redundant
      on Service shop/a at spec.loadBalancerSourceRanges.1
      source range 0.0.0.0/0 contains 10.0.0.0/8, 10.1.0.0/16, which restrict nothing then
      help: leave 0.0.0.0/0 out, which lets everybody in, or leave out the others
      `,
      `
      warning NL268 source-range-redundant
      on Service shop/b at spec.loadBalancerSourceRanges.2
      source range 192.0.2.0/24 contains 192.0.2.0/24, which restricts nothing then
      help: leave out the larger one, or those that lie inside of it
      `,
      `
      warning NL268 source-range-redundant
      on Service shop/b at spec.loadBalancerSourceRanges.0
      source range fd00::/8 contains fd00:1::/32, which restricts nothing then
      help: leave out the larger one, or those that lie inside of it
      `,
      `
      warning NL268 source-range-redundant
      on Service shop/c at metadata.annotations.service.beta.kubernetes.io/load-balancer-source-ranges
      source range 10.0.0.0/8 contains 10.1.0.0/16, which restricts nothing then
      help: leave out the larger one, or those that lie inside of it
      `,
    ],
  },
  {
    name: 'silent: ranges beside one another, one for each family, alone, another type, what is no range',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 192.168.0.0/16, "::/0"], ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerSourceRanges: [0.0.0.0/0], ports: [{ port: 80 }] }
      - Service shop/c: { type: ClusterIP, loadBalancerSourceRanges: [0.0.0.0/0, 10.0.0.0/8], ports: [{ port: 80 }] }
      - Service shop/d: { type: LoadBalancer, loadBalancerSourceRanges: [everybody, 7], ports: [{ port: 80 }] }
      - Service shop/e: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
