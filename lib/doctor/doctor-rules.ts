import type { NetworkRule } from '../rules/network-rule';
import { dnsNotReady } from './dns/dns-not-ready';
import { dnsOnOneNode } from './dns/dns-on-one-node';
import { gatewayRefused } from './ingress/gateway-refused';
import { ingressWithoutAddress } from './ingress/ingress-without-address';
import { nodeNotReady } from './nodes/node-not-ready';
import { nodeWithoutPodCidr } from './nodes/node-without-pod-cidr';
import { pluginNotReady } from './nodes/plugin-not-ready';
import { podAddressOutside } from './pods/pod-address-outside';
import { podAddressTwice } from './pods/pod-address-twice';
import { podWithoutAddress } from './pods/pod-without-address';
import { endpointsDisagree } from './services/endpoints-disagree';
import { loadBalancerPending } from './services/load-balancer-pending';
import { proxyNotReady } from './services/proxy-not-ready';
import { serviceWithoutReadyPods } from './services/service-without-ready-pods';

/**
 * What a running cluster shows, and no manifest: the status of its objects. In the order in which one is the cause of the other: no network
 * without nodes and a plugin, no names without the network, no Service without pods.
 */
export const DOCTOR_RULES: readonly NetworkRule[] = [
  nodeNotReady,
  pluginNotReady,
  nodeWithoutPodCidr,
  proxyNotReady,
  podWithoutAddress,
  podAddressTwice,
  podAddressOutside,
  dnsNotReady,
  dnsOnOneNode,
  serviceWithoutReadyPods,
  endpointsDisagree,
  loadBalancerPending,
  gatewayRefused,
  ingressWithoutAddress,
];
