import { flatMap, type NetworkModel, type Service } from '../../model';
import { perModel } from '../../model/per-model';
import { addressFields, type AddressField } from '../addresses';

/** The Service that states an address as its own, and where. */
export interface ClusterIpOwner {
  readonly service: Service;
  readonly address: AddressField;
}

/** By the canonical text of the address. They are known without any range of the cluster. */
export const clusterIpOwners = perModel(
  ({ services }: NetworkModel): ReadonlyMap<string, ClusterIpOwner> =>
    new Map(
      flatMap(services, (service) =>
        addressFields(service.clusterIps).map((address) => [address.text, { service, address }] as const),
      ),
    ),
);
