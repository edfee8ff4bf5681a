import type { Rule } from '../../finding/finding';

/** What several clusters say together. */

export const CLUSTER_RANGES_OVERLAP: Rule = {
  code: 'NL170',
  slug: 'ranges-of-connected-clusters',
  severity: 'error',
  title: 'Pod or service ranges of connected clusters overlap',
};

export const ANNOUNCED_RANGES_OVERLAP: Rule = {
  code: 'NL171',
  slug: 'load-balancer-ranges-of-clusters',
  severity: 'warning',
  title: 'Two clusters give out the same load balancer addresses on one network',
};

export const ADDRESS_OF_TWO_CLUSTERS: Rule = {
  code: 'NL172',
  slug: 'address-of-two-clusters',
  severity: 'warning',
  title: 'Services of two clusters ask for the same address',
};

export const HOST_OF_TWO_CLUSTERS: Rule = {
  code: 'NL173',
  slug: 'host-of-two-clusters',
  severity: 'warning',
  title: 'A host is served by two connected clusters and is not declared as shared',
};

export const MESH_IDENTITY_TWICE: Rule = {
  code: 'NL174',
  slug: 'mesh-identity-of-two-clusters',
  severity: 'error',
  title: 'Two connected clusters have one identity in the ClusterMesh of Cilium',
};

export const COMPARISON_RULES: readonly Rule[] = [
  CLUSTER_RANGES_OVERLAP,
  ANNOUNCED_RANGES_OVERLAP,
  ADDRESS_OF_TWO_CLUSTERS,
  HOST_OF_TWO_CLUSTERS,
  MESH_IDENTITY_TWICE,
];
