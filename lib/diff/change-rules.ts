// Written by `npm run generate`.
import type { ChangeRule } from './change-rule';
import { addressTypeChange } from './rules/address-type-change';
import { ciliumPodPoolChange } from './rules/cilium-pod-pool-change';
import { clusterDomainChange } from './rules/cluster-domain-change';
import { clusterIpChange } from './rules/cluster-ip-change';
import { clusterRangeChange } from './rules/cluster-range-change';
import { controllerNameChange } from './rules/controller-name-change';
import { healthCheckNodePortChange } from './rules/health-check-node-port-change';
import { ipFamiliesChange } from './rules/ip-families-change';
import { ipPoolChange } from './rules/ip-pool-change';
import { jobChange } from './rules/job-change';
import { loadBalancerClassChange } from './rules/load-balancer-class-change';
import { loadBalancerIpMoves } from './rules/load-balancer-ip-moves';
import { nodeMaskChange } from './rules/node-mask-change';
import { nodePodCidrChange } from './rules/node-pod-cidr-change';
import { nodePortMoves } from './rules/node-port-moves';
import { poolRemoved } from './rules/pool-removed';
import { poolShrunk } from './rules/pool-shrunk';
import { selectorChange } from './rules/selector-change';
import { serviceCidrChange } from './rules/service-cidr-change';
import { serviceCidrRemoved } from './rules/service-cidr-removed';
import { servicePortMerge } from './rules/service-port-merge';
import { statefulSetChange } from './rules/stateful-set-change';

/** Every rule, in the order of the codes. */
export const CHANGE_RULES: readonly ChangeRule[] = [
  clusterIpChange,
  ipFamiliesChange,
  loadBalancerClassChange,
  ipPoolChange,
  serviceCidrChange,
  controllerNameChange,
  addressTypeChange,
  selectorChange,
  statefulSetChange,
  jobChange,
  servicePortMerge,
  poolRemoved,
  poolShrunk,
  serviceCidrRemoved,
  loadBalancerIpMoves,
  nodePortMoves,
  healthCheckNodePortChange,
  clusterRangeChange,
  nodePodCidrChange,
  clusterDomainChange,
  ciliumPodPoolChange,
  nodeMaskChange,
];
