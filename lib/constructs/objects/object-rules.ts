import type { Rule } from '../../finding/finding';

/** What a single object shows to be wrong with itself, before it is seen beside others: a rule for each kind. */
export const INVALID_BOOTSTRAP_CONFIG: Rule = {
  code: 'NL150',
  slug: 'invalid-bootstrap-config',
  severity: 'error',
  title: 'A configuration of kubeadm, k3s or RKE2 that cannot work',
};

export const UNPLANNED_SERVICE_CIDR: Rule = {
  code: 'NL151',
  slug: 'unplanned-service-cidr',
  severity: 'error',
  title: 'A ServiceCIDR that the plan of the cluster does not know',
};

export const INVALID_CLUSTER_DNS: Rule = {
  code: 'NL152',
  slug: 'invalid-cluster-dns',
  severity: 'error',
  title: 'A configuration of the cluster DNS that cannot work',
};

/** Both would give addresses to pods. */
export const FOREIGN_NETWORK_PLUGIN: Rule = {
  code: 'NL625',
  slug: 'foreign-network-plugin',
  severity: 'error',
  title: 'An object of one network plugin in a cluster with another',
};

export const NETWORK_PLUGIN_VERSION: Rule = {
  code: 'NL626',
  slug: 'network-plugin-version',
  severity: 'error',
  title: 'An option that this version of the network plugin or of Kubernetes does not have',
};

export const POOLS_TOO_SMALL: Rule = {
  code: 'NL627',
  slug: 'pools-too-small',
  severity: 'error',
  title: 'The pools of a network plugin do not hold the nodes and pods of the cluster',
};

export const CLUSTER_MESH_IDENTITY: Rule = {
  code: 'NL628',
  slug: 'cluster-mesh-identity',
  severity: 'error',
  title: 'A cluster cannot join the ClusterMesh as it is configured',
};

export const NETWORK_PLUGIN_RISK: Rule = {
  code: 'NL629',
  slug: 'network-plugin-risk',
  severity: 'warning',
  title: 'Settings of a network plugin that are accepted and cause trouble later',
};

/** What only a construct can know: the manifest does not show it. */
export const PODS_NOT_CHOSEN: Rule = {
  code: 'NL980',
  slug: 'pods-not-chosen',
  severity: 'error',
  title: 'A choice of pods that chooses none, or all of them without saying so',
};

export const FOREIGN_NAMESPACE: Rule = {
  code: 'NL981',
  slug: 'foreign-namespace',
  severity: 'error',
  title: 'A construct refers to something in a namespace that its object does not reach',
};

export const EMPTY_PROP: Rule = {
  code: 'NL982',
  slug: 'empty-prop',
  severity: 'error',
  title: 'A prop is empty or 0, which the API takes for something else',
};

export const CONTRADICTING_PROPS: Rule = {
  code: 'NL983',
  slug: 'contradicting-props',
  severity: 'error',
  title: 'Props contradict each other, or say what the object has no field for',
};

/** All of them, by code. */
export const OBJECT_RULES: readonly Rule[] = [
  INVALID_BOOTSTRAP_CONFIG,
  UNPLANNED_SERVICE_CIDR,
  INVALID_CLUSTER_DNS,
  FOREIGN_NETWORK_PLUGIN,
  NETWORK_PLUGIN_VERSION,
  POOLS_TOO_SMALL,
  CLUSTER_MESH_IDENTITY,
  NETWORK_PLUGIN_RISK,
  PODS_NOT_CHOSEN,
  FOREIGN_NAMESPACE,
  EMPTY_PROP,
  CONTRADICTING_PROPS,
];
