import { hostNetworkDns } from '../../../lib/rules/dns/host-network-dns';
import { testRule } from '../expectations';

testRule(hostNetworkDns, [
  {
    name: 'the default means the servers of the node',
    input: `
      - DaemonSet shop/a: { hostNetwork: true }
    `,
    expected: [
      `
      info NL311 host-network-dns
      on DaemonSet shop/a at spec.template.spec.hostNetwork
      with hostNetwork the pods ask the name servers of their node, which know no Services
      help: set dnsPolicy: ClusterFirstWithHostNet if they look up Services, or dnsPolicy: Default to say that they do not
      `,
    ],
  },
  {
    name: 'silent: where it is said, and in the network of pods',
    input: `
      - DaemonSet shop/a: { hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet }
      - DaemonSet shop/b: { hostNetwork: true, dnsPolicy: Default }
      - DaemonSet shop/c: {}
    `,
    expected: [],
  },
]);
