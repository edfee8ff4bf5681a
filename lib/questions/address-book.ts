import {
  type AddressRange,
  cidrSize,
  type Cidr,
  formatCidr,
  type IpAddress,
  lastAddress,
  parseCidr,
  rangeOfCidr,
  SPECIAL_PURPOSE_RANGES,
} from '../address';
import type { FieldPath, ModelObject } from '../model';
import { at, list, member, nonEmpty, readCidr, readIpAddress, readMaskedCidr, text } from '../model';
import { ASSIGNMENT_KINDS, reservedServiceAddresses, serviceStaticBand } from '../plan';
import { indexRanges, type RangeIndex } from '../plan/range-index';
import { holder, type Holder } from './answer';
import { objectHolder } from './object-holder';
import { rangeName } from './query';
import type { ClusterSource, FleetSource, Sources } from './sources';

/**
 * How narrow a holder is: space that nobody has yet, what is set aside for a purpose of its own, what a cluster or an owner has, parts of
 * these that say how addresses are given out, and what has its addresses for itself.
 */
export type Tier = 'supernet' | 'special' | 'range' | 'part' | 'leaf';

/** An entry of the address book. The holder is made when somebody asks for it. */
export interface Entry {
  readonly tier: Tier;
  readonly range: AddressRange;
  readonly cluster: string | null;
  /** Tells entries apart that say the same from two sources. */
  readonly what: string;
  readonly holder: () => Holder;
}

/** Who has which addresses. A question costs O(log n) for each entry of its answer. */
export interface AddressBook {
  readonly all: RangeIndex<Entry>;
  readonly ranges: RangeIndex<Entry>;
  readonly leaves: RangeIndex<Entry>;
}

export function addressBook(sources: Sources): AddressBook {
  const planned = sources.fleets.flatMap(fleetEntries);
  const known = new Set(planned.map(keyOf));
  const found = sources.clusters.flatMap(clusterEntries).filter((entry) => {
    // What the plan says already is said with its reason.
    if (entry.tier === 'leaf' && entry.what !== SET_ASIDE) return true;
    const key = keyOf(entry);
    return !known.has(key) && known.add(key);
  });
  const entries = [...SPECIAL_ENTRIES, ...planned, ...found];
  const rangeOf = ({ range }: Entry): AddressRange => range;
  return {
    all: indexRanges(entries, rangeOf),
    ranges: indexRanges(
      entries.filter(({ tier }) => tier === 'range'),
      rangeOf,
    ),
    leaves: indexRanges(
      entries.filter(({ tier }) => tier === 'leaf'),
      rangeOf,
    ),
  };
}

const SET_ASIDE = 'set aside for';
const ROLE_NAMES = { pods: 'pods', services: 'services', loadBalancers: 'load balancers' } as const;
const KIND_FIELDS: ReadonlyMap<string, string> = new Map([
  ['clusterIP', 'clusterIP'],
  ['loadBalancerIP', 'load balancer IP'],
]);

const SPECIAL_ENTRIES: readonly Entry[] = SPECIAL_PURPOSE_RANGES.map(({ cidr, name, source, usable }) => ({
  tier: 'special',
  range: rangeOfCidr(cidr),
  cluster: null,
  what: 'special-purpose space',
  holder: () =>
    holder('special-purpose space', formatCidr(cidr), {
      detail: `${name}, ${source}${usable === 'never' ? '; never for a cluster' : '; unwise for a cluster'}`,
    }),
}));

