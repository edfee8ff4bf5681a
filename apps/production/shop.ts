import { Chart } from 'cdk8s';
import { Deployment, EnvValue, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  type Cluster,
  ClusterIp,
  ClusterIpService,
  HeadlessService,
  Ingress,
  IngressBackend,
  type IngressClass,
  IpFamilyPolicy,
  Pods,
  TargetPort,
  TrafficDistribution,
} from 'netloom';
import { addPolicies } from './policies';

const PORTS = [
  { name: 'http', number: 8080 },
  { name: 'metrics', number: 9090 },
];

/** A shop of three tiers: web → api → db. */
export function addShop(cluster: Cluster, ingressClass: IngressClass): void {
  const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
  const toHttp = { name: 'http', port: 80, targetPort: TargetPort.name('http') };

  // A StatefulSet takes the names of its pods from a headless Service: db-0.db.shop.svc.cluster.local, …
  const dbPods = Pods.labelled({ app: 'db' });
  const db = new HeadlessService(chart, 'db', { pods: dbPods, ports: [{ name: 'postgres', port: 5432 }] });
  new k8s.KubeStatefulSet(chart, 'db-pods', {
    metadata: { name: 'db' },
    spec: {
      serviceName: db.name,
      replicas: 2,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: {
          containers: [
            {
              name: 'postgres',
              image: 'postgres:17',
              ports: [
                { name: 'postgres', containerPort: 5432 },
                { name: 'metrics', containerPort: 9187 },
              ],
            },
          ],
        },
      },
    },
  });

  const apiPods = new Deployment(chart, 'api-pods', {
    metadata: { name: 'api' },
    containers: [
      {
        image: 'registry.example.com/shop/api:4.1',
        ports: PORTS,
        envVariables: { DATABASE_HOST: EnvValue.fromValue(db.podDnsName('db-0')) },
      },
    ],
  });
  const api = new ClusterIpService(chart, 'api', {
    pods: Pods.of(apiPods),
    ports: [toHttp],
    // The firewall of the warehouse knows the api by address: one of each family, planned and kept in the lock.
    clusterIp: ClusterIp.planned(),
    ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK,
    trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE,
  });

  const webPods = new Deployment(chart, 'web-pods', {
    metadata: { name: 'web' },
    containers: [
      {
        image: 'registry.example.com/shop/web:7.3',
        ports: PORTS,
        envVariables: { API_URL: EnvValue.fromValue(`http://${api.dnsName}`) },
      },
    ],
  });
  const web = new ClusterIpService(chart, 'web', {
    pods: Pods.of(webPods),
    ports: [toHttp],
    ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK,
  });

  new Ingress(chart, 'shop', {
    ingressClass,
    rules: [
      {
        host: 'shop.example.com',
        paths: [
          { path: '/', backend: IngressBackend.service(web) },
          { path: '/api', backend: IngressBackend.service(api) },
        ],
      },
      { host: 'api.example.com', paths: [{ backend: IngressBackend.service(api) }] },
    ],
    tls: [{ hosts: ['shop.example.com', 'api.example.com'], secretName: 'shop-tls' }],
  });

  addPolicies(new Construct(chart, 'policies'), { web: Pods.of(webPods), api: Pods.of(apiPods), db: dbPods });
}
