import { nodePortOutsideRange } from '../../../lib/rules/services/node-port-outside-range';
import { testRule } from '../expectations';

const HELP = 'help: choose a number inside, or leave it out and let the cluster choose';

testRule(nodePortOutsideRange, [
  {
    name: 'one below, one above, the limits are inside',
    facts: { nodePortRange: '30000-32767' },
    input: `
      - Service shop/web:
          type: NodePort
          ports:
            - { port: 1, nodePort: 29999 }
            - { port: 2, nodePort: 30000 }
            - { port: 3, nodePort: 32767 }
            - { port: 4, nodePort: 32768 }
    `,
    expected: [
      `
      error NL207 node-port-outside-range
      on Service shop/web at spec.ports.0.nodePort
      node port 29999 is outside the node port range 30000-32767
      ${HELP}
      `,
      `
      error NL207 node-port-outside-range
      on Service shop/web at spec.ports.3.nodePort
      node port 32768 is outside the node port range 30000-32767
      ${HELP}
      `,
    ],
  },
  {
    name: 'health check node ports',
    facts: { nodePortRange: '20000-20100' },
    input: `
      - Service shop/web:
          type: LoadBalancer
          externalTrafficPolicy: Local
          healthCheckNodePort: 32000
          ports: [{ port: 80, nodePort: 20080 }]
    `,
    expected: [
      `
      error NL207 node-port-outside-range
      on Service shop/web at spec.healthCheckNodePort
      node port 32000 is outside the node port range 20000-20100
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: 0 is unset, text is no number, and other types have no node ports',
    facts: { nodePortRange: '30000-32767' },
    input: `
      - Service shop/a: { type: NodePort, healthCheckNodePort: 0, ports: [{ port: 80, nodePort: 0 }, { port: 81 }] }
      - Service shop/b: { type: NodePort, ports: [{ port: 80, nodePort: '8080' }, { nodePort: 8080 }, null, 7] }
      - Service shop/c: { type: ExternalName, externalName: example.com, ports: [{ port: 80, nodePort: 8080 }] }
      - Service shop/d: { type: NodePort, ports: x }
    `,
    expected: [],
  },
  {
    name: 'the usual range, where none is known',
    input: `
      - Service shop/a: { type: NodePort, ports: [{ port: 80, nodePort: 8080 }, { port: 81, nodePort: 30081 }] }
    `,
    expected: [
      `
      warning NL207 node-port-outside-range
      on Service shop/a at spec.ports.0.nodePort
      node port 8080 is outside the usual node port range 30000-32767
      help: choose a number inside; if the cluster has another range, say so with --node-port-range
      `,
    ],
  },
  {
    name: 'the range of the API server',
    input: `
      - manifest:
          apiVersion: v1
          kind: Pod
          metadata: { name: kube-apiserver-a, namespace: kube-system }
          spec: { containers: [{ command: [kube-apiserver, --service-node-port-range=20000-22767] }] }
      - Service shop/a: { type: NodePort, ports: [{ port: 80, nodePort: 20080 }, { port: 81, nodePort: 30081 }] }
    `,
    expected: [
      `
      error NL207 node-port-outside-range
      on Service shop/a at spec.ports.1.nodePort
      node port 30081 is outside the node port range 20000-22767
      help: choose a number inside, or leave it out and let the cluster choose
      `,
    ],
  },
  {
    name: 'the range that kubeadm gives to the API server',
    input: `
      - manifest:
          apiVersion: kubeadm.k8s.io/v1beta4
          kind: ClusterConfiguration
          apiServer: { extraArgs: [{ name: service-node-port-range, value: 80-32767 }] }
      - Service shop/a: { type: NodePort, ports: [{ port: 80, nodePort: 8080 }, { port: 81, nodePort: 40000 }] }
    `,
    expected: [
      `
      error NL207 node-port-outside-range
      on Service shop/a at spec.ports.1.nodePort
      node port 40000 is outside the node port range 80-32767
      help: choose a number inside, or leave it out and let the cluster choose
      `,
    ],
  },
]);
