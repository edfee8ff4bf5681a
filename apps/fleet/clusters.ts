import { type ClusterSpec, IpFamily } from 'netloom';

/** Networks of others that the clusters have to reach: nothing is allocated from them. */
export const RESERVED: { [owner: string]: string[] } = {
  'office-vpn': ['10.8.0.0/16', '192.168.0.0/16'],
  'vpc-eu-west': ['10.16.0.0/14', 'fd7c:42e1:9a05:100::/56'],
  'vpc-us-east': ['10.20.0.0/14', 'fd7c:42e1:9a05:200::/56'],
  'vpc-ap-south': ['10.24.0.0/14', 'fd7c:42e1:9a05:300::/56'],
};

const SMALL: ClusterSpec = { nodes: 12, services: 200, loadBalancers: 8 };
const MEDIUM: ClusterSpec = { nodes: 60, services: 1000, loadBalancers: 16 };
const LARGE: ClusterSpec = { nodes: 250, services: 4000, loadBalancers: 64, headroom: 1.5 };
const DUAL_STACK: ClusterSpec = { families: [IpFamily.IPV4, IpFamily.IPV6] };

/** The clusters of each region. A new cluster is a new line here; whatever has addresses already keeps them. */
export const REGIONS: { [region: string]: { [purpose: string]: ClusterSpec } } = {
  'eu-west': {
    prod: { ...LARGE, ...DUAL_STACK, growth: true },
    staging: { ...MEDIUM, ...DUAL_STACK },
    data: { ...MEDIUM, podsPerNode: 30 },
    // It was there before the fleet. Its ranges cannot change, so that the others are planned around them.
    legacy: {
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/16'],
      loadBalancerCidrs: ['172.20.8.0/26'],
      clusterDomain: 'legacy.example.com',
    },
  },
  'us-east': {
    prod: { ...LARGE, ...DUAL_STACK, growth: true },
    staging: MEDIUM,
    training: { ...LARGE, nodes: 600, podsPerNode: 16, services: 250 },
    ci: { ...SMALL, podsPerNode: 250, loadBalancers: 0 },
  },
  'ap-south': {
    prod: { ...MEDIUM, ...DUAL_STACK, growth: true },
    staging: SMALL,
    edge: SMALL,
    dr: { ...MEDIUM, ...DUAL_STACK },
  },
};
