import type { ChangeRule } from '../change-rule';
import { addressTypeChange } from './address-type-change';
import { ciliumPodPoolChange } from './cilium-pod-pool-change';
import { clusterDomainChange } from './cluster-domain-change';
import { clusterIpChange } from './cluster-ip-change';
import { clusterRangeChange } from './cluster-range-change';
import { controllerNameChange } from './controller-name-change';
import { healthCheckNodePortChange } from './health-check-node-port-change';
import { ipFamiliesChange } from './ip-families-change';
import { ipPoolChange } from './ip-pool-change';
import { jobChange } from './job-change';
import { loadBalancerClassChange } from './load-balancer-class-change';
import { loadBalancerIpMoves } from './load-balancer-ip-moves';
import { nodeMaskChange } from './node-mask-change';
import { nodePodCidrChange } from './node-pod-cidr-change';
import { nodePortMoves } from './node-port-moves';
import { poolRemoved } from './pool-removed';
import { poolShrunk } from './pool-shrunk';
import { selectorChange } from './selector-change';
import { serviceCidrChange } from './service-cidr-change';
import { serviceCidrRemoved } from './service-cidr-removed';
import { servicePortMerge } from './service-port-merge';
import { statefulSetChange } from './stateful-set-change';

/** All of them, by code. */
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