function fleetEntries(fleet: FleetSource): Entry[] {
  const { spec, plan, locate } = fleet;
  const names = new Set(spec.clusters.map(({ name }) => name));
  return [
    ...spec.supernets.map(({ cidr, specPath }) =>
      entry('supernet', cidr, null, 'supernet', () => ({ origin: locate(specPath) })),
    ),
    ...spec.reserved.flatMap(({ owner, ranges }) =>
      ranges.map(({ range, specPath }): Entry => ({
        tier: 'range',
        range,
        cluster: null,
        what: `reservation ${owner}`,
        holder: () => holder('reservation', owner, { detail: rangeName(range), origin: locate(specPath) }),
      })),
    ),
    ...spec.clusters.flatMap(({ name, nodeNetwork }) =>
      nodeNetwork.map(({ cidr, specPath }) =>
        entry('range', cidr, name, 'node network', () => ({ origin: locate(specPath) })),
      ),
    ),
    ...plan.allocations.flatMap(({ key, cidr: cidrText, state, reason }) => {
      const [name, role] = key.split('/');
      const cidr = parseCidr(cidrText);
      const what = ROLE_NAMES[role as keyof typeof ROLE_NAMES];
      const allocation = entry('range', cidr, name, what, () => ({
        detail: `${state}: ${reason}`,
        origin: locate(['clusters', name]),
      }));
      return [allocation, ...(role === 'services' ? serviceParts(cidr, name) : [])];
    }),
    ...[...fleet.lock.allocations].flatMap(([key, value]) => plannedEntry(key, value, names)),
  ];
}

/** What the lock holds for a single Service. */
function plannedEntry(key: string, value: string, clusters: ReadonlySet<string>): Entry[] {
  const [cluster, kind, namespace, name] = key.split('/');
  const field = KIND_FIELDS.get(kind);
  if (field === undefined || !ASSIGNMENT_KINDS.some((known) => known === kind) || !clusters.has(cluster)) return [];
  const address = readIpAddress(value);
  if (address === undefined) return [];
  const object = { apiVersion: 'v1', kind: 'Service', namespace, name };
  return [
    {
      tier: 'leaf',
      range: { family: address.family, first: address.value, last: address.value },
      cluster,
      what: 'lock',
      holder: () => holder('lock', `Service ${namespace}/${name}`, { cluster, object, detail: `${field}, ${key}` }),
    },
  ];
}

function clusterEntries({ name, model }: ClusterSource): Entry[] {
  const { facts, statements } = model;
  const stated = statements.ranges.flatMap(({ setting, role, entries, object }) =>
    entries.flatMap(({ cidr, path }) =>
      cidr === undefined
        ? []
        : [
            entry('range', cidr, name, role, () => ({
              detail: setting,
              object: object.ref,
              origin: object.locate(path),
            })),
            ...(role === 'services' ? serviceParts(cidr, name) : []),
          ],
    ),
  );
  const given = (cidrs: readonly Cidr[] | undefined, what: string): Entry[] =>
    (cidrs ?? []).map((cidr) => entry('range', cidr, name, what, () => ({ detail: 'known of the cluster' })));
  return [
    ...stated,
    ...given(facts.podCidrs, 'pods'),
    ...given(facts.serviceCidrs, 'services'),
    ...(facts.serviceCidrs ?? []).flatMap((cidr) => serviceParts(cidr, name)),
    ...given(facts.nodeCidrs, 'node network'),
    ...given(model.givenFacts.loadBalancerCidrs, 'load balancers'),
    ...model.ipPools.map((pool) =>
      entry('part', pool.cidr, name, 'IP pool', () => ({
        name: pool.name,
        detail: `${formatCidr(pool.cidr)}, blocks of /${pool.blockSize}${pool.disabled ? ', disabled' : ''}`,
        object: pool.object.ref,
        origin: pool.object.locate([...pool.path, 'cidr']),
      })),
    ),
    ...model.loadBalancerPools
      .filter(({ implementation }) => implementation !== 'Calico')
      .flatMap(({ object, blocks, name: pool, implementation }) =>
        blocks.map(({ range, path }): Entry => ({
          tier: 'range',
          range,
          cluster: name,
          what: `load balancer pool ${pool}`,
          holder: () => ({
            ...objectHolder(object, path, name, `${rangeName(range)}, given out by ${implementation}`),
            what: 'load balancer pool',
          }),
        })),
      ),
    ...model.nodes.flatMap(({ object, podCidrs, internalIps }) => [
      ...podCidrs.map(({ value, path }) => objectEntry('part', rangeOfCidr(value), object, path, name, 'pod CIDR')),
      ...internalIps.map(({ value, path }) => addressEntry(value, object, path, name, 'InternalIP')),
    ]),
    ...model.services.flatMap(({ object, clusterIps, externalIps, loadBalancerIps }) => [
      ...distinctTexts(clusterIps).flatMap((field) => textEntry(field, object, name, 'clusterIP')),
      ...externalIps.flatMap((field) => textEntry(field, object, name, 'external IP')),
      ...distinctTexts([...loadBalancerIps, ...givenIps(object)]).flatMap((field) =>
        textEntry(field, object, name, 'load balancer IP'),
      ),
    ]),
    ...model.endpoints.flatMap(({ object, addresses, serviceName }) =>
      addresses.flatMap((field) =>
        textEntry(field, object, name, `endpoint of Service ${object.ref.namespace ?? ''}/${serviceName ?? '?'}`),
      ),
    ),
    ...model.objects.flatMap((object) => OTHER_KINDS.get(object.ref.kind)?.(object, name) ?? []),
  ];
}

