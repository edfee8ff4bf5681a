import { hostPortReplicas } from '../../../lib/rules/pods/host-port-replicas';
import { testRule } from '../expectations';

function workload(kind: string, spec: string): string {
  return `[{ manifest: { apiVersion: apps/v1, kind: ${kind}, metadata: { name: web, namespace: shop }, spec: ${spec} } }]`;
}

const HOST_PORT =
  'template: { spec: { containers: [{ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }] } }';

testRule(hostPortReplicas, [
  {
    name: 'several replicas',
    input: workload('Deployment', `{ replicas: 5, ${HOST_PORT} }`),
    expected: [
      `
      info NL531 host-port-replicas
      on Deployment shop/web at spec.template.spec.containers.0.ports.1
      host port 81 with 5 replicas: each needs a node of its own, and an update needs one more
      help: use a Service, or a DaemonSet if each node is to have one
      `,
    ],
  },
  { name: 'one replica', input: workload('Deployment', `{ replicas: 1, ${HOST_PORT} }`), expected: [] },
  { name: 'a number that is not given', input: workload('Deployment', `{ ${HOST_PORT} }`), expected: [] },
  { name: 'a DaemonSet', input: workload('DaemonSet', `{ replicas: 5, ${HOST_PORT} }`), expected: [] },
  {
    name: 'no host port',
    input: workload(
      'Deployment',
      '{ replicas: 5, template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } }',
    ),
    expected: [],
  },
]);
