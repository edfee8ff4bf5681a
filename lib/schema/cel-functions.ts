import { cidrContains, cidrHas, formatAddress, type Cidr, type IpAddress } from '../address';
import { readIpAddress, readMaskedCidr } from '../model/address-text';
import { record } from '../model/json';
import { isDns1035Label, isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../syntax/name-syntax';
import {
  CEL_ERROR,
  CEL_LIMIT,
  CelType,
  compareValues,
  Duration,
  equalValues,
  NO_VALUE,
  Optional,
  Quantity,
  Timestamp,
} from './cel-values';
import { patternTest } from './patterns';

/** The target of a call of a method is its first argument. */
export type CelFunction = (...args: readonly unknown[]) => unknown;

export const TYPE_NAMES: ReadonlyMap<string, CelType> = new Map(
  ['bool', 'double', 'int', 'list', 'map', 'null_type', 'string', 'uint'].map((name) => [name, new CelType(name)]),
);

/** By name and number of arguments: `substring/2`. */
export function functionNamed(name: string, args: number): CelFunction | undefined {
  return FUNCTIONS.get(`${name}/${args}`) ?? FUNCTIONS.get(name);
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw CEL_ERROR;
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw CEL_ERROR;
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw CEL_ERROR;
  return value as unknown[];
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw CEL_ERROR;
  return value;
}

/** In characters, as Go counts them. */
function characters(value: unknown): readonly string[] {
  return Array.from(text(value));
}

function size(value: unknown): number {
  if (typeof value === 'string') return characters(value).length;
  if (Array.isArray(value)) return value.length;
  const fields = record(value);
  if (fields === undefined) throw CEL_ERROR;
  return Object.keys(fields).length;
}

function part(value: unknown, from: unknown, to?: unknown): string {
  const all = characters(value);
  const first = number(from);
  const last = to === undefined ? all.length : number(to);
  if (first < 0 || last > all.length || first > last) throw CEL_ERROR;
  return all.slice(first, last).join('');
}

function matches(value: unknown, pattern: unknown): boolean {
  const test = patternTest(text(pattern));
  if (test === undefined) throw CEL_LIMIT;
  return test(text(value));
}

function split(value: unknown, by: unknown, most: unknown = -1): readonly string[] {
  const parts = text(value).split(text(by));
  const limit = number(most);
  if (limit < 0 || parts.length <= limit) return parts;
  return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(text(by))];
}

function replaced(value: unknown, old: unknown, other: unknown, most: unknown = -1): string {
  const parts = text(value).split(text(old));
  const limit = number(most) < 0 ? parts.length - 1 : Math.min(number(most), parts.length - 1);
  return parts.reduce((all, each, index) => all + (index <= limit ? text(other) : text(old)) + each);
}

function extreme(value: unknown, sign: 1 | -1): unknown {
  const items = list(value);
  if (items.length === 0) throw CEL_ERROR;
  return items.reduce((best, item) => (compareValues(item, best) * sign > 0 ? item : best));
}

const DURATION = /^[-+]?(?:0|(?:[0-9]{1,20}(?:\.[0-9]{0,20})?(?:ns|us|µs|ms|s|m|h)){1,20})$/;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1e3],
  ['m', 6e4],
  ['h', 36e5],
]);

function duration(value: unknown): Duration {
  if (value instanceof Duration) return value;
  const written = text(value);
  if (!DURATION.test(written)) throw CEL_ERROR;
  const parts = [...written.matchAll(/(?<![0-9.])([0-9.]+)(ns|us|µs|ms|s|m|h)/g)];
  const sum = parts.reduce((all, [, amount, unit]) => all + Number(amount) * (UNITS.get(unit) ?? NaN), 0);
  return new Duration(written.startsWith('-') ? -sum : sum);
}

function milliseconds(value: unknown): number {
  if (value instanceof Duration) return value.milliseconds;
  throw CEL_ERROR;
}

function timestamp(value: unknown): Timestamp {
  const written = text(value);
  const found = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(found)) throw CEL_ERROR;
  return new Timestamp(found);
}

const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
]);