/** Objects that say who has an address, and that nothing else in the model needs. */
const OTHER_KINDS: ReadonlyMap<string, (object: ModelObject, cluster: string | null) => Entry[]> = new Map([
  ['Pod', (object, cluster) => podEntries(object, cluster)],
  ['IPAddress', (object, cluster) => serviceAddressEntry(object, cluster)],
  ['IPReservation', (object, cluster) => cidrEntries(object, ['spec', 'reservedCIDRs'], 'leaf', 'reserved', cluster)],
  ['BlockAffinity', (object, cluster) => blockEntry(object, cluster)],
  ['CiliumNode', (object, cluster) => cidrEntries(object, ['spec', 'ipam', 'podCIDRs'], 'part', 'pod CIDR', cluster)],
]);

/** What a load balancer gave to a Service that asked for no address. */
function givenIps({ manifest }: ModelObject): { readonly value: string; readonly path: FieldPath }[] {
  return list(at(manifest, 'status', 'loadBalancer', 'ingress')).flatMap((entry, index) => {
    const value = text(member(entry, 'ip'));
    return value === undefined ? [] : [{ value, path: ['status', 'loadBalancer', 'ingress', index, 'ip'] }];
  });
}

/** Pods that have ended still show the address that they had; who gave it takes it back at once. */
const ENDED: ReadonlySet<unknown> = new Set(['Succeeded', 'Failed']);

function podEntries(object: ModelObject, cluster: string | null): Entry[] {
  if (at(object.manifest, 'spec', 'hostNetwork') === true) return [];
  if (ENDED.has(at(object.manifest, 'status', 'phase'))) return [];
  const several = list(at(object.manifest, 'status', 'podIPs'));
  const fields =
    several.length > 0
      ? several.map((ip, index) => ({ value: text(member(ip, 'ip')), path: ['status', 'podIPs', index, 'ip'] }))
      : [{ value: text(at(object.manifest, 'status', 'podIP')), path: ['status', 'podIP'] }];
  return fields.flatMap(({ value, path }) => textEntry({ value: value ?? '', path }, object, cluster, 'pod IP'));
}

/** The API server names an IPAddress after the address (KEP-1880). */
function serviceAddressEntry(object: ModelObject, cluster: string | null): Entry[] {
  const parent = at(object.manifest, 'spec', 'parentRef');
  const owner = [nonEmpty(member(parent, 'namespace')), nonEmpty(member(parent, 'name'))].filter(Boolean).join('/');
  return textEntry({ value: object.ref.name, path: ['metadata', 'name'] }, object, cluster, `of Service ${owner}`);
}

