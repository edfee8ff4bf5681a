import { at, isMetalLb, list, type ModelObject, type NetworkModel, texts } from '../../model';

/** What says which pools MetalLB announces: an L2Advertisement or a BGPAdvertisement. */
export interface Advertisement {
  readonly object: ModelObject;
  readonly poolNames: readonly string[];
  /** Whether it selects pools by their labels too. */
  readonly selectsByLabel: boolean;
}

export function advertisements(model: NetworkModel): Advertisement[] {
  return ['BGPAdvertisement', 'L2Advertisement']
    .flatMap((kind) => model.ofKind(kind).filter((object) => isMetalLb(object, kind)))
    .map((object) => ({
      object,
      poolNames: texts(at(object.manifest, 'spec', 'ipAddressPools')),
      selectsByLabel: list(at(object.manifest, 'spec', 'ipAddressPoolSelectors')).length > 0,
    }));
}
