import { Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { type Cluster, CoreDns, EncapsulationMode, IpFamily, IpPool, KubeadmConfig, Subnets } from 'netloom';
import { INGRESS_NAMESPACE } from './edge';

const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

/** What belongs to the cluster and not to a namespace: its bootstrap, its DNS, Calico's pools, and the namespaces themselves. */
export function addNetwork(cluster: Cluster): void {
  const chart = new Chart(cluster, 'network');
  for (const name of [INGRESS_NAMESPACE, 'shop']) new Namespace(chart, name, { metadata: { name } });

  // Applied with `kubeadm init --config dist/kubeadm/production.yaml`. Calico has pools of its own, and needs no ranges of nodes.
  new KubeadmConfig(cluster, 'kubeadm', {
    controlPlaneEndpoint: 'api.production.example.com:6443',
    advertiseAddress: '10.130.0.10',
    nodeIps: ['10.130.0.10', 'fd3a:7b1c:52d0:a::10'],
    controllerManagerArgs: { 'allocate-node-cidrs': 'false' },
  });
  new CoreDns(chart, 'coredns', { stubDomains: { 'corp.example.com': ['10.128.0.53'] } });

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
