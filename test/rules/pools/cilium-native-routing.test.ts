import { ciliumNativeRouting } from '../../../lib/rules/pools/cilium-native-routing';
import { testRule } from '../expectations';

const CONFIG = 'apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data';

testRule(ciliumNativeRouting, [
  {
    name: 'pods outside of it',
    facts: { podCidrs: '10.48.0.0/16,fd00:48::/56' },
    input: `- manifest: { ${CONFIG}: { routing-mode: native, ipv4-native-routing-cidr: 10.48.0.0/17, ipv6-native-routing-cidr: 'fd00:48::/48' } }`,
    expected: [
      `
      warning NL643 cilium-native-routing
      on ConfigMap kube-system/cilium-config at data.ipv4-native-routing-cidr
      ipv4-native-routing-cidr 10.48.0.0/17 does not cover the pods 10.48.0.0/16
      help: give a range that covers the pods of this cluster and of all clusters of its mesh
      `,
    ],
  },
  {
    name: 'no CIDR',
    facts: { podCidrs: '10.48.0.0/16' },
    input: `- manifest: { ${CONFIG}: { routing-mode: native, ipv4-native-routing-cidr: 10.48.0.1/16 } }`,
    expected: [
      `
      warning NL643 cilium-native-routing
      on ConfigMap kube-system/cilium-config at data.ipv4-native-routing-cidr
      ipv4-native-routing-cidr: 10.48.0.1/16 has host bits set
      help: did you mean 10.48.0.0/16 or 10.48.0.1/32?
      `,
    ],
  },
  {
    name: 'silent: in a tunnel',
    facts: { podCidrs: '10.48.0.0/16' },
    input: `- manifest: { ${CONFIG}: { routing-mode: tunnel, ipv4-native-routing-cidr: 10.1.0.0/17 } }`,
    expected: [],
  },
]);
