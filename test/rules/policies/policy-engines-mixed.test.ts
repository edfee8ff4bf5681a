import { policyEnginesMixed } from '../../../lib/rules/policies/policy-engines-mixed';
import { testRule } from '../expectations';

const CILIUM = `
      - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: db, namespace: shop }, spec: {} }`;
const CALICO = `
      - manifest: { apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: { name: web, namespace: shop }, spec: {} }`;
const HELP =
  'help: say which one decides (--policy-engine, or policyEngine in netloom.yaml), and delete the policies of the other; check clusters apart if these are two';

testRule(policyEnginesMixed, [
  {
    name: 'policies of both, and nothing that shows which decides',
    input: `${CILIUM}${CALICO}`,
    expected: [
      `
      warning NL543 policy-engines-mixed
      on CiliumNetworkPolicy shop/db at spec
      this policy is of Cilium, and policies of Calico, or what installs it, are in the input as well: which of the two decides is not known
      ${HELP}
      `,
      `
      warning NL543 policy-engines-mixed
      on NetworkPolicy shop/web at spec
      this policy is of Calico, and policies of Cilium, or what installs it, are in the input as well: which of the two decides is not known
      ${HELP}
      `,
    ],
  },
  {
    name: 'the configuration of Cilium shows it',
    input: `${CILIUM}${CALICO}
      - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: all }, spec: {} }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: kubernetes } }
    `,
    expected: [
      `
      warning NL543 policy-engines-mixed
      on GlobalNetworkPolicy all at spec
      this policy and 1 more are of Calico, and ConfigMap kube-system/cilium-config shows that Cilium enforces the policies of the cluster
      ${HELP}
      `,
    ],
  },
  { name: 'silent: somebody says it', facts: { policyEngine: 'cilium' }, input: `${CILIUM}${CALICO}`, expected: [] },
  { name: 'silent: policies of one', input: CILIUM, expected: [] },
]);
