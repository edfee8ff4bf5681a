import { ipPoolOutsideClusterCidr } from '../../../lib/rules/pools/ip-pool-outside-cluster-cidr';
import { testRule } from '../expectations';

const HELP = 'help: choose a part of the cluster CIDR, or enlarge the cluster CIDR everywhere it is configured';

testRule(ipPoolOutsideClusterCidr, [
  {
    name: 'beside, and larger than, the cluster CIDR',
    facts: { podCidrs: '10.244.0.0/16,fd00:244::/56' },
    input: `
      - IPPool a: { cidr: 10.245.0.0/18 }
      - IPPool b: { cidr: 10.244.0.0/15 }
      - IPPool c: { cidr: 'fd00:245::/64' }
    `,
    expected: [
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool a at spec.cidr
      10.245.0.0/18 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool b at spec.cidr
      10.244.0.0/15 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool c at spec.cidr
      fd00:245::/64 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: inside, all of it, and across two neighbouring ranges',
    facts: { podCidrs: '10.244.0.0/16,10.245.0.0/16' },
    input: `
      - IPPool a: { cidr: 10.244.64.0/18 }
      - IPPool b: { cidr: 10.245.0.0/16 }
      - IPPool c: { cidr: 10.244.0.0/15 }
    `,
    expected: [],
  },
  {
    name: 'silent: pools that are disabled or not for pods',
    facts: { podCidrs: '10.244.0.0/16' },
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, disabled: true }
      - IPPool b: { cidr: 192.0.2.0/26, allowedUses: [LoadBalancer] }
      - IPPool c: { cidr: 10.49.0.0/24, allowedUses: [Tunnel] }
    `,
    expected: [],
  },
  {
    name: 'the pool that calico-node makes by itself',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: calico-node, namespace: kube-system }, spec: { template: { spec: { containers: [{ name: calico-node, env: [{ name: CALICO_IPV4POOL_CIDR, value: 192.168.0.0/16 }] }] } } } }
    `,
    expected: [
      `
      warning NL602 ip-pool-outside-cluster-cidr
      on DaemonSet kube-system/calico-node at spec.template.spec.containers.0.env.0.value
      the default pool of calico-node, 192.168.0.0/16, is not inside the cluster CIDR 10.244.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: a default pool inside the cluster CIDR, and one that an IPPool replaces',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - IPPool a: { cidr: 10.244.0.0/17 }
      - manifest: { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: calico-node, namespace: kube-system }, spec: { template: { spec: { containers: [{ name: calico-node, env: [{ name: CALICO_IPV4POOL_CIDR, value: 192.168.0.0/16 }] }] } } } }
    `,
    expected: [],
  },
]);
