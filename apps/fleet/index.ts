import { type App, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { type Cluster, EncapsulationMode, Fleet, IpFamily, IpPool } from 'netloom';
import { REGIONS, RESERVED } from './clusters';

/** Twelve clusters in three regions, planned together: no range of one overlaps a range of another. */
export function fleet(app: App): void {
  const clusters = Object.entries(REGIONS).flatMap(([region, specs]) =>
    Object.entries(specs).map(([purpose, spec]) => ({ region, name: `${region}-${purpose}`, spec })),
  );

  const planned = new Fleet(app, 'fleet', {
    supernets: ['10.0.0.0/8', 'fd7c:42e1:9a05::/48'],
    reserved: RESERVED,
    clusters: Object.fromEntries(clusters.map(({ name, spec }) => [name, spec])),
  });

  for (const { region, name } of clusters) addNetwork(planned.cluster(name), region);
}

/** What every cluster gets, whatever its size. */
function addNetwork(cluster: Cluster, region: string): void {
  const chart = new Chart(cluster, 'network', { namespace: 'kube-system' });

  // Addresses are plain strings as soon as the fleet exists: for ConfigMaps, Helm values, anything.
  new ConfigMap(chart, 'cluster-network', {
    metadata: { name: 'cluster-network' },
    data: {
      cluster: cluster.name,
      region,
      podCidr: cluster.podCidr,
      podCidrs: cluster.podCidrs.join(','),
      serviceCidr: cluster.serviceCidr,
      serviceCidrs: cluster.serviceCidrs.join(','),
      loadBalancerCidrs: cluster.loadBalancerCidrs.join(','),
      nodeCidrMaskSizes: cluster.families.map((family) => cluster.nodeCidrMaskSize[family]).join(','),
      dnsIp: cluster.dnsIp,
      clusterDomain: cluster.clusterDomain,
    },
  });

  for (const family of cluster.families) {
    new IpPool(chart, `default-${family.toLowerCase()}-ippool`, {
      cidr: cluster.podCidrOf(family),
      vxlanMode: EncapsulationMode.CROSS_SUBNET,
      // IPv6 addresses of the fleet are routed everywhere; IPv4 ones only between its clusters.
      natOutgoing: family === IpFamily.IPV4,
    });
  }
}
