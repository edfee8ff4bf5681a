import { ApiObject, type App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  Cluster,
  ClusterIpService,
  PodNetworkCni,
  PodNetworkMigration,
  Pods,
  PoolEncapsulation,
  Subnets,
  TargetPort,
} from 'netloom';

const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** A cluster that has outgrown 10.244.0.0/16, on its way to a planned range with a pool for each zone. */
export function migration(app: App): void {
  const cluster = new Cluster(app, 'grown', {
    supernets: ['10.64.0.0/10'],
    nodeNetwork: ['10.64.0.0/20'],
    nodes: 600,
    serviceCidrs: ['10.96.0.0/16'],
  });

  // A quarter for each zone, and one for a zone to come.
  const quarters = Subnets.split(cluster.podCidr, 4);
  new PodNetworkMigration(cluster, 'pods-by-zone', {
    from: {
      cni: PodNetworkCni.CALICO,
      podCidrs: ['10.244.0.0/16'],
      pools: [{ name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', encapsulation: PoolEncapsulation.IPIP }],
    },
    to: {
      pools: ZONES.map((zone, index) => ({
        name: zone,
        cidr: quarters[index],
        nodeLabels: { 'topology.kubernetes.io/zone': zone },
      })),
    },
    nodeGroups: ZONES.map((zone) => ({
      name: zone,
      nodes: 80,
      labels: { 'topology.kubernetes.io/zone': zone },
    })),
    pods: 9000,
    waveSize: 8,
  });
  addShop(cluster);
}

/** What moves: two of three pods serve while nodes are drained. */
function addShop(cluster: Cluster): void {
  const shop = new Chart(cluster, 'shop', { namespace: 'shop' });
  const web = new Deployment(shop, 'web', {
    replicas: 3,
    containers: [{ image: 'example.com/web:1', portNumber: 8080 }],
  });
  new ClusterIpService(shop, 'frontend', {
    pods: Pods.of(web),
    ports: [{ port: 80, targetPort: TargetPort.number(8080) }],
  });
  new ApiObject(shop, 'web-budget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 2, selector: { matchLabels: web.matchLabels } },
  });
}
