import { externalNameOf, flatMap, type NetworkModel, type Service, serviceOfDnsName } from '../../model';

/** An ExternalName Service that is an alias of a Service of the same cluster. */
export interface InternalAlias {
  readonly service: Service;
  readonly externalName: string;
  readonly namespace: string;
  readonly name: string;
  /** The alias is of one endpoint of that Service. */
  readonly endpoint: boolean;
}

/** The zone of a cluster unless it was given another one (kubeadm, `networking.dnsDomain`). */
const DEFAULT_ZONE = 'cluster.local';

export function clusterZone({ facts }: NetworkModel): string {
  return (facts.clusterDomain ?? DEFAULT_ZONE).toLowerCase();
}

export function internalAliases(model: NetworkModel): readonly InternalAlias[] {
  const zone = clusterZone(model);
  return flatMap(model.services, (service) => {
    const externalName = externalNameOf(service);
    const target = externalName === undefined ? undefined : serviceOfDnsName(externalName, zone);
    return externalName === undefined || target === undefined ? [] : [{ service, externalName, ...target }];
  });
}
