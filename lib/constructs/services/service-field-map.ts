import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';

/** Which props of the kinds of Service write which fields. */
export const SERVICE_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.selector': 'pods',
    'spec.ports': 'ports',
    'spec.ports[]': 'ports[]',
    'spec.ports[].name': 'ports[].name',
    'spec.ports[].port': 'ports[].port',
    'spec.ports[].protocol': 'ports[].protocol',
    'spec.ports[].appProtocol': 'ports[].appProtocol',
    'spec.ports[].targetPort': 'ports[].targetPort',
    'spec.ports[].nodePort': 'ports[].nodePort',
    'spec.clusterIP': 'clusterIp',
    'spec.clusterIPs': 'clusterIp',
    'spec.ipFamilies': 'ipFamilies',
    'spec.ipFamilies[]': 'ipFamilies[]',
    'spec.ipFamilyPolicy': 'ipFamilyPolicy',
    'spec.sessionAffinity': 'sessionAffinity',
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds': 'sessionAffinity.timeoutSeconds',
    'spec.internalTrafficPolicy': 'internalTrafficPolicy',
    'spec.externalTrafficPolicy': 'externalTrafficPolicy',
    'spec.trafficDistribution': 'trafficDistribution',
    'spec.publishNotReadyAddresses': 'publishNotReadyAddresses',
    'spec.externalIPs': 'externalIps',
    'spec.externalIPs[]': 'externalIps[]',
    'spec.externalName': 'externalName',
    'spec.loadBalancerIP': 'loadBalancerIp',
    'spec.loadBalancerClass': 'loadBalancerClass',
    'spec.loadBalancerSourceRanges': 'sourceRanges',
    'spec.loadBalancerSourceRanges[]': 'sourceRanges[]',
    'spec.allocateLoadBalancerNodePorts': 'allocateNodePorts',
    'spec.healthCheckNodePort': 'healthCheckNodePort',
    'metadata.annotations.metallb.io/loadBalancerIPs': 'loadBalancerIp',
    'metadata.annotations.lbipam.cilium.io/ips': 'loadBalancerIp',
    'metadata.annotations.projectcalico.org/loadBalancerIPs': 'loadBalancerIp',
  },
  subjects: {
    'metadata.name': 'the Service name',
    'spec.ports[]': 'the port',
    'spec.ports[].name': 'the port name',
    'spec.ports[].nodePort': 'node port',
    'spec.clusterIPs': 'clusterIPs',
    'spec.ipFamilies[]': 'the IP family',
    'spec.externalIPs[]': 'external IP',
    'spec.loadBalancerSourceRanges[]': 'source range',
    'spec.allocateLoadBalancerNodePorts': 'allocateLoadBalancerNodePorts',
  },
  help: {
    ...METADATA_HELP,
    'NL230 metadata.name':
      'use at most 63 lower-case letters, digits and hyphens, a letter first and no hyphen last; set `name` when the construct id cannot be the name',
    'NL231 spec': 'give at least one port; only a HeadlessService can do without',
    'NL234 spec.externalTrafficPolicy': 'leave it out, or use a NodePortService or a LoadBalancerService',
    'NL234 spec.healthCheckNodePort':
      'set externalTrafficPolicy: TrafficPolicy.LOCAL, or leave healthCheckNodePort out',
    'NL238 spec.trafficDistribution':
      'use TrafficDistribution.PREFER_CLOSE, the older name of TrafficDistribution.PREFER_SAME_ZONE',
    'NL239 spec.ipFamilyPolicy':
      'name one family, or use IpFamilyPolicy.PREFER_DUAL_STACK or IpFamilyPolicy.REQUIRE_DUAL_STACK',
    'NL241 spec.ipFamilyPolicy': 'use IpFamilyPolicy.PREFER_DUAL_STACK, or make the cluster dual stack',
  },
  phrases: {
    'write the number without quotes': 'use TargetPort.number() for a number',
    'use a Service without selector and an EndpointSlice with the address':
      'use an ExternalEndpointsService, or a DNS name of that address',
  },
};