function blockEntry(object: ModelObject, cluster: string | null): Entry[] {
  const cidr = readCidr(text(at(object.manifest, 'spec', 'cidr')));
  const node = text(at(object.manifest, 'spec', 'node')) ?? '?';
  return cidr === undefined
    ? []
    : [objectEntry('part', rangeOfCidr(cidr), object, ['spec', 'cidr'], cluster, `block of node ${node}`)];
}

function cidrEntries(
  object: ModelObject,
  path: readonly string[],
  tier: Tier,
  detail: string,
  cluster: string | null,
): Entry[] {
  return list(at(object.manifest, ...path)).flatMap((value, index) => {
    const address = readIpAddress(text(value));
    const cidr = readMaskedCidr(text(value));
    const range = address
      ? { family: address.family, first: address.value, last: address.value }
      : cidr && rangeOfCidr(cidr);
    return range === undefined ? [] : [objectEntry(tier, range, object, [...path, index], cluster, detail)];
  });
}

/** The bands of KEP-3070, and the addresses that every cluster gives to its own Services. */
function serviceParts(cidr: Cidr, cluster: string | null): Entry[] {
  const { family } = cidr;
  const band = serviceStaticBand(cidr);
  const last = family === 'IPv4' ? lastAddress(cidr) - 1n : lastAddress(cidr);
  const dynamicFirst = band === null ? cidr.base + 1n : band.last + 1n;
  const part = (what: string, range: AddressRange, detail: string): Entry => ({
    tier: 'part',
    range,
    cluster,
    what,
    holder: () => holder(what, rangeName(range), { cluster, detail }),
  });
  return [
    ...(band === null ? [] : [part('static band', band, 'for addresses that are chosen by hand or planned')]),
    ...(dynamicFirst > last
      ? []
      : [part('dynamic band', { family, first: dynamicFirst, last }, 'the API server gives these to any Service')]),
    ...reservedServiceAddresses(cidr)
      .filter(({ value }) => cidrSize(cidr) > 1n && value <= lastAddress(cidr))
      .map(({ value, owner }): Entry => ({
        tier: 'leaf',
        range: { family, first: value, last: value },
        cluster,
        what: SET_ASIDE,
        holder: () => holder(SET_ASIDE, owner, { cluster, detail: 'as in every cluster' }),
      })),
  ];
}

function entry(tier: Tier, cidr: Cidr, cluster: string | null, what: string, rest: () => Partial<Holder>): Entry {
  return {
    tier,
    range: rangeOfCidr(cidr),
    cluster,
    what,
    holder: () => ({ ...holder(what, formatCidr(cidr), { cluster }), ...rest() }),
  };
}

function objectEntry(
  tier: Tier,
  range: AddressRange,
  object: ModelObject,
  path: FieldPath,
  cluster: string | null,
  detail: string,
): Entry {
  return {
    tier,
    range,
    cluster,
    what: `${object.ref.kind} ${object.ref.namespace ?? ''}/${object.ref.name}`,
    holder: () => objectHolder(object, path, cluster, tier === 'leaf' ? detail : `${detail} ${rangeName(range)}`),
  };
}

function addressEntry(
  address: IpAddress,
  object: ModelObject,
  path: FieldPath,
  cluster: string | null,
  detail: string,
): Entry {
  const range = { family: address.family, first: address.value, last: address.value };
  return objectEntry('leaf', range, object, path, cluster, detail);
}

function textEntry(
  field: { readonly value: string; readonly path: FieldPath },
  object: ModelObject,
  cluster: string | null,
  detail: string,
): Entry[] {
  const address = readIpAddress(field.value);
  return address === undefined ? [] : [addressEntry(address, object, field.path, cluster, detail)];
}

function distinctTexts<T extends { readonly value: string }>(fields: readonly T[]): T[] {
  return [...new Map(fields.toReversed().map((field) => [field.value, field])).values()].reverse();
}

function keyOf({ range, cluster, what }: Entry): string {
  return [range.family, range.first, range.last, cluster ?? '', what].join(' ');
}
