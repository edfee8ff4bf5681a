import { type App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  Cluster,
  ClusterIp,
  ClusterIpService,
  ExternalEndpointsService,
  ExternalNameService,
  HeadlessService,
  Ingress,
  IngressBackend,
  IngressClass,
  LoadBalancerIp,
  LoadBalancerService,
  NetworkPolicy,
  NodePort,
  NodePortService,
  Pods,
  PolicyPeer,
  PolicyPort,
  TargetPort,
} from 'netloom';

/** One cluster, one of each kind of Service, one Ingress, one NetworkPolicy. */
export function quickstart(app: App): void {
  const cluster = new Cluster(app, 'quickstart', {
    supernets: ['10.20.0.0/14'],
    nodes: 20,
    services: 500,
    loadBalancers: 16,
  });
  const shop = new Chart(cluster, 'shop', { namespace: 'shop' });

  const web = new Deployment(shop, 'web', { containers: [{ image: 'example.com/web:1', portNumber: 8080 }] });
  const redis = new Deployment(shop, 'redis', { containers: [{ image: 'redis:8', portNumber: 6379 }] });
  const http = { port: 80, targetPort: TargetPort.number(8080) };

  // An address that firewalls and other teams may rely on: planned, and kept in netloom.lock.json.
  const frontend = new ClusterIpService(shop, 'frontend', {
    pods: Pods.of(web),
    ports: [http],
    clusterIp: ClusterIp.planned(),
  });
  new NodePortService(shop, 'frontend-nodes', {
    pods: Pods.of(web),
    ports: [{ ...http, nodePort: NodePort.planned() }],
  });
  new LoadBalancerService(shop, 'frontend-public', {
    pods: Pods.of(web),
    ports: [http],
    loadBalancerIp: LoadBalancerIp.planned(),
  });
  new HeadlessService(shop, 'cache', { pods: Pods.of(redis), ports: [{ port: 6379 }] });
  new ExternalNameService(shop, 'payments', { externalName: 'api.payments.example.com' });
  new ExternalEndpointsService(shop, 'orders-db', {
    ports: [{ port: 5432 }],
    endpoints: [{ addresses: ['192.168.60.10'] }, { addresses: ['192.168.60.11'] }],
  });

  new Ingress(shop, 'shop', {
    ingressClass: IngressClass.named('traefik'),
    rules: [{ host: 'shop.example.com', paths: [{ path: '/', backend: IngressBackend.service(frontend) }] }],
  });

  new NetworkPolicy(shop, 'redis-from-web', {
    subject: Pods.of(redis),
    ingress: [{ from: [PolicyPeer.pods(Pods.of(web))], ports: [PolicyPort.tcp(6379)] }],
  });
}
