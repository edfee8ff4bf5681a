import {
  AddressError,
  compareCidrs,
  formatAddress,
  formatCidr,
  formatRange,
  IP_FAMILIES,
  parseAddress,
  rangeOfCidr,
  type AddressRange,
  type Cidr,
  type IpFamily,
  type PortRange,
} from '../address';
import { readText } from './address-text';
import { usualComponentsIn } from './component-ports';
import type { AssignmentKind } from './lock';
import { nodePortStaticBand, reservedServiceAddresses, serviceStaticBand } from './static-bands';

/** An address in canonical text, or a port number. */
export type AssignedValue = string | number;

/** What the values of a cluster are taken from. */
export interface PoolSources {
  readonly cluster: string;
  readonly serviceCidrs: readonly Cidr[];
  readonly nodePortRange: PortRange;
  readonly loadBalancerCidrs: readonly Cidr[];
}

/** Values of one kind, and for addresses of one family. */
export interface AssignmentPool {
  readonly kind: AssignmentKind;
  readonly family: IpFamily | null;
  /** What it is made of, for messages: `the static band 10.96.0.1-10.96.1.0 of 10.96.0.0/12`; null if there is nothing. */
  readonly text: string | null;
  readonly size: bigint;
  /** Values that no Service of a user can have, with their owners. */
  readonly reserved: ReadonlyMap<AssignedValue, string>;
  readonly candidates: () => Generator<AssignedValue, void>;
  /** Whether a new value could be this one. */
  readonly has: (value: AssignedValue) => boolean;
  /** Whether Kubernetes accepts the value at all. */
  readonly accepts: (value: AssignedValue) => boolean;
  readonly acceptsText: string;
  /** A value in canonical form; null if the text is none. */
  readonly parse: (text: string) => AssignedValue | null;
}

/** The pools of a cluster; every wanted value belongs to one of them. */
export function assignmentPools(request: PoolSources): AssignmentPool[] {
  return [
    ...IP_FAMILIES.map((family) => clusterIpPool(family, ofFamily(request.serviceCidrs, family), request.cluster)),
    nodePortPool(request.nodePortRange),
    ...IP_FAMILIES.map((family) =>
      loadBalancerPool(family, ofFamily(request.loadBalancerCidrs, family), request.cluster),
    ),
  ];
}

function clusterIpPool(family: IpFamily, cidrs: readonly Cidr[], cluster: string): AssignmentPool {
  const banded = cidrs.flatMap((cidr) => {
    const band = serviceStaticBand(cidr);
    return band === null ? [] : [{ cidr, band }];
  });
  const reserved = cidrs.flatMap((cidr) =>
    reservedServiceAddresses(cidr).map(({ value, owner }): [AssignedValue, string] => [
      formatAddress({ family, value }),
      owner,
    ]),
  );
  const bands = banded.map(({ band }) => band);
  return {
    ...addressPool('clusterIP', family, cidrs, cluster, 'service CIDR'),
    text: cidrs.length === 0 ? null : cidrs.map((cidr) => bandText(cidr, serviceStaticBand(cidr))).join(', '),
    size: bands.reduce((sum, { first, last }) => sum + last - first + 1n, 0n),
    reserved: new Map(reserved),
    candidates: function* () {
      for (const { first, last } of bands) {
        for (let value = first; value <= last; value++) yield formatAddress({ family, value });
      }
    },
    has: (value) => bands.some((band) => inRange(band, value)),
    accepts: (value) => cidrs.some((cidr) => inRange(usableRange(cidr), value)),
  };
}

function loadBalancerPool(family: IpFamily, cidrs: readonly Cidr[], cluster: string): AssignmentPool {
  const ranges = [...cidrs].sort(compareCidrs).map(rangeOfCidr);
  const has = (value: AssignedValue): boolean => ranges.some((range) => inRange(range, value));
  return {
    ...addressPool('loadBalancerIP', family, cidrs, cluster, 'load balancer range'),
    text: cidrs.length === 0 ? null : cidrs.map(formatCidr).join(', '),
    size: ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n),
    reserved: new Map(),
    candidates: function* () {
      for (const awkward of [false, true]) {
        for (const range of ranges) {
          for (let value = range.first; value <= range.last; value++) {
            if (isAwkward(range, value) === awkward) yield formatAddress({ family, value });
          }
        }
      }
    },
    has,
    accepts: has,
  };
}

function addressPool(
  kind: AssignmentKind,
  family: IpFamily,
  cidrs: readonly Cidr[],
  cluster: string,
  what: string,
): Pick<AssignmentPool, 'kind' | 'family' | 'acceptsText' | 'parse'> {
  return {
    kind,
    family,
    acceptsText:
      cidrs.length === 0
        ? `cluster ${cluster} has no ${family} ${what}`
        : `the ${what} of cluster ${cluster} is ${cidrs.map(formatCidr).join(', ')}`,
    parse: (text) => {
      const address = readText(parseAddress, text);
      return address instanceof AddressError || address.family !== family ? null : formatAddress(address);
    },
  };
}

function nodePortPool(range: PortRange): AssignmentPool {
  const band = nodePortStaticBand(range);
  const within = (ports: PortRange, value: AssignedValue): boolean =>
    typeof value === 'number' && ports.first <= value && value <= ports.last;
  const rangeText = `${range.first}-${range.last}`;
  const components = usualComponentsIn(range);
  const isOfComponent = (port: number): boolean => components.some(({ first, last }) => first <= port && port <= last);
  const free = function* (): Generator<number, void> {
    if (band === null) return;
    for (let port = band.first; port <= band.last; port++) if (!isOfComponent(port)) yield port;
  };
  return {
    kind: 'nodePort',
    family: null,
    text:
      band === null
        ? `${rangeText}, which has no static band`
        : `the static band ${band.first}-${band.last} of ${rangeText}`,
    size: BigInt([...free()].length),
    reserved: new Map(),
    candidates: free,
    has: (value) => band !== null && within(band, value) && !isOfComponent(Number(value)),
    accepts: (value) => within(range, value),
    acceptsText: `the node ports are ${rangeText}`,
    parse: (text) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : null),
  };
}

/** Addresses that a Service can have: not the network address, and in IPv4 not the broadcast address. */
function usableRange(cidr: Cidr): AddressRange {
  const { family, first, last } = rangeOfCidr(cidr);
  return { family, first: first + 1n, last: family === 'IPv4' ? last - 1n : last };
}

function isAwkward(range: AddressRange, value: bigint): boolean {
  if (value === range.first || value === range.last) return true;
  const octet = value & 0xffn;
  return range.family === 'IPv4' && (octet === 0n || octet === 0xffn);
}

function bandText(cidr: Cidr, band: AddressRange | null): string {
  return band === null
    ? `${formatCidr(cidr)}, which has no static band,`
    : `the static band ${formatRange(band)} of ${formatCidr(cidr)}`;
}

function inRange(range: AddressRange, value: AssignedValue): boolean {
  if (typeof value === 'number') return false;
  const address = readText(parseAddress, value);
  if (address instanceof AddressError || address.family !== range.family) return false;
  return range.first <= address.value && address.value <= range.last;
}

function ofFamily(cidrs: readonly Cidr[], family: IpFamily): Cidr[] {
  return cidrs.filter((cidr) => cidr.family === family);
}
