import { Chart } from 'cdk8s';
import { type Cluster, IngressClass, NodePort, NodePortService, Pods, TargetPort, TrafficPolicy } from 'netloom';

/** Where the ingress controller runs. Its Helm chart installs it there, without a Service. */
export const INGRESS_NAMESPACE = 'ingress-nginx';

/** How requests come in: load balancers outside of the cluster send them to node ports of the ingress controller. */
export function addEdge(cluster: Cluster): IngressClass {
  const chart = new Chart(cluster, 'edge', { namespace: INGRESS_NAMESPACE });
  // The load balancers are configured by hand: the ports are planned once, and netloom.lock.json keeps them.
  new NodePortService(chart, 'ingress-nginx', {
    pods: Pods.labelled({ 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }),
    ports: [
      { name: 'http', port: 80, targetPort: TargetPort.name('http'), nodePort: NodePort.planned() },
      { name: 'https', port: 443, targetPort: TargetPort.name('https'), nodePort: NodePort.planned() },
    ],
    // Only nodes with a controller answer, and the controller sees the client's address.
    externalTrafficPolicy: TrafficPolicy.LOCAL,
  });

  return new IngressClass(chart, 'nginx', { controller: 'k8s.io/ingress-nginx' });
}
