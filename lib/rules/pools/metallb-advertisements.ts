import {
  at,
  flatMap,
  isMetalLb,
  labelIndex,
  list,
  type LoadBalancerPool,
  type ModelObject,
  type NetworkModel,
  readLabelSelector,
  textMap,
  texts,
} from '../../model';

/** What says which pools MetalLB announces: an L2Advertisement or a BGPAdvertisement. */
export interface Advertisement {
  readonly object: ModelObject;
  readonly poolNames: readonly string[];
  /** Whether it selects pools by their labels too. */
  readonly selectsByLabel: boolean;
}

export function ofMetalLb(model: NetworkModel, kind: string): readonly ModelObject[] {
  return model.ofKind(kind).filter((object) => isMetalLb(object, kind));
}

export function advertisements(model: NetworkModel): readonly Advertisement[] {
  return flatMap(['BGPAdvertisement', 'L2Advertisement'], (kind) => ofMetalLb(model, kind)).map((object) => ({
    object,
    poolNames: texts(at(object.manifest, 'spec', 'ipAddressPools')),
    selectsByLabel: list(at(object.manifest, 'spec', 'ipAddressPoolSelectors')).length > 0,
  }));
}

/** The pools of MetalLB that an advertisement announces. */
export type PoolsOf = (advertisement: ModelObject) => readonly LoadBalancerPool[];

/** One without names and selectors announces every pool. */
export function announcedPools(model: NetworkModel): PoolsOf {
  const pools = model.loadBalancerPools
    .filter(({ implementation }) => implementation === 'MetalLB')
    .map((pool) => ({ pool, name: pool.name, labels: textMap(at(pool.object.manifest, 'metadata', 'labels')) }));
  const byLabel = labelIndex(pools);
  const everything = pools.map(({ pool }) => pool);
  return ({ manifest }) => {
    const names = new Set(texts(at(manifest, 'spec', 'ipAddressPools')));
    const selectors = list(at(manifest, 'spec', 'ipAddressPoolSelectors')).map(readLabelSelector);
    if (names.size === 0 && selectors.length === 0) return everything;
    const selected = new Set(flatMap(selectors, (selector) => byLabel.select(selector)));
    return pools.filter((entry) => names.has(entry.name) || selected.has(entry)).map(({ pool }) => pool);
  };
}