function readQuantity(value: unknown): Quantity | undefined {
  const match =
    /^([-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40}))(?:[eE]([-+]?[0-9]{1,3})|([numkMGTPE]|[KMGTPE]i|))$/.exec(
      text(value),
    );
  if (match === null) return undefined;
  const [, amount, exponent, suffix] = match as readonly (string | undefined)[];
  return new Quantity(
    Number(amount) * (exponent === undefined ? (SUFFIXES.get(suffix ?? '') ?? NaN) : 10 ** Number(exponent)),
  );
}

/** An address may not be written in the way of IPv4 in IPv6, and has no zone (netip.ParseAddr, as CEL restricts it). */
function readIp(value: unknown): IpAddress | undefined {
  return readIpAddress(text(value));
}

interface MaskedCidr {
  readonly address: IpAddress;
  readonly cidr: Cidr;
}

function readPrefix(value: unknown): MaskedCidr | undefined {
  const written = text(value);
  const cidr = readMaskedCidr(written);
  const address = readIpAddress(written.slice(0, written.lastIndexOf('/')));
  return cidr === undefined || address === undefined ? undefined : { address, cidr };
}

function prefixOf(value: unknown): MaskedCidr {
  if (typeof value === 'string') return given(readPrefix(value));
  if (record(value) === undefined || !('cidr' in (value as object))) throw CEL_ERROR;
  return value as MaskedCidr;
}

function addressOf(value: unknown): IpAddress {
  if (typeof value === 'string') return given(readIp(value));
  if (record(value) === undefined || !('family' in (value as object))) throw CEL_ERROR;
  return value as IpAddress;
}

function readUrl(value: unknown): URL | undefined {
  try {
    return new URL(text(value));
  } catch {
    return undefined;
  }
}

function urlOf(value: unknown): URL {
  if (!(value instanceof URL)) throw CEL_ERROR;
  return value;
}

/** What `format.named(…)` and its siblings know: the answer of `validate` is absent where nothing is wrong. */
const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  dns1123Label: isDnsLabel,
  dns1123Subdomain: isDnsSubdomain,
  dns1035Label: isDns1035Label,
  qualifiedName: isQualifiedName,
  labelValue: isLabelValue,
};

class Format {
  public constructor(public readonly isFit: (value: string) => boolean) {}
}

function typeOf(value: unknown): unknown {
  const name =
    value === null
      ? 'null_type'
      : Array.isArray(value)
        ? 'list'
        : typeof value === 'boolean'
          ? 'bool'
          : typeof value === 'number'
            ? Number.isInteger(value)
              ? 'int'
              : 'double'
            : typeof value === 'string'
              ? 'string'
              : 'map';
  return TYPE_NAMES.get(name);
}

function indexOf(target: unknown, item: unknown): number {
  if (Array.isArray(target)) return target.findIndex((each) => equalValues(each, item));
  return text(target).indexOf(text(item));
}

function written(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw CEL_ERROR;
  return String(value);
}

function isSubset(outer: unknown, inner: unknown): boolean {
  return list(inner).every((item) => list(outer).some((other) => equalValues(item, other)));
}

function whole(value: unknown): number {
  const found =
    value instanceof Timestamp ? value.milliseconds / 1000 : typeof value === 'string' ? Number(value) : value;
  if (typeof found !== 'number' || Number.isNaN(found) || value === '') throw CEL_ERROR;
  return Math.trunc(found);
}

