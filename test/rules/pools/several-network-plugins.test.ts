import { severalNetworkPlugins } from '../../../lib/rules/pools/several-network-plugins';
import { testRule } from '../expectations';

const CONFIG_MAP = 'apiVersion: v1, kind: ConfigMap, metadata';
const FLANNEL = `{ ${CONFIG_MAP}: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { net-conf.json: '{"Network": "10.244.0.0/16"}' } }`;

testRule(severalNetworkPlugins, [
  {
    name: 'three of them',
    input: `
      - IPPool pods: { cidr: 10.244.0.0/16 }
      - manifest: ${FLANNEL}
      - manifest: { ${CONFIG_MAP}: { name: cilium-values, namespace: kube-system }, data: { values.yaml: 'ipv4: { enabled: true }' } }
    `,
    expected: [
      `
      warning NL640 several-network-plugins
      on ConfigMap kube-flannel/kube-flannel-cfg at the object
      Flannel and Calico (IPPool pods) are both configured to give addresses to pods
      help: remove the configuration of the one that the cluster does not run; manifests of several clusters are checked one cluster at a time
      see IPPool pods at the object: the configuration of Calico
      `,
      `
      warning NL640 several-network-plugins
      on ConfigMap kube-system/cilium-values at the object
      Cilium and Calico (IPPool pods) are both configured to give addresses to pods
      help: remove the configuration of the one that the cluster does not run; manifests of several clusters are checked one cluster at a time
      see IPPool pods at the object: the configuration of Calico
      `,
    ],
  },
  {
    name: 'silent: pools for load balancers, disabled pools, a Calico for policies only, a chain',
    input: `
      - manifest: ${FLANNEL}
      - IPPool lb: { cidr: 192.0.2.0/27, allowedUses: [LoadBalancer] }
      - IPPool off: { cidr: 10.1.0.0/16, disabled: true }
      - manifest: { apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: default }, spec: { cni: { type: AmazonVPC }, calicoNetwork: { ipPools: [{ cidr: 10.2.0.0/16 }] } } }
      - manifest: { ${CONFIG_MAP}: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cni-chaining-mode: generic-veth } }
    `,
    expected: [],
  },
]);
