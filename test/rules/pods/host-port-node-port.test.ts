import { hostPortNodePort } from '../../../lib/rules/pods/host-port-node-port';
import { testRule } from '../expectations';

testRule(hostPortNodePort, [
  {
    name: 'the same port of the node',
    input: `
      - DaemonSet shop/agent: { ports: [{ containerPort: 8080, hostPort: 30080 }] }
      - Service shop/web: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
    `,
    expected: [
      `
      warning NL532 host-port-node-port
      on DaemonSet shop/agent at spec.template.spec.containers.0.ports.0
      host port 30080/TCP is also the node port of Service shop/web: on the nodes of the pod one of them hides the other
      help: keep host ports outside of the node port range, which is 30000-32767 unless configured otherwise
      see Service shop/web at spec.ports.0.nodePort: the node port
      `,
    ],
  },
  {
    name: 'the port at which kube-proxy answers health checks',
    input: `
      - DaemonSet shop/agent: { ports: [{ containerPort: 8080, hostPort: 30081 }] }
      - Service shop/web: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30081, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL532 host-port-node-port
      on DaemonSet shop/agent at spec.template.spec.containers.0.ports.0
      host port 30081/TCP is also the health check node port of Service shop/web: on the nodes of the pod one of them hides the other
      help: keep host ports outside of the node port range, which is 30000-32767 unless configured otherwise
      see Service shop/web at spec.healthCheckNodePort: the health check node port
      `,
    ],
  },
  {
    name: 'other ports and protocols',
    input: `
      - DaemonSet shop/agent: { ports: [{ containerPort: 8080, hostPort: 30081 }, { containerPort: 53, hostPort: 30080, protocol: UDP }, { containerPort: 30080 }] }
      - Service shop/web: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
      - Service shop/inner: { ports: [{ port: 80, nodePort: 30081 }] }
    `,
    expected: [],
  },
]);
