import { formatAddress, formatCidr } from '../address';
import { compareText } from '../finding/finding';
import type { ObjectPair } from './model-change';
import { apiGroup, type FieldPath, list, type ModelObject, readCidr, readIpAddress, record } from '../model';
import { own } from '../syntax/own-member';
import { defaultsAt, listOrder } from './defaults';

/** A value of an object that has no parts, where it was written, and the path by which it is the same field in another version of the object. */
export interface Field {
  /** `spec.ports[80/TCP].nodePort`; for the members of a set that of the set. */
  readonly name: string;
  /** The same without keys of lists: `spec.ports.nodePort`. */
  readonly place: string;
  readonly value: unknown;
  readonly path: FieldPath;
  /** False for a default that is filled in. */
  readonly written: boolean;
}

const WRITTEN_BY_SERVER: ReadonlySet<string> = new Set([
  'status',
  ...['creationTimestamp', 'resourceVersion', 'uid', 'generation', 'managedFields', 'selfLink'].map(
    (name) => `metadata.${name}`,
  ),
  'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
  'metadata.labels.kubernetes.io/metadata.name',
]);

/** What makes it that object, and is not a value of it. */
const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']);

/** Groups whose objects are Go structs: there an empty list is no list. */
const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io']);

/** Records that say nothing when they are empty; an empty selector, on the contrary, selects everything. */
const NOTHING_WHEN_EMPTY = /(^|\.)(labels|annotations|matchLabels|nodeSelector|resources|securityContext|metadata)$/;

/** The fields of an object as the API server would have them: with defaults, and without what it writes itself. By identity. */
export function fieldsOf(object: ModelObject): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const builtIn = BUILT_IN.has(apiGroup(object.ref.apiVersion));
  const isService = builtIn && object.ref.kind === 'Service';
  const add = (identity: string, field: Field): void => {
    // It repeats `clusterIP`.
    if (field.name === 'spec.clusterIPs[0]') return;
    // Members of a set that are written twice are one.
    if (!fields.has(identity)) fields.set(identity, field);
  };
  const walk = (value: unknown, name: string, place: string, path: FieldPath, written: boolean): void => {
    if (value === null || value === undefined) return;
    if (WRITTEN_BY_SERVER.has(place) || IDENTITY.has(place)) return;
    const members = record(value);
    if (members !== undefined) walkRecord(members, name, place, path, written);
    else if (Array.isArray(value)) walkList(value, name, place, path, written);
    else add(name, { name, place, value: plain(value), path, written });
  };
  const walkRecord = (
    members: Readonly<Record<string, unknown>>,
    name: string,
    place: string,
    path: FieldPath,
    written: boolean,
  ): void => {
    const count = fields.size;
    for (const [key, value] of Object.entries(withDefaults(object, place, members))) {
      const prefix = name === '' ? '' : '.';
      walk(
        value,
        `${name}${prefix}${key}`,
        `${place}${prefix}${key}`,
        [...path, key],
        written && isWritten(members, key),
      );
    }
    if (fields.size === count && !NOTHING_WHEN_EMPTY.test(place) && !(isService && place === 'spec.selector'))
      add(name, { name, place, value: {}, path, written });
  };
  const walkList = (
    items: readonly unknown[],
    name: string,
    place: string,
    path: FieldPath,
    written: boolean,
  ): void => {
    if (items.length === 0 && builtIn) return;
    if (items.length === 0) add(name, { name, place, value: [], path, written });
    const order = listOrder(place.slice(place.lastIndexOf('.') + 1), items);
    items.forEach((item, index) => {
      const here = [...path, index];
      if (order === 'set') {
        const value = canonical(object, item, place);
        add(`${name}\0${JSON.stringify(value)}`, { name, place, value, path: here, written });
      } else {
        walk(item, `${name}[${order?.[index] ?? index}]`, place, here, written);
      }
    });
  };
  walk(object.manifest, '', '', [], true);
  return fields;
}

/** `clusterIP` may be written as `clusterIPs` alone. */
function isWritten(members: Readonly<Record<string, unknown>>, key: string): boolean {
  return (own(members, key) ?? null) !== null || key === 'clusterIP';
}

function withDefaults(
  object: ModelObject,
  place: string,
  members: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const written = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return { ...defaultsAt(object, place, members), ...Object.fromEntries(written) };
}

/** With sorted keys and sets, so that equal values have equal texts. */
function canonical(object: ModelObject, value: unknown, place: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(object, item, place));
    if (listOrder(place.slice(place.lastIndexOf('.') + 1), list(value)) === undefined) return items;
    return items
      .map((item): [string, unknown] => [JSON.stringify(item), item])
      .sort(([a], [b]) => compareText(a, b))
      .map(([, item]) => item);
  }
  const members = record(value);
  if (members === undefined) return plain(value);
  const entries = Object.entries(withDefaults(object, place, members))
    .map(([key, item]): [string, unknown] => [key, canonical(object, item, `${place}.${key}`)])
    .filter(([key, item]) => !isNothing(item, `${place}.${key}`))
    .sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries);
}

function isNothing(value: unknown, place: string): boolean {
  if (Array.isArray(value)) return value.length === 0;
  const members = record(value);
  return members !== undefined && Object.keys(members).length === 0 && NOTHING_WHEN_EMPTY.test(place);
}

/** One text for all spellings of an IPv6 address or CIDR. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes(':')) return value;
  const address = readIpAddress(value);
  if (address !== undefined) return formatAddress(address);
  const cidr = readCidr(value);
  return cidr === undefined ? value : formatCidr(cidr);
}

/** Whether the two have other values at a place of the schema, `spec.selector`, or below it. */
export function fieldsDiffer({ before, after }: ObjectPair, place: string): boolean {
  const [old, current] = [before, after].map((object) =>
    [...fieldsOf(object)]
      .filter(([, field]) => field.place === place || field.place.startsWith(`${place}.`))
      .map(([identity, { value }]) => `${identity} ${JSON.stringify(value)}`)
      .sort(compareText),
  );
  return old.join('\n') !== current.join('\n');
}
