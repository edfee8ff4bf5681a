import { policyPodAddress } from '../../../lib/rules/policies/policy-pod-address';
import { testRule } from '../expectations';

testRule(policyPodAddress, [
  {
    name: 'one address of the pod CIDR',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.244.3.7/32 } }, { ipBlock: { cidr: 10.244.3.0/24 } }, { ipBlock: { cidr: 10.1.0.1/32 } }] }] }
    `,
    facts: { podCidrs: '10.244.0.0/16' },
    expected: [
      `
      warning NL521 policy-pod-address
      on NetworkPolicy shop/a at spec.ingress.0.from.0.ipBlock.cidr
      10.244.3.7/32 is the address of a pod, in the pod CIDR 10.244.0.0/16: the next pod gets another one
      help: select the pods by their labels, with podSelector and namespaceSelector
      `,
    ],
  },
  {
    name: 'silent: an address that a pod asks for',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: db, namespace: shop, annotations: { cni.projectcalico.org/ipAddrs: '["10.244.3.7"]' } }, spec: { containers: [{ name: main }] } }
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.244.3.7/32 } }] }] }
    `,
    facts: { podCidrs: '10.244.0.0/16' },
    expected: [],
  },
  {
    name: 'silent: pods in the network of the nodes',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.244.3.7/32 } }] }] }
    `,
    facts: { podCidrs: '10.244.0.0/16', nodeCidrs: '10.0.0.0/8' },
    expected: [],
  },
]);
