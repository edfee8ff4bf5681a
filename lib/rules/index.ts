import { clusterIpConflict } from './cluster-ip-conflict';
import { clusterIpInDynamicBand } from './cluster-ip-in-dynamic-band';
import { clusterIpOutsideRange } from './cluster-ip-outside-range';
import { clusterIpReserved } from './cluster-ip-reserved';
import { duplicateObject } from './duplicate-object';
import { externalIpConflict } from './external-ip-conflict';
import { externalIpInClusterRange } from './external-ip-in-cluster-range';
import { ingressBackendMissing } from './ingress-backend-missing';
import { ingressBackendPort } from './ingress-backend-port';
import { ingressRouteConflict } from './ingress-route-conflict';
import { ipPoolBlockSize } from './ip-pool-block-size';
import { ipPoolOutsideClusterCidr } from './ip-pool-outside-cluster-cidr';
import { ipPoolOverlap } from './ip-pool-overlap';
import { loadBalancerIpConflict } from './load-balancer-ip-conflict';
import { loadBalancerIpOutsideRange } from './load-balancer-ip-outside-range';
import type { NetworkRule } from './network-rule';
import { nodePortConflict } from './node-port-conflict';
import { nodePortOutsideRange } from './node-port-outside-range';
import { policySelectsNothing } from './policy-selects-nothing';
import { selectorMatchesNothing } from './selector-matches-nothing';
import { targetPortMissing } from './target-port-missing';

export { addressFields } from './addresses';
export { type NetworkRule, type RuleResults, runRules, type SkippedRule } from './network-rule';

/** Every rule, in the order of the codes. */
export const NETWORK_RULES: readonly NetworkRule[] = [
  clusterIpConflict,
  nodePortConflict,
  loadBalancerIpConflict,
  clusterIpOutsideRange,
  clusterIpReserved,
  clusterIpInDynamicBand,
  nodePortOutsideRange,
  loadBalancerIpOutsideRange,
  externalIpInClusterRange,
  selectorMatchesNothing,
  targetPortMissing,
  externalIpConflict,
  ingressRouteConflict,
  ingressBackendMissing,
  ingressBackendPort,
  policySelectsNothing,
  ipPoolOverlap,
  ipPoolOutsideClusterCidr,
  ipPoolBlockSize,
  duplicateObject,
];
