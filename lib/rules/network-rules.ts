// Written by `npm run generate`.
import { clusterConfigInvalid } from './addressing/cluster-config-invalid';
import { clusterDnsAddress } from './addressing/cluster-dns-address';
import { clusterDomainDisagreement } from './addressing/cluster-domain-disagreement';
import { clusterRangeDisagreement } from './addressing/cluster-range-disagreement';
import { clusterRangeInvalid } from './addressing/cluster-range-invalid';
import { clusterRangeMisplaced } from './addressing/cluster-range-misplaced';
import { clusterRangeOverlap } from './addressing/cluster-range-overlap';
import { controlPlaneAddress } from './addressing/control-plane-address';
import { familyOrderDisagreement } from './addressing/family-order-disagreement';
import { nodeAddress } from './addressing/node-address';
import { nodeCidrMask } from './addressing/node-cidr-mask';
import { nodePodCidr } from './addressing/node-pod-cidr';
import { nodePortRangeEphemeral } from './addressing/node-port-range-ephemeral';
import { nodeRangesTooSmall } from './addressing/node-ranges-too-small';
import { corefileInvalid } from './dns/corefile-invalid';
import { dnsNameLength } from './dns/dns-name-length';
import { externalName } from './dns/external-name';
import { externalNameLoop } from './dns/external-name-loop';
import { externalNameRelative } from './dns/external-name-relative';
import { externalNameTarget } from './dns/external-name-target';
import { governingService } from './dns/governing-service';
import { hostNetworkDns } from './dns/host-network-dns';
import { namespaceShadowsDomain } from './dns/namespace-shadows-domain';
import { podDnsSettingsInvalid } from './dns/pod-dns-settings-invalid';
import { podSubdomain } from './dns/pod-subdomain';
import { backendTlsCertificate } from './gateway/backend-tls-certificate';
import { backendTlsPolicyConflict } from './gateway/backend-tls-policy-conflict';
import { backendTlsPolicyInvalid } from './gateway/backend-tls-policy-invalid';
import { backendTlsPolicyTarget } from './gateway/backend-tls-policy-target';
import { gatewayClassInvalid } from './gateway/gateway-class-invalid';
import { gatewayClassMissing } from './gateway/gateway-class-missing';
import { gatewayInvalid } from './gateway/gateway-invalid';
import { listenerConflict } from './gateway/listener-conflict';
import { listenerSetNotAllowed } from './gateway/listener-set-not-allowed';
import { listenerUnsupported } from './gateway/listener-unsupported';
import { listenerWithoutCertificate } from './gateway/listener-without-certificate';
import { redirectLoop } from './gateway/redirect-loop';
import { referenceGrantInvalid } from './gateway/reference-grant-invalid';
import { referenceNotGranted } from './gateway/reference-not-granted';
import { routeBackendMissing } from './gateway/route-backend-missing';
import { routeBackendPort } from './gateway/route-backend-port';
import { routeConflict } from './gateway/route-conflict';
import { routeExternalName } from './gateway/route-external-name';
import { routeHostnameMismatch } from './gateway/route-hostname-mismatch';
import { routeInvalid } from './gateway/route-invalid';
import { routeKindsConflict } from './gateway/route-kinds-conflict';
import { routeListenerMissing } from './gateway/route-listener-missing';
import { routeNotAllowed } from './gateway/route-not-allowed';
import { routeParentMissing } from './gateway/route-parent-missing';
import { routeWithoutEffect } from './gateway/route-without-effect';
import { ingressApiVersion } from './ingress/ingress-api-version';
import { ingressBackendInvalid } from './ingress/ingress-backend-invalid';
import { ingressBackendMissing } from './ingress/ingress-backend-missing';
import { ingressBackendPort } from './ingress/ingress-backend-port';
import { ingressClassDefaults } from './ingress/ingress-class-defaults';
import { ingressClassInvalid } from './ingress/ingress-class-invalid';
import { ingressClassMissing } from './ingress/ingress-class-missing';
import { ingressClassTwice } from './ingress/ingress-class-twice';
import { ingressEmpty } from './ingress/ingress-empty';
import { ingressExternalName } from './ingress/ingress-external-name';
import { ingressHostTwoSecrets } from './ingress/ingress-host-two-secrets';
import { ingressNameInvalid } from './ingress/ingress-name-invalid';
import { ingressNginxPath } from './ingress/ingress-nginx-path';
import { ingressNginxRetired } from './ingress/ingress-nginx-retired';
import { ingressNginxSnippet } from './ingress/ingress-nginx-snippet';
import { ingressPathInvalid } from './ingress/ingress-path-invalid';
import { ingressPathTwice } from './ingress/ingress-path-twice';
import { ingressPathTypes } from './ingress/ingress-path-types';
import { ingressRouteConflict } from './ingress/ingress-route-conflict';
import { ingressTlsHostUncovered } from './ingress/ingress-tls-host-uncovered';
import { ingressWithoutTls } from './ingress/ingress-without-tls';
import { tlsSecretInvalid } from './ingress/tls-secret-invalid';
import { tlsSecretMissing } from './ingress/tls-secret-missing';
import type { NetworkRule } from './network-rule';
import { annotationAmongLabels } from './objects/annotation-among-labels';
import { deprecatedSetting } from './objects/deprecated-setting';
import { duplicateObject } from './objects/duplicate-object';
import { fieldType } from './objects/field-type';
import { metadataInvalid } from './objects/metadata-invalid';
import { pluginFieldValue } from './objects/plugin-field-value';
import { removedApi } from './objects/removed-api';
import { schemaMismatch } from './objects/schema-mismatch';
import { unknownField } from './objects/unknown-field';
import { containerPortInvalid } from './pods/container-port-invalid';
import { containerPortTwice } from './pods/container-port-twice';
import { hostNetworkUserNamespace } from './pods/host-network-user-namespace';
import { hostPortConflict } from './pods/host-port-conflict';
import { hostPortNodePort } from './pods/host-port-node-port';
import { hostPortReplicas } from './pods/host-port-replicas';
import { probeInvalid } from './pods/probe-invalid';
import { probePortMissing } from './pods/probe-port-missing';
import { workloadSelectorMismatch } from './pods/workload-selector-mismatch';
import { calicoPolicyInvalid } from './policies/calico-policy-invalid';
import { clusterPolicyPriority } from './policies/cluster-policy-priority';
import { policyEmptyList } from './policies/policy-empty-list';
import { policyEnginesMixed } from './policies/policy-engines-mixed';
import { policyExceptionUndone } from './policies/policy-exception-undone';
import { policyIpBlockInvalid } from './policies/policy-ip-block-invalid';
import { policyNamedPortMissing } from './policies/policy-named-port-missing';
import { policyNamespaceOmitted } from './policies/policy-namespace-omitted';
import { policyOnHostNetwork } from './policies/policy-on-host-network';
import { policyPeerInvalid } from './policies/policy-peer-invalid';
import { policyPeerMatchesNothing } from './policies/policy-peer-matches-nothing';
import { policyPeersSplit } from './policies/policy-peers-split';
import { policyPodAddress } from './policies/policy-pod-address';
import { policyPortInvalid } from './policies/policy-port-invalid';
import { policyPortProtocol } from './policies/policy-port-protocol';
import { policyPortUndeclared } from './policies/policy-port-undeclared';
import { policyRuleRedundant } from './policies/policy-rule-redundant';
import { policyRulesIgnored } from './policies/policy-rules-ignored';
import { policySelectorInvalid } from './policies/policy-selector-invalid';
import { policySelectorMissing } from './policies/policy-selector-missing';
import { policySelectsNothing } from './policies/policy-selects-nothing';
import { policyServiceAddress } from './policies/policy-service-address';
import { policyServicePort } from './policies/policy-service-port';
import { policyStructureInvalid } from './policies/policy-structure-invalid';
import { policyWithoutDns } from './policies/policy-without-dns';
import { bgpServiceRanges } from './pools/bgp-service-ranges';
import { calicoIpamSettingsInvalid } from './pools/calico-ipam-settings-invalid';
import { calicoSelectorInvalid } from './pools/calico-selector-invalid';
import { calicoStorageApi } from './pools/calico-storage-api';
import { ciliumClusterIdentity } from './pools/cilium-cluster-identity';
import { ciliumNativeRouting } from './pools/cilium-native-routing';
import { ciliumPodPoolOverlap } from './pools/cilium-pod-pool-overlap';
import { ciliumPoolInvalid } from './pools/cilium-pool-invalid';
import { flannelNetworkInvalid } from './pools/flannel-network-invalid';
import { flannelWithoutNodeRanges } from './pools/flannel-without-node-ranges';
import { installationPoolsInvalid } from './pools/installation-pools-invalid';
import { ipPoolAnnotation } from './pools/ip-pool-annotation';
import { ipPoolBlockSize } from './pools/ip-pool-block-size';
import { ipPoolCidrInvalid } from './pools/ip-pool-cidr-invalid';
import { ipPoolNodeAddresses } from './pools/ip-pool-node-addresses';
import { ipPoolOutsideClusterCidr } from './pools/ip-pool-outside-cluster-cidr';
import { ipPoolOverlap } from './pools/ip-pool-overlap';
import { ipPoolSettingsInvalid } from './pools/ip-pool-settings-invalid';
import { ipPoolTooFewBlocks } from './pools/ip-pool-too-few-blocks';
import { ipReservation } from './pools/ip-reservation';
import { layer2PoolOffNetwork } from './pools/layer2-pool-off-network';
import { loadBalancerAnnotationUnknown } from './pools/load-balancer-annotation-unknown';
import { loadBalancerPoolExhausted } from './pools/load-balancer-pool-exhausted';
import { loadBalancerPoolOverlap } from './pools/load-balancer-pool-overlap';
import { loadBalancerPoolUnknown } from './pools/load-balancer-pool-unknown';
import { loadBalancerRequestRefused } from './pools/load-balancer-request-refused';
import { loadBalancerWithoutPool } from './pools/load-balancer-without-pool';
import { metallbBgpInvalid } from './pools/metallb-bgp-invalid';
import { metallbFrrPeers } from './pools/metallb-frr-peers';
import { metallbNamespace } from './pools/metallb-namespace';
import { metallbPoolInvalid } from './pools/metallb-pool-invalid';
import { metallbPoolNotAnnounced } from './pools/metallb-pool-not-announced';
import { metallbReferenceMissing } from './pools/metallb-reference-missing';
import { nodesWithoutIpPool } from './pools/nodes-without-ip-pool';
import { podFixedAddress } from './pools/pod-fixed-address';
import { severalLoadBalancers } from './pools/several-load-balancers';
import { severalNetworkPlugins } from './pools/several-network-plugins';
import { openToOutside } from './reach/open-to-outside';
import { policyWithoutEffect } from './reach/policy-without-effect';
import { wayInBlocked } from './reach/way-in-blocked';
import { clusterIpConflict } from './services/cluster-ip-conflict';
import { clusterIpFamilies } from './services/cluster-ip-families';
import { clusterIpInDynamicBand } from './services/cluster-ip-in-dynamic-band';
import { clusterIpOutsideRange } from './services/cluster-ip-outside-range';
import { clusterIpReserved } from './services/cluster-ip-reserved';
import { endpointAddress } from './services/endpoint-address';
import { endpointFamily } from './services/endpoint-family';
import { endpointInServiceCidr } from './services/endpoint-in-service-cidr';
import { endpointPortName } from './services/endpoint-port-name';
import { endpointsOfSelector } from './services/endpoints-of-selector';
import { endpointsWithoutService } from './services/endpoints-without-service';
import { externalIpConflict } from './services/external-ip-conflict';
import { externalIpInClusterRange } from './services/external-ip-in-cluster-range';
import { externalIpTaken } from './services/external-ip-taken';
import { externalIpsDeprecated } from './services/external-ips-deprecated';
import { familyNotInCluster } from './services/family-not-in-cluster';
import { headlessPortTranslated } from './services/headless-port-translated';
import { invalidEndpoints } from './services/invalid-endpoints';
import { invalidIpAddress } from './services/invalid-ip-address';
import { invalidServiceCidr } from './services/invalid-service-cidr';
import { loadBalancerIpConflict } from './services/load-balancer-ip-conflict';
import { loadBalancerIpInClusterRange } from './services/load-balancer-ip-in-cluster-range';
import { loadBalancerIpInvalid } from './services/load-balancer-ip-invalid';
import { loadBalancerIpOutsideRange } from './services/load-balancer-ip-outside-range';
import { localPolicySingleNode } from './services/local-policy-single-node';
import { nodePortConflict } from './services/node-port-conflict';
import { nodePortDryRun } from './services/node-port-dry-run';
import { nodePortOfComponent } from './services/node-port-of-component';
import { nodePortOutsideRange } from './services/node-port-outside-range';
import { selectorMatchesNothing } from './services/selector-matches-nothing';
import { serviceExternalIp } from './services/service-external-ip';
import { serviceFieldIgnored } from './services/service-field-ignored';
import { serviceFieldValue } from './services/service-field-value';
import { serviceIpText } from './services/service-ip-text';
import { serviceName } from './services/service-name';
import { servicePortDuplicate } from './services/service-port-duplicate';
import { servicePortName } from './services/service-port-name';
import { servicePortValue } from './services/service-port-value';
import { serviceSelectorInvalid } from './services/service-selector-invalid';
import { serviceTypeField } from './services/service-type-field';
import { serviceWithoutEndpoints } from './services/service-without-endpoints';
import { sessionAffinity } from './services/session-affinity';
import { sourceRange } from './services/source-range';
import { sourceRangeRedundant } from './services/source-range-redundant';
import { targetPortMissing } from './services/target-port-missing';
import { targetPortUndeclared } from './services/target-port-undeclared';

