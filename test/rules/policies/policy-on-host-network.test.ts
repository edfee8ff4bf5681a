import { policyOnHostNetwork } from '../../../lib/rules/policies/policy-on-host-network';
import { testRule } from '../expectations';

const HELP =
  'help: protect the ports of the node otherwise, such as with a firewall or a host policy of the CNI, or leave hostNetwork out';

testRule(policyOnHostNetwork, [
  {
    name: 'pods in the network of the node',
    input: `
      - DaemonSet ops/one: { labels: { app: exporter, node: a }, hostNetwork: true }
      - DaemonSet ops/two: { labels: { app: exporter }, hostNetwork: true }
      - NetworkPolicy ops/one: { podSelector: { matchLabels: { node: a } } }
      - NetworkPolicy ops/two: { podSelector: { matchLabels: { app: exporter } } }
    `,
    expected: [
      `
      warning NL516 policy-on-host-network
      on NetworkPolicy ops/one at spec.podSelector
      the policy selects DaemonSet ops/one, with hostNetwork: most network plugins do not isolate such pods
      ${HELP}
      see DaemonSet ops/one at the object: in the network of its node
      `,
      `
      warning NL516 policy-on-host-network
      on NetworkPolicy ops/two at spec.podSelector
      the policy selects DaemonSet ops/one and 1 more, with hostNetwork: most network plugins do not isolate such pods
      ${HELP}
      see DaemonSet ops/one at the object: in the network of its node
      `,
    ],
  },
  {
    name: 'a peer in the network of the node, alone and beside pods with a network of their own',
    input: `
      - DaemonSet ops/agent: { labels: { app: agent, kind: a }, hostNetwork: true }
      - DaemonSet ops/other: { labels: { app: other, kind: a } }
      - Deployment ops/web: { labels: { app: web } }
      - NetworkPolicy ops/web:
          podSelector: { matchLabels: { app: web } }
          ingress: [{ from: [{ podSelector: { matchLabels: { app: agent } } }, { podSelector: { matchLabels: { kind: a } } }, { podSelector: {} }] }]
    `,
    expected: [
      `
      warning NL516 policy-on-host-network
      on NetworkPolicy ops/web at spec.ingress.0.from.0.podSelector
      the peer is DaemonSet ops/agent, with hostNetwork: most network plugins see the node instead, and allow nobody here
      help: allow the addresses of the nodes with ipBlock, or leave hostNetwork out
      see DaemonSet ops/agent at the object: in the network of its node
      `,
    ],
  },
  {
    name: 'a policy for all pods of the namespace, and pods with a network of their own',
    input: `
      - DaemonSet ops/one: { labels: { app: exporter }, hostNetwork: true }
      - DaemonSet ops/two: { labels: { app: agent } }
      - NetworkPolicy ops/all: { podSelector: {} }
      - NetworkPolicy ops/two: { podSelector: { matchLabels: { app: agent } } }
    `,
    expected: [],
  },
]);
