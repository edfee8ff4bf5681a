import { hostNetworkUserNamespace } from '../../../lib/rules/pods/host-network-user-namespace';
import { testRule } from '../expectations';

function pod(name: string, spec: string): string {
  return `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { ${spec}, containers: [] } }`;
}

testRule(hostNetworkUserNamespace, [
  {
    name: 'users of their own in the network of the node',
    input:
      pod('a', 'hostNetwork: true, hostUsers: false') +
      pod('b', 'hostNetwork: true, hostUsers: true') +
      pod('c', 'hostUsers: false'),
    expected: [
      `
      error NL538 host-network-user-namespace
      on Pod default/a at spec.hostNetwork
      hostNetwork is true and hostUsers is false, which the API server refuses
      help: leave one of them out: a pod with users of its own has a network of its own
      `,
    ],
  },
]);
