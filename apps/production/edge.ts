import { Chart } from 'cdk8s';
import { type Cluster, IngressClass, NodePort, NodePortService, Pods, TargetPort, TrafficPolicy } from 'netloom';

/** Where the ingress controller runs. Its Helm chart installs it there, without a Service. */
export const INGRESS_NAMESPACE = 'traefik';

/** How requests come in: load balancers outside of the cluster send them to node ports of the ingress controller. */
export function addEdge(cluster: Cluster): IngressClass {
  const chart = new Chart(cluster, 'edge', { namespace: INGRESS_NAMESPACE });
  // The load balancers are configured by hand: the ports are planned once, and netloom.lock.json keeps them.
  new NodePortService(chart, 'traefik', {
    pods: Pods.labelled({ 'app.kubernetes.io/name': 'traefik' }),
    ports: [
      { name: 'http', port: 80, targetPort: TargetPort.name('web'), nodePort: NodePort.planned() },
      { name: 'https', port: 443, targetPort: TargetPort.name('websecure'), nodePort: NodePort.planned() },
    ],
    // Only nodes with a controller answer, and the controller sees the client's address.
    externalTrafficPolicy: TrafficPolicy.LOCAL,
  });

  return new IngressClass(chart, 'traefik-class', { name: 'traefik', controller: 'traefik.io/ingress-controller' });
}
