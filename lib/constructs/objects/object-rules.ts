import type { Rule } from '../../finding/finding';

/** What a single object shows to be wrong with itself, before it is seen beside others: a rule for each kind. */
export const INVALID_SERVICE: Rule = {
  code: 'NL220',
  slug: 'invalid-service',
  severity: 'error',
  title: 'A Service that the API server refuses or that cannot work',
};

export const INVALID_INGRESS: Rule = {
  code: 'NL420',
  slug: 'invalid-ingress',
  severity: 'error',
  title: 'An Ingress that the API server refuses or that cannot work',
};

export const INVALID_INGRESS_CLASS: Rule = {
  code: 'NL421',
  slug: 'invalid-ingress-class',
  severity: 'error',
  title: 'An IngressClass that the API server refuses',
};

export const INVALID_NETWORK_POLICY: Rule = {
  code: 'NL520',
  slug: 'invalid-network-policy',
  severity: 'error',
  title: 'A NetworkPolicy that the API server refuses or that says something else than it seems to',
};

export const INVALID_IP_POOL: Rule = {
  code: 'NL620',
  slug: 'invalid-ip-pool',
  severity: 'error',
  title: 'A Calico IPPool that Calico refuses',
};

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

export const INVALID_CALICO_OBJECT: Rule = {
  code: 'NL621',
  slug: 'invalid-calico-object',
  severity: 'error',
  title: 'An Installation, IPReservation or BGP object that Calico refuses',
};

export const INVALID_CILIUM_OBJECT: Rule = {
  code: 'NL622',
  slug: 'invalid-cilium-object',
  severity: 'error',
  title: 'A pool or a setting that Cilium refuses',
};

export const INVALID_FLANNEL_CONFIG: Rule = {
  code: 'NL623',
  slug: 'invalid-flannel-config',
  severity: 'error',
  title: 'A network configuration that Flannel refuses or that does not fit its cluster',
};

export const INVALID_METALLB_OBJECT: Rule = {
  code: 'NL624',
  slug: 'invalid-metallb-object',
  severity: 'error',
  title: 'A pool or an announcement that MetalLB refuses',
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

/** All of them, by code. */
export const OBJECT_RULES: readonly Rule[] = [
  INVALID_BOOTSTRAP_CONFIG,
  UNPLANNED_SERVICE_CIDR,
  INVALID_CLUSTER_DNS,
  INVALID_SERVICE,
  INVALID_INGRESS,
  INVALID_INGRESS_CLASS,
  INVALID_NETWORK_POLICY,
  INVALID_IP_POOL,
  INVALID_CALICO_OBJECT,
  INVALID_CILIUM_OBJECT,
  INVALID_FLANNEL_CONFIG,
  INVALID_METALLB_OBJECT,
  FOREIGN_NETWORK_PLUGIN,
  NETWORK_PLUGIN_VERSION,
  POOLS_TOO_SMALL,
  CLUSTER_MESH_IDENTITY,
  NETWORK_PLUGIN_RISK,
];
