import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { type Cluster, EncapsulationMode, IpFamily, IpPool, Subnets } from 'netloom';
import { INGRESS_NAMESPACE } from './edge';

const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** What belongs to the cluster and not to a namespace: Calico's pools, and the namespaces themselves. */
export function addNetwork(cluster: Cluster): void {
  const chart = new Chart(cluster, 'network');
  for (const name of [INGRESS_NAMESPACE, 'shop']) new Namespace(chart, name, { metadata: { name } });

  // A pool for each zone and family, so that the address of a pod tells in which zone it runs.
  for (const family of cluster.families) {
    const cidrs = Subnets.split(cluster.podCidrOf(family), ZONES.length);
    ZONES.forEach((zone, number) => {
      new IpPool(chart, `${zone}-${family.toLowerCase()}`, {
        cidr: cidrs[number],
        nodeSelector: `topology.kubernetes.io/zone == "${zone}"`,
        vxlanMode: EncapsulationMode.CROSS_SUBNET,
        natOutgoing: family === IpFamily.IPV4,
      });
    });
  }
}