/** The standard functions of CEL, and those that Kubernetes adds (apiserver, pkg/cel/library). */
const FUNCTIONS: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['size/1', size],
  ['dyn/1', (value) => value],
  ['type/1', typeOf],
  ['int/1', whole],
  ['uint/1', whole],
  [
    'double/1',
    (value) => {
      const found = Number(value);
      if (Number.isNaN(found)) throw CEL_ERROR;
      return found;
    },
  ],
  ['string/1', written],
  ['bool/1', (value) => value === true || value === 'true'],

  ['contains/2', (value, part) => text(value).includes(text(part))],
  ['startsWith/2', (value, part) => text(value).startsWith(text(part))],
  ['endsWith/2', (value, part) => text(value).endsWith(text(part))],
  ['matches/2', matches],
  ['substring/2', part],
  ['substring/3', part],
  ['charAt/2', (value, index) => characters(value)[number(index)] ?? ''],
  ['indexOf/2', indexOf],
  ['lastIndexOf/2', (value, part) => text(value).lastIndexOf(text(part))],
  ['lowerAscii/1', (value) => text(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['upperAscii/1', (value) => text(value).replace(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['replace/3', replaced],
  ['replace/4', replaced],
  ['reverse/1', (value) => characters(value).toReversed().join('')],
  ['split/2', split],
  ['split/3', split],
  ['join/1', (value) => list(value).map(text).join('')],
  ['join/2', (value, by) => list(value).map(text).join(text(by))],
  ['trim/1', (value) => text(value).trim()],

  ['isSorted/1', (value) => list(value).every((item, at, all) => at === 0 || compareValues(all[at - 1], item) <= 0)],
  ['sum/1', (value) => list(value).reduce((all: number, item) => all + number(item), 0)],
  ['min/1', (value) => extreme(value, -1)],
  ['max/1', (value) => extreme(value, 1)],
  ['sets.contains/2', isSubset],
  ['sets.equivalent/2', (a, b) => isSubset(a, b) && isSubset(b, a)],
  ['sets.intersects/2', (a, b) => list(a).some((item) => isSubset(b, [item]))],

  ['duration/1', duration],
  ['timestamp/1', timestamp],
  ['getMilliseconds/1', (value) => Math.trunc(milliseconds(value) % 1000)],
  ['getSeconds/1', (value) => Math.trunc(milliseconds(value) / 1000)],
  ['getMinutes/1', (value) => Math.trunc(milliseconds(value) / 60_000)],
  ['getHours/1', (value) => Math.trunc(milliseconds(value) / 3_600_000)],

  ['isIP/1', (value) => readIp(value) !== undefined],
  ['ip/1', (value) => (typeof value === 'string' ? given(readIp(value)) : prefixOf(value).address)],
  ['ip.isCanonical/1', (value) => formatAddress(given(readIp(value))) === value],
  [
    'family/1',
    (value) => (addressOf((value as { readonly address?: unknown }).address ?? value).family === 'IPv4' ? 4 : 6),
  ],
  ['isCIDR/1', (value) => readPrefix(value) !== undefined],
  ['cidr/1', (value) => given(readPrefix(value))],
  [
    'masked/1',
    (value) => {
      const { cidr } = prefixOf(value);
      return { cidr, address: { family: cidr.family, value: cidr.base } };
    },
  ],
  ['prefixLength/1', (value) => prefixOf(value).cidr.prefix],
  ['containsIP/2', (value, address) => cidrHas(prefixOf(value).cidr, addressOf(address))],
  [
    'containsCIDR/2',
    (value, other) =>
      prefixOf(value).cidr.family === prefixOf(other).cidr.family &&
      cidrContains(prefixOf(value).cidr, prefixOf(other).cidr),
  ],

  ['isURL/1', (value) => readUrl(value) !== undefined],
  ['url/1', (value) => given(readUrl(value))],
  ['getScheme/1', (value) => urlOf(value).protocol.replace(/:$/, '')],
  ['getHost/1', (value) => urlOf(value).host],
  ['getHostname/1', (value) => urlOf(value).hostname],
  ['getPort/1', (value) => urlOf(value).port],
  ['getEscapedPath/1', (value) => urlOf(value).pathname],

  ['isQuantity/1', (value) => readQuantity(value) !== undefined],
  ['quantity/1', (value) => given(readQuantity(value))],
  ['isGreaterThan/2', (a, b) => compareValues(a, b) > 0],
  ['isLessThan/2', (a, b) => compareValues(a, b) < 0],
  ['compareTo/2', compareValues],

  ['optional.of/1', (value) => new Optional(value)],
  ['optional.none/0', () => NO_VALUE],
  ['hasValue/1', (value) => value instanceof Optional && value.isSet],
  ['value/1', (value) => given(value instanceof Optional ? value.value : undefined)],
  ['orValue/2', (value, other) => (value instanceof Optional && value.isSet ? value.value : other)],

  ...Object.entries(FORMATS).map(([name, isFit]): [string, CelFunction] => [
    `format.${name}/0`,
    () => new Format(isFit),
  ]),
  [
    'validate/2',
    (format, value) => {
      if (!(format instanceof Format)) throw CEL_ERROR;
      return format.isFit(text(value)) ? NO_VALUE : new Optional(value);
    },
  ],
]);
