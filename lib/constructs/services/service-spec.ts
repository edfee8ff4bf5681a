import type { Lazy } from 'cdk8s';
import type { SessionAffinity } from './session-affinity';

/** A value, or one that cdk8s resolves when it renders the object. */
export type Resolved<T> = T | Lazy;

/** `ServicePort` of k8s.io/api/core/v1. */
export interface ServicePortSpec {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
  readonly targetPort?: number | string;
  readonly nodePort?: Resolved<number>;
}

/** `ServiceSpec` of k8s.io/api/core/v1. */
export interface ServiceSpec {
  readonly type: string;
  readonly selector?: { readonly [key: string]: string };
  readonly ports?: readonly ServicePortSpec[];
  readonly clusterIP?: Resolved<string>;
  readonly clusterIPs?: readonly Resolved<string>[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly sessionAffinity?: string;
  readonly sessionAffinityConfig?: { readonly clientIP: { readonly timeoutSeconds: number } };
  readonly internalTrafficPolicy?: string;
  readonly externalTrafficPolicy?: string;
  readonly trafficDistribution?: string;
  readonly publishNotReadyAddresses?: boolean;
  readonly externalIPs?: readonly string[];
  readonly externalName?: string;
  readonly loadBalancerIP?: Resolved<string>;
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly healthCheckNodePort?: number;
}

/** The types of `spec.type`, and the one that is a ClusterIP Service without an address. */
export type ServiceKind = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName' | 'headless';

/** What the props of all kinds of Service come to. */
export interface ServiceValues {
  readonly selector?: { readonly [key: string]: string };
  readonly ports?: readonly ServicePortSpec[];
  readonly clusterIps?: readonly Resolved<string>[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly sessionAffinity?: SessionAffinity;
  readonly internalTrafficPolicy?: string;
  readonly externalTrafficPolicy?: string;
  readonly trafficDistribution?: string;
  readonly publishNotReadyAddresses?: boolean;
  readonly externalIps?: readonly string[];
  readonly externalName?: string;
  readonly loadBalancerIp?: Resolved<string>;
  readonly loadBalancerClass?: string;
  readonly sourceRanges?: readonly string[];
  readonly allocateNodePorts?: boolean;
  readonly healthCheckNodePort?: number;
}

/** The spec of a Service, as the API spells it. Empty lists are left out. */
export function serviceSpec(kind: ServiceKind, values: ServiceValues): ServiceSpec {
  const { clusterIps = [], sessionAffinity } = values;
  return {
    type: kind === 'headless' ? 'ClusterIP' : kind,
    selector: values.selector,
    ports: filled(values.ports),
    clusterIP: kind === 'headless' ? 'None' : clusterIps[0],
    // Only where there are two: the API server fills it in, and `clusterIP` must always equal its first.
    clusterIPs: kind !== 'headless' && clusterIps.length > 1 ? clusterIps : undefined,
    ipFamilies: filled(values.ipFamilies),
    ipFamilyPolicy: values.ipFamilyPolicy,
    sessionAffinity: sessionAffinity?._affinity,
    sessionAffinityConfig: affinityConfig(sessionAffinity?._timeoutSeconds),
    internalTrafficPolicy: values.internalTrafficPolicy,
    externalTrafficPolicy: values.externalTrafficPolicy,
    trafficDistribution: values.trafficDistribution,
    publishNotReadyAddresses: values.publishNotReadyAddresses,
    externalIPs: filled(values.externalIps),
    externalName: values.externalName,
    loadBalancerIP: values.loadBalancerIp,
    loadBalancerClass: values.loadBalancerClass,
    loadBalancerSourceRanges: filled(values.sourceRanges),
    allocateLoadBalancerNodePorts: values.allocateNodePorts,
    healthCheckNodePort: values.healthCheckNodePort,
  };
}

function affinityConfig(timeoutSeconds: number | undefined): ServiceSpec['sessionAffinityConfig'] {
  return timeoutSeconds === undefined ? undefined : { clientIP: { timeoutSeconds } };
}

function filled<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  return items !== undefined && items.length > 0 ? items : undefined;
}
