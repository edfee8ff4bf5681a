export { AddressError } from './address-error';
export {
  compareRanges,
  formatRange,
  parseRange,
  rangeOfCidr,
  rangesOverlap,
  rangeToCidrs,
  type AddressRange,
} from './address-range';
export {
  addressSet,
  complement,
  difference,
  intersection,
  setCovers,
  setHas,
  setSize,
  setToCidrs,
  union,
  type AddressSet,
} from './address-set';
export {
  buddyOf,
  cidrAt,
  cidrContains,
  cidrHas,
  cidrSize,
  cidrsOverlap,
  compareCidrs,
  formatCidr,
  hostBits,
  lastAddress,
  nthAddress,
  parentOf,
  parseCidr,
  type Cidr,
} from './cidr';
export { addressBits, IP_FAMILIES, type IpFamily, spaceSize } from './family';
export { freeCidrs } from './free-space';
export { compareAddresses, formatAddress, parseAddress, type IpAddress } from './ip-address';
export {
  ALL_PORTS,
  differenceOfPorts,
  formatPorts,
  intersectionOfPorts,
  NO_PORTS,
  portSet,
  unionOfPorts,
  type PortRange,
  type PortSet,
} from './port-set';
export {
  type EachOverlap,
  findOverlaps,
  nearestContainers,
  type Nesting,
  type Overlap,
  type OverlapCounter,
  overlapCounter,
  overlapsOfEach,
} from './overlap';
export { SPECIAL_PURPOSE_RANGES, type SpecialPurposeRange } from './special-purpose';
