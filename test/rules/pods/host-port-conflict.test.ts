import { hostPortConflict } from '../../../lib/rules/pods/host-port-conflict';
import { testRule } from '../expectations';

const HELP =
  'help: give one of them another hostPort or other nodes (nodeSelector), or use a Service instead of host ports';

function pending(kind: string, name: string, first: string): string {
  return `
    error NL530 host-port-conflict
    on ${kind} shop/${name} at spec.template.spec.containers.0.ports.0
    host port 9100/TCP is also used by ${first}: where one runs, the other stays Pending
    ${HELP}
    see ${first} at spec.template.spec.containers.0.ports.0: first used here
  `;
}

testRule(hostPortConflict, [
  {
    name: 'DaemonSets on the same nodes',
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100 }] }
      - DaemonSet shop/b: { ports: [{ containerPort: 8081, hostPort: 9100 }] }
      - DaemonSet shop/c: { ports: [{ containerPort: 9100 }], hostNetwork: true }
      - DaemonSet shop/d: { ports: [{ containerPort: 8081, hostPort: 9100 }], nodeSelector: { disk: ssd } }
    `,
    expected: ['b', 'c', 'd'].map((name) => pending('DaemonSet', name, 'DaemonSet shop/a')),
  },
  {
    name: 'a Deployment, or an affinity: they may find other nodes',
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100 }] }
      - DaemonSet shop/b:
          ports: [{ containerPort: 8080, hostPort: 9100 }]
          affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [a, b] }] }] } } }
      - Deployment shop/c: { ports: [{ containerPort: 8080, hostPort: 9100 }] }
    `,
    expected: ['DaemonSet shop/b', 'Deployment shop/c'].map(
      (name) => `
      warning NL530 host-port-conflict
      on ${name} at spec.template.spec.containers.0.ports.0
      host port 9100/TCP is also used by DaemonSet shop/a: they cannot share a node
      ${HELP}
      see DaemonSet shop/a at spec.template.spec.containers.0.ports.0: first used here
      `,
    ),
  },
  {
    name: 'DaemonSets that meet only the second that was seen',
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.1 }] }
      - DaemonSet shop/b: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.2 }] }
      - DaemonSet shop/c: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.2 }] }
    `,
    expected: [pending('DaemonSet', 'c', 'DaemonSet shop/b')],
  },
  {
    name: 'pods that name their node: the same one, and another',
    input: `
      - Pod shop/a: { ports: [{ containerPort: 80, hostPort: 9100 }], nodeName: one }
      - Pod shop/b: { ports: [{ containerPort: 80, hostPort: 9100 }], nodeName: two }
      - Pod shop/c: { ports: [{ containerPort: 80, hostPort: 9100 }], nodeName: two }
    `,
    expected: [
      `
      error NL530 host-port-conflict
      on Pod shop/c at spec.containers.0.ports.0
      host port 9100/TCP is also used by Pod shop/b: where one runs, the other stays Pending
      ${HELP}
      see Pod shop/b at spec.containers.0.ports.0: first used here
      `,
    ],
  },
  {
    name: 'twice in one pod',
    input: `
      - Pod shop/a: { ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }] }
    `,
    expected: [
      `
      error NL530 host-port-conflict
      on Pod shop/a at spec.containers.0.ports.1
      host port 80/TCP is used twice in one pod
      ${HELP}
      see Pod shop/a at spec.containers.0.ports.0: first used here
      `,
    ],
  },
  {
    name: 'other ports, protocols, addresses and nodes',
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.1 }], nodeSelector: { disk: ssd } }
      - DaemonSet shop/b: { ports: [{ containerPort: 8080, hostPort: 9101 }] }
      - DaemonSet shop/c: { ports: [{ containerPort: 8080, hostPort: 9100, protocol: UDP }] }
      - DaemonSet shop/d: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.2 }] }
      - DaemonSet shop/e: { ports: [{ containerPort: 8080, hostPort: 9100, hostIP: 192.0.2.1 }], nodeSelector: { disk: hdd } }
      - DaemonSet shop/f: { ports: [{ containerPort: 9100 }] }
    `,
    expected: [],
  },
  {
    name: 'affinities: the same nodes meet',
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100 }], affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: zone, operator: In, values: [a] }] }] } } } }
      - DaemonSet shop/b: { ports: [{ containerPort: 8080, hostPort: 9100 }], nodeSelector: { zone: a } }
    `,
    expected: [pending('DaemonSet', 'b', 'DaemonSet shop/a')],
  },
  ...[
    ['{ key: zone, operator: In, values: [a] }', '{ key: zone, operator: In, values: [b, c] }'],
    ['{ key: zone, operator: In, values: [a] }', '{ key: zone, operator: NotIn, values: [a, b] }'],
    ['{ key: gpu, operator: Exists }', '{ key: gpu, operator: DoesNotExist }'],
  ].map(([one, two]) => ({
    name: `silent: no node is both ${one} and ${two}`,
    input: `
      - DaemonSet shop/a: { ports: [{ containerPort: 8080, hostPort: 9100 }], affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${one}] }] } } } }
      - DaemonSet shop/b: { ports: [{ containerPort: 8080, hostPort: 9100 }], affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [${two}] }] } } } }
    `,
    expected: [],
  })),
]);
