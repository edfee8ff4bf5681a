import { type AddressRange, rangeOfCidr, rangesOverlap } from '../address';
import type { ObjectRef, Origin } from '../finding/finding';
import { type FieldPath, type ModelObject, readIpAddress, readMaskedCidr, record } from '../model';
import type { ClusterSource } from './sources';

/** An object that says something about addresses that it does not have: a policy, a NO_PROXY, a BGP configuration. */
export interface Mention {
  readonly object: ObjectRef;
  readonly origin: Origin | null;
  /** `spec.ingress[0].from[0].ipBlock.cidr` */
  readonly field: string;
  /** What stands there. */
  readonly value: string;
  /** What that is to what was asked for. */
  readonly relation: 'same' | 'part' | 'contains' | 'overlaps';
}

/** Kinds whose addresses are their own: the address book has them. */
const HOLDING_KINDS: ReadonlySet<string> = new Set([
  'Node',
  'IPPool',
  'ServiceCIDR',
  'IPAddress',
  'BlockAffinity',
  'IPAMBlock',
  'IPAMHandle',
  'CiliumNode',
  'CiliumEndpoint',
  'Endpoints',
  'EndpointSlice',
]);

/** Fields in which a Service says what it has. */
const HELD_FIELDS: ReadonlySet<string> = new Set(['clusterIP', 'clusterIPs', 'externalIPs', 'loadBalancerIP']);

/** A copy of the object itself, or who wrote it. */
const ECHOES: ReadonlySet<string> = new Set(['kubectl.kubernetes.io/last-applied-configuration', 'managedFields']);

/** An address or a CIDR in a text of any kind, such as a list with commas or a configuration file. */
const ADDRESS_TEXT =
  /(?<![\w.:/-])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})(?:\/\d{1,3})?(?![\w/]|[.:]\w)/gi;

/** Every object that names the addresses, a part of them, or a range that has them, whatever its kind. All addresses (0.0.0.0/0) name nobody. */
export function mentionsOf(range: AddressRange, clusters: readonly ClusterSource[]): Mention[] {
  return clusters.flatMap(({ model }) => model.objects.flatMap((object) => inObject(object, range)));
}

function inObject(object: ModelObject, range: AddressRange): Mention[] {
  if (HOLDING_KINDS.has(object.ref.kind)) return [];
  const found: Mention[] = [];
  const walk = (value: unknown, path: FieldPath): void => {
    if (typeof value === 'string') found.push(...inText(value, range, object, path));
    else if (Array.isArray(value))
      value.forEach((item, index) => {
        walk(item, [...path, index]);
      });
    else {
      for (const [key, item] of Object.entries(record(value) ?? {})) {
        const isHeld = object.ref.kind === 'Service' && path.length === 1 && path[0] === 'spec' && HELD_FIELDS.has(key);
        if (isHeld || ECHOES.has(key) || (path.length === 0 && key === 'status')) continue;
        walk(item, [...path, key]);
      }
    }
  };
  walk(object.manifest, []);
  return found;
}

function inText(text: string, range: AddressRange, object: ModelObject, path: FieldPath): Mention[] {
  return [...text.matchAll(ADDRESS_TEXT)].flatMap(([value]) => {
    const named = rangeOfText(value);
    if (named?.family !== range.family || !rangesOverlap(named, range)) return [];
    if (value.endsWith('/0')) return [];
    return [
      {
        object: object.ref,
        origin: object.locate(path),
        field: fieldText(path),
        value,
        relation: relationOf(named, range),
      },
    ];
  });
}

function rangeOfText(value: string): AddressRange | undefined {
  const cidr = readMaskedCidr(value);
  if (cidr !== undefined) return rangeOfCidr(cidr);
  const address = readIpAddress(value);
  return address && { family: address.family, first: address.value, last: address.value };
}

function relationOf(named: AddressRange, asked: AddressRange): Mention['relation'] {
  const inside = asked.first <= named.first && named.last <= asked.last;
  const around = named.first <= asked.first && asked.last <= named.last;
  if (inside && around) return 'same';
  return inside ? 'part' : around ? 'contains' : 'overlaps';
}

function fieldText(path: FieldPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
