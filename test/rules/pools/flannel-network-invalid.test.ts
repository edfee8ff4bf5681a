import { flannelNetworkInvalid } from '../../../lib/rules/pools/flannel-network-invalid';
import { testRule } from '../expectations';

testRule(flannelNetworkInvalid, [
  {
    name: 'no backend',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16"}' } }
    `,
    expected: [
      `
      warning NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      there is no Backend: Flannel then uses udp, which is for debugging only
      help: set Backend.Type, usually to vxlan
      `,
    ],
  },
  {
    name: 'a backend that there is not, and a network with host bits',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.1.0/16", "Backend": {"Type": "VXLANN"}}' } }
    `,
    expected: [
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Backend.Type "VXLANN" is none that Flannel has
      help: use one of alloc, extension, host-gw, ipip, ipsec, tencent-vpc, udp, vxlan, wireguard
      `,
      `
      warning NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Network: 10.244.1.0/16 has host bits set, and Flannel reads 10.244.0.0/16
      help: write 10.244.0.0/16, if that is meant
      `,
    ],
  },
  {
    name: 'two families on a backend for one, and no IPv6 network',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16", "EnableIPv6": true, "Backend": {"Type": "udp"}}' } }
    `,
    expected: [
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      IPv6Network: there is none
      help: give the cluster CIDR, such as 10.244.0.0/16
      `,
      `
      warning NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Backend.Type udp carries one family, and the network has two
      help: use one of host-gw, vxlan, wireguard
      `,
    ],
  },
  {
    name: 'a backend without a type, and a network that is none',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0", "Backend": {"VNI": 4096}}' } }
    `,
    expected: [
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Backend has no Type, and Flannel does not start ("unknown backend type")
      help: set Backend.Type, usually to vxlan
      `,
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Network: 10.244.0.0 has no prefix length
      help: give the cluster CIDR, such as 10.244.0.0/16
      `,
    ],
  },
  {
    name: 'silent: a small network, which Flannel bounds with etcd alone',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/29", "Backend": {"Type": "vxlan"}}' } }
    `,
    expected: [],
  },
  {
    name: 'no JSON, by the name that Flannel gives or another',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16",}' } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: canal-config, namespace: kube-system }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16",}' } }
    `,
    expected: [
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      net-conf.json is not JSON, and Flannel does not start
      help: JSON has no comments, no comma after the last item, and names and texts in double quotes
      `,
      `
      error NL638 flannel-network-invalid
      on ConfigMap kube-system/canal-config at data.net-conf.json
      net-conf.json is not JSON, and Flannel does not start
      help: JSON has no comments, no comma after the last item, and names and texts in double quotes
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd00::/56", "EnableNFTables": false, "Backend": {"Type": "VXLAN"}}' } }
    `,
    expected: [],
  },
  {
    name: 'silent: one family',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"EnableIPv4": false, "EnableIPv6": true, "IPv6Network": "fd00::/56", "Backend": {"Type": "host-gw"}}' } }
    `,
    expected: [],
  },
]);
