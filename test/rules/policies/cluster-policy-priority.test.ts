import { clusterPolicyPriority } from '../../../lib/rules/policies/cluster-policy-priority';
import { testRule } from '../expectations';

testRule(clusterPolicyPriority, [
  {
    name: 'one priority in one tier',
    input: `
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: a }, spec: { tier: Admin, priority: 5 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: b }, spec: { tier: Admin, priority: 5 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: a }, spec: { priority: 7 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: b }, spec: { priority: 7 } }
    `,
    expected: [
      `
      warning NL522 cluster-policy-priority
      on AdminNetworkPolicy b at spec.priority
      priority 7 is also that of AdminNetworkPolicy a: which of them decides first is undefined
      help: give each policy a priority of its own; the lowest number decides first
      see AdminNetworkPolicy a at spec.priority: the same priority
      `,

      `
      warning NL522 cluster-policy-priority
      on ClusterNetworkPolicy b at spec.priority
      priority 5 of tier Admin is also that of ClusterNetworkPolicy a: which of them decides first is undefined
      help: give each policy a priority of its own; the lowest number decides first
      see ClusterNetworkPolicy a at spec.priority: the same priority
      `,
    ],
  },
  {
    name: 'silent: other tiers, other priorities, other groups',
    input: `
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: a }, spec: { tier: Admin, priority: 5 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: b }, spec: { tier: Baseline, priority: 5 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: c }, spec: { tier: Admin, priority: 6 } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: d }, spec: { tier: Admin } }
      - manifest: { apiVersion: example.com/v1, kind: AdminNetworkPolicy, metadata: { name: a }, spec: { priority: 7 } }
      - manifest: { apiVersion: example.com/v1, kind: AdminNetworkPolicy, metadata: { name: b }, spec: { priority: 7 } }
    `,
    expected: [],
  },
]);
