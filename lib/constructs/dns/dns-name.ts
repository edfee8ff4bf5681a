import type { IConstruct } from 'constructs';
import { Cluster } from '../cluster/cluster';
import type { Protocol } from '../services/protocol';

export const DEFAULT_CLUSTER_DOMAIN = 'cluster.local';

/** The domain of the cluster that the construct belongs to. */
export function clusterDomainOf(construct: IConstruct): string {
  return Cluster.of(construct)?.clusterDomain ?? DEFAULT_CLUSTER_DOMAIN;
}

export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
}

/** Kubernetes DNS-Based Service Discovery, 2.3.1. */
export function serviceDnsName({ name, namespace, clusterDomain }: ServiceName): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** Kubernetes DNS-Based Service Discovery, 2.3.2: named ports only. */
export function serviceSrvName(service: ServiceName, port: string, protocol: Protocol): string {
  return `_${port}._${protocol.toLowerCase()}.${serviceDnsName(service)}`;
}