/** Every rule, in the order of the codes. */
export const NETWORK_RULES: readonly NetworkRule[] = [
  clusterRangeOverlap,
  clusterRangeMisplaced,
  clusterRangeDisagreement,
  clusterDnsAddress,
  clusterDomainDisagreement,
  nodeCidrMask,
  nodePodCidr,
  clusterRangeInvalid,
  familyOrderDisagreement,
  nodeRangesTooSmall,
  clusterConfigInvalid,
  nodePortRangeEphemeral,
  nodeAddress,
  controlPlaneAddress,
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
  endpointsOfSelector,
  endpointFamily,
  externalIpsDeprecated,
  serviceName,
  servicePortValue,
  servicePortName,
  servicePortDuplicate,
  serviceTypeField,
  sessionAffinity,
  serviceExternalIp,
  sourceRange,
  serviceFieldValue,
  clusterIpFamilies,
  serviceIpText,
  familyNotInCluster,
  invalidServiceCidr,
  invalidEndpoints,
  endpointAddress,
  endpointInServiceCidr,
  endpointsWithoutService,
  endpointPortName,
  serviceWithoutEndpoints,
  targetPortUndeclared,
  serviceFieldIgnored,
  loadBalancerIpInvalid,
  serviceSelectorInvalid,
  externalIpTaken,
  loadBalancerIpInClusterRange,
  invalidIpAddress,
  fieldType,
  nodePortDryRun,
  sourceRangeRedundant,
  nodePortOfComponent,
  headlessPortTranslated,
  localPolicySingleNode,
  externalName,
  externalNameLoop,
  externalNameTarget,
  governingService,
  dnsNameLength,
  namespaceShadowsDomain,
  podSubdomain,
  externalNameRelative,
  podDnsSettingsInvalid,
  hostNetworkDns,
  corefileInvalid,
  ingressRouteConflict,
  ingressBackendMissing,
  ingressBackendPort,
  ingressEmpty,
  ingressNameInvalid,
  ingressPathInvalid,
  ingressBackendInvalid,
  ingressWithoutTls,
  ingressClassTwice,
  ingressClassInvalid,
  ingressClassDefaults,
  ingressTlsHostUncovered,
  ingressApiVersion,
  ingressNginxSnippet,
  ingressNginxRetired,
  ingressExternalName,
  ingressPathTwice,
  ingressHostTwoSecrets,
  ingressClassMissing,
  gatewayInvalid,
  routeInvalid,
  referenceGrantInvalid,
  listenerConflict,
  gatewayClassMissing,
  routeParentMissing,
  routeListenerMissing,
  routeNotAllowed,
  routeHostnameMismatch,
  routeBackendMissing,
  routeBackendPort,
  referenceNotGranted,
  routeConflict,
  gatewayClassInvalid,
  listenerSetNotAllowed,
  routeExternalName,
  routeWithoutEffect,
  redirectLoop,
  ingressPathTypes,
  tlsSecretInvalid,
  ingressNginxPath,
  listenerUnsupported,
  listenerWithoutCertificate,
  tlsSecretMissing,
  backendTlsPolicyInvalid,
  backendTlsPolicyTarget,
  backendTlsPolicyConflict,
  backendTlsCertificate,
  routeKindsConflict,
  policySelectsNothing,
  policyPeerInvalid,
  policyIpBlockInvalid,
  policyPortInvalid,
  policyStructureInvalid,
  policySelectorInvalid,
  policyRulesIgnored,
  policySelectorMissing,
  policyEmptyList,
  policyPeerMatchesNothing,
  policyPeersSplit,
  policyServicePort,
  policyNamedPortMissing,
  policyServiceAddress,
  policyWithoutDns,
  policyOnHostNetwork,
  policyNamespaceOmitted,
  policyPortProtocol,
  policyExceptionUndone,
  policyPodAddress,
  clusterPolicyPriority,
  hostPortConflict,
  hostPortReplicas,
  hostPortNodePort,
  containerPortInvalid,
  containerPortTwice,
  probePortMissing,
  workloadSelectorMismatch,
  probeInvalid,
  hostNetworkUserNamespace,
  policyRuleRedundant,
  calicoPolicyInvalid,
  policyPortUndeclared,
  policyEnginesMixed,
  ipPoolOverlap,
  ipPoolOutsideClusterCidr,
  ipPoolBlockSize,
  ipPoolCidrInvalid,
  ipPoolSettingsInvalid,
  calicoStorageApi,
  ipPoolAnnotation,
  calicoIpamSettingsInvalid,
  installationPoolsInvalid,
  podFixedAddress,
  ipPoolTooFewBlocks,
  bgpServiceRanges,
  nodesWithoutIpPool,
  metallbPoolInvalid,
  loadBalancerPoolOverlap,
  metallbPoolNotAnnounced,
  metallbNamespace,
  loadBalancerPoolUnknown,
  loadBalancerRequestRefused,
  ciliumPoolInvalid,
  ciliumPodPoolOverlap,
  flannelNetworkInvalid,
  severalLoadBalancers,
  severalNetworkPlugins,
  ipReservation,
  ciliumClusterIdentity,
  ciliumNativeRouting,
  loadBalancerPoolExhausted,
  loadBalancerWithoutPool,
  pluginFieldValue,
  metallbReferenceMissing,
  metallbFrrPeers,
  ipPoolNodeAddresses,
  calicoSelectorInvalid,
  metallbBgpInvalid,
  flannelWithoutNodeRanges,
  loadBalancerAnnotationUnknown,
  layer2PoolOffNetwork,
  wayInBlocked,
  policyWithoutEffect,
  openToOutside,
  duplicateObject,
  unknownField,
  metadataInvalid,
  deprecatedSetting,
  removedApi,
  schemaMismatch,
  annotationAmongLabels,
];
