import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { at, list, member, record } from '../../model/json';
import { concat } from '../../model/lists';
import { child, emptyMap, type MapNode, type Place, type RenderNode, scalar, scalarText, valueOf } from './node';
import { PatchError } from './strategic-merge';

/** What a generator makes of an entry of `configMapGenerator` or `secretGenerator`. */
export interface Generated {
  readonly root: MapNode;
  readonly hashed: boolean;
  readonly behavior: string;
}

export type ReadBytes = (path: string) => Uint8Array | undefined;

export function generate(
  kind: 'ConfigMap' | 'Secret',
  entry: RenderNode,
  globalOptions: RenderNode | undefined,
  read: ReadBytes,
): Generated {
  const { place } = entry;
  const name = child(entry, 'name');
  const options = [child(entry, 'options'), globalOptions];
  const isOn = (option: string): boolean => options.some((all) => scalarText(child(all, option)) === 'true');
  const metadata = emptyMap(place);
  metadata.entries.set('name', scalar(scalarText(name), name?.place ?? place));
  const namespace = child(entry, 'namespace');
  if (namespace !== undefined) metadata.entries.set('namespace', scalar(scalarText(namespace), namespace.place));
  for (const field of ['labels', 'annotations']) {
    const pairs = mergedPairs(options, field);
    if (pairs !== undefined) metadata.entries.set(field, pairs);
  }
  const root = emptyMap(place);
  root.entries.set('apiVersion', scalar('v1', place));
  root.entries.set('kind', scalar(kind, place));
  root.entries.set('metadata', metadata);
  if (kind === 'Secret') root.entries.set('type', scalar(scalarText(child(entry, 'type')) || 'Opaque', place));
  for (const [key, value] of [...pairsOf(entry, read)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const isText = isUtf8(value);
    const field = kind === 'Secret' || isText ? 'data' : 'binaryData';
    const text = kind === 'Secret' || !isText ? brokenBase64(value) : value.toString('utf8');
    dataOf(root, field, place).entries.set(key, scalar(text, place));
  }
  if (kind === 'Secret') dataOf(root, 'data', place);
  if (isOn('immutable')) root.entries.set('immutable', scalar(true, place));
  return { root, hashed: !isOn('disableNameSuffixHash'), behavior: scalarText(child(entry, 'behavior')) };
}

function dataOf(root: MapNode, field: string, place: Place): MapNode {
  const known = root.entries.get(field);
  if (known?.kind === 'map') return known;
  const made = emptyMap(place);
  root.entries.set(field, made);
  return made;
}

/** Those of the entry go before the options of all. */
function mergedPairs(options: readonly (RenderNode | undefined)[], field: string): MapNode | undefined {
  const maps = options.map((all) => child(all, field)).filter((node) => node?.kind === 'map');
  if (maps.length === 0) return undefined;
  const merged = emptyMap(maps[0].place);
  for (const map of maps.reverse())
    for (const [name, value] of map.entries) merged.entries.set(name, scalar(scalarText(value), value.place));
  return merged;
}

/** base64, in lines of 70 characters where it is long. */
function brokenBase64(value: Buffer): string {
  const text = value.toString('base64');
  const lines = text.match(/.{1,70}/g) ?? [''];
  return Math.floor(text.length / 70) + 1 > 1 ? lines.map((line) => `${line}\n`).join('') : text;
}

function pairsOf(entry: RenderNode, read: ReadBytes): ReadonlyMap<string, Buffer> {
  const pairs = new Map<string, Buffer>();
  const env = child(entry, 'env');
  const envs = concat(texts(entry, 'envs'), env === undefined ? [] : [scalarText(env)]);
  for (const path of envs) {
    for (const line of bytesOf(path, read, entry)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)) {
      const trimmed = line.trimStart();
      if (trimmed === '' || trimmed.startsWith('#')) continue;
      const equals = trimmed.indexOf('=');
      pairs.set(
        equals < 0 ? trimmed : trimmed.slice(0, equals),
        Buffer.from(equals < 0 ? '' : trimmed.slice(equals + 1)),
      );
    }
  }
  for (const literal of texts(entry, 'literals')) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new PatchError(`the literal ${literal} is not of the form key=value`, entry);
    pairs.set(literal.slice(0, equals), Buffer.from(unquoted(literal.slice(equals + 1))));
  }
  for (const source of texts(entry, 'files')) {
    const equals = source.indexOf('=');
    const path = equals < 0 ? source : source.slice(equals + 1);
    pairs.set(equals < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, equals), bytesOf(path, read, entry));
  }
  return pairs;
}

function texts(entry: RenderNode, field: string): readonly string[] {
  const node = child(entry, field);
  return node?.kind === 'list' ? node.items.map(scalarText) : [];
}

function unquoted(text: string): string {
  const isQuoted = text.length >= 2 && ['"', "'"].some((quote) => text.startsWith(quote) && text.endsWith(quote));
  return isQuoted ? text.slice(1, -1) : text;
}

function bytesOf(path: string, read: ReadBytes, entry: RenderNode): Buffer {
  const bytes = read(path);
  if (bytes === undefined) throw new PatchError(`${path} cannot be read`, entry);
  return Buffer.from(bytes);
}

/** The end of a generated name: `hasher.Hash` of kustomize, of the data of the object. */
export function contentHash(root: MapNode): string {
  const value = valueOf(root);
  const data = at(value, 'data') ?? '';
  // kustomize looks for a field called `metadata/name`, so that no name counts.
  const name = '';
  const isSecret = at(value, 'kind') === 'Secret';
  const binaryData = record(at(value, 'binaryData'));
  const content = isSecret
    ? { kind: 'Secret', type: at(value, 'type') ?? '', name, data }
    : { kind: 'ConfigMap', name, data, ...(binaryData && { binaryData }) };
  const hash = createHash('sha256').update(goJson(content)).digest('hex').slice(0, 10);
  return hash.replace(/[013ae]/g, (digit) => HASH_LETTERS.get(digit) ?? digit);
}

const HASH_LETTERS: ReadonlyMap<string, string> = new Map([
  ['0', 'g'],
  ['1', 'h'],
  ['3', 'k'],
  ['a', 'm'],
  ['e', 't'],
]);

/** JSON as Go writes it: keys sorted, and what HTML could mistake escaped. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${list(value).map(goJson).join(',')}]`;
  const map = record(value);
  if (map === undefined) {
    return JSON.stringify(value ?? null).replace(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  const names = Object.keys(map).sort();
  return `{${names.map((name) => `${goJson(name)}:${goJson(member(map, name))}`).join(',')}}`;
}
