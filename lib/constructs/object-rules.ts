import type { Rule } from '../finding/finding';

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
];
