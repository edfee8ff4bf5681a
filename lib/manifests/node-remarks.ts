import { concat, flatMap } from '../model/lists';
import { below } from '../model/source-object';
import { hasInvisibleEnds, visibleText, withoutInvisibleEnds } from '../syntax/invisible-characters';
import { nodeValue } from './node-value';
import { type Ambiguity, ambiguityOf } from './plain-scalar';
import type { Remark } from './remark';
import { AMBIGUOUS_VALUE, DUPLICATE_KEY, INVISIBLE_CHARACTER, MISSING_SEPARATOR, VALUE_NOT_TEXT } from './rules';
import { belongsInto, type TextMap, textMapUnder } from './text-maps';
import { written, type YamlMapping, type YamlNode, type YamlPair, type YamlScalar } from './yaml-nodes';

type Path = readonly (string | number)[];

/** What is remarkable about the way in which a document is written. What has an anchor is looked at where it stands, not where its aliases do. */
export function nodeRemarks(text: string, root: YamlNode): readonly Remark[] {
  const remarks: (readonly Remark[])[] = [];
  // Of the object that is being looked at.
  let freeFrom: number | undefined;
  const visit = (node: YamlNode, path: Path): void => {
    if (node.kind === 'sequence') {
      node.items.forEach((item, index) => {
        visit(item, below(path, index));
      });
    }
    if (node.kind === 'scalar') remarks.push(valueRemarks(node, path, !isFreeForm(path, freeFrom)));
    if (node.kind !== 'mapping') return;
    if (isObjectPlace(path)) freeFrom = isOfKnownGroup(node) ? undefined : path.length;
    remarks.push(duplicateRemarks(text, node, path), isFreeForm(path, freeFrom) ? [] : textMapRemarks(node, path));
    for (const { key, name, value } of node.pairs) {
      const valuePath = name === undefined ? path : below(path, name);
      if (key.kind === 'scalar' && name !== undefined) remarks.push(keyRemarks(key, valuePath));
      visit(value, valuePath);
    }
  };
  visit(root, []);
  return remarks.flat();
}

function keyRemarks(key: YamlScalar, path: Path): readonly Remark[] {
  return concat(invisibleRemarks(key, 'key', path), key.plain ? ambiguityRemarks(key, path, 'key') : []);
}

/** An object stands alone, or is an item of a list of objects. */
function isObjectPlace(path: Path): boolean {
  return path.length === 0 || (path.length === 2 && path[0] === 'items');
}

/** Groups of Kubernetes itself and of the plugins whose kinds are known; what a field of another kind holds is for its CRD to say. */
const KNOWN_GROUP = /^(?:[a-z]*|(?:[a-z0-9-]+\.)*(?:k8s\.io|projectcalico\.org|cilium\.io|metallb\.io))$/;

function isOfKnownGroup({ pairs }: YamlMapping): boolean {
  const apiVersion = pairs.find(({ name }) => name === 'apiVersion')?.value;
  if (apiVersion?.kind !== 'scalar' || typeof apiVersion.value !== 'string') return true;
  const slash = apiVersion.value.indexOf('/');
  return slash < 0 || (slash <= LONGEST_GROUP && KNOWN_GROUP.test(apiVersion.value.slice(0, slash)));
}

const LONGEST_GROUP = 253;

/** Labels and annotations of an object are texts whatever its kind is; below its other fields anything may stand. */
function isFreeForm(path: Path, freeFrom: number | undefined): boolean {
  return freeFrom !== undefined && path[freeFrom] !== 'metadata';
}

function valueRemarks(value: YamlScalar, path: Path, mayBeTextMap: boolean): readonly Remark[] {
  if (!value.plain) return [];
  return concat(
    invisibleRemarks(value, 'value', path),
    mayBeTextMap && isInTextMap(path) && value.value !== value.text ? [] : ambiguityRemarks(value, path, 'value'),
  );
}

function invisibleRemarks({ text, start }: YamlScalar, role: 'key' | 'value', path: Path): readonly Remark[] {
  if (!hasInvisibleEnds(text)) return [];
  const visible = withoutInvisibleEnds(text);
  return [
    {
      rule: INVISIBLE_CHARACTER,
      ...(role === 'value' && { severity: 'warning' as const }),
      message: `the ${role} ${visibleText(text)} begins or ends with a character that cannot be seen, which is a part of it`,
      help: 'type the white space again: text copied from a web page has no-break spaces in it',
      offset: start,
      path,
      ...(visible !== '' && {
        fix: [role === 'key' ? { field: path, rename: visible } : { field: path, set: visible }],
      }),
    },
  ];
}

/** Fields that hold file modes, which everybody writes in octal. */
const FILE_MODE = /mode$|umask/i;
/** Fields that the API server reads as whole numbers. */
const WHOLE_NUMBERS: ReadonlySet<string> = new Set([
  'containerPort',
  'endPort',
  'healthCheckNodePort',
  'hostPort',
  'nodePort',
  'port',
  'replicas',
  'targetPort',
]);

function ambiguityRemarks(scalar: YamlScalar, path: Path, role: 'key' | 'value'): readonly Remark[] {
  const ambiguity = ambiguityOf(scalar.text);
  const field = lastName(path);
  if (ambiguity === undefined || (ambiguity.octal && role === 'value' && FILE_MODE.test(field))) return [];
  const isRefused = ambiguity.exponent && role === 'value' && WHOLE_NUMBERS.has(field);
  return [
    {
      rule: AMBIGUOUS_VALUE,
      ...(isRefused && { severity: 'error' as const }),
      message:
        role === 'key'
          ? `the key ${readings(scalar.text, ambiguity)}`
          : `${field === '' ? '' : `${field}: `}${readings(scalar.text, ambiguity)}${isRefused ? ', and refused by JSON readers of whole numbers' : ''}`,
      help: `write ${ambiguity.write}`,
      offset: scalar.start,
      path,
      // Text stays text for kubectl.
      ...(role === 'value' && scalar.value === scalar.text && { fix: [{ field: path, quote: true }] }),
    },
  ];
}

function readings(text: string, { kubectl, others }: Ambiguity): string {
  return `${text} is ${kubectl} for kubectl, and ${others}`;
}

function lastName(path: Path): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}

function isInTextMap(path: Path): boolean {
  return textMapAt(path.slice(0, -1)) !== undefined;
}

function textMapAt(path: Path): TextMap | undefined {
  const [own, parent] = [path.at(-1), path.at(-2)];
  return typeof own === 'string' ? textMapUnder(own, typeof parent === 'string' ? parent : undefined) : undefined;
}

function textMapRemarks(mapping: YamlMapping, path: Path): readonly Remark[] {
  const kind = textMapAt(path);
  if (kind === undefined) return [];
  const name = lastName(path);
  return flatMap(mapping.pairs, ({ name: member, key, value }) => {
    const node = written(value);
    const json = node.kind === 'scalar' ? node.value : {};
    if (member === undefined || belongsInto(kind, member, json)) return [];
    return [
      {
        rule: VALUE_NOT_TEXT,
        message: `${name}: ${visibleText(member)} is ${typeText(node)}, and the API server takes nothing but text here`,
        help:
          node.kind === 'scalar'
            ? `put it in quotes: "${node.text}"`
            : 'write text; what has structure goes into another field',
        offset: value.start < 0 || node.kind !== 'scalar' ? key.start : value.start,
        path: [...path, member],
        ...(node.kind === 'scalar' && { fix: [{ field: [...path, member], quote: true as const }] }),
      },
    ];
  });
}

function typeText(node: ReturnType<typeof written>): string {
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'a map' : 'a list';
  const shown = String(node.value) === node.text ? '' : ` (written ${node.text})`;
  return `the ${typeof node.value} ${String(node.value)}${shown}`;
}

/** Keys that appear twice: the last one counts. */
function duplicateRemarks(text: string, mapping: YamlMapping, path: Path): readonly Remark[] {
  const first = new Map<string, YamlPair>();
  const again: { readonly name: string; readonly pair: YamlPair; readonly earlier: YamlPair }[] = [];
  for (const pair of mapping.pairs) {
    if (pair.name === undefined) continue;
    const earlier = first.get(pair.name);
    if (earlier === undefined) first.set(pair.name, pair);
    else again.push({ name: pair.name, pair, earlier });
  }
  const header = path.length === 0 ? again.filter(({ name }) => name === 'apiVersion' || name === 'kind') : [];
  if (header.length === 2) return [separatorRemark(text, header[0].pair.key.start, header[0].earlier.key.start, first)];
  return concat(
    again.map(({ name, pair, earlier }): Remark => ({
      rule: DUPLICATE_KEY,
      message: `the key ${visibleText(name)} appears twice in this map: kubectl takes the last value, other readers refuse the document`,
      help: 'keep one of them, or join their values',
      offset: pair.key.start,
      path: below(path, name),
      related: [{ message: 'it appears here first', offset: earlier.key.start }],
    })),
    overriddenRemarks(mapping, first, path),
  );
}

/** What says which object it is. */
const HEADER: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function separatorRemark(
  text: string,
  offset: number,
  firstOffset: number,
  first: ReadonlyMap<string, YamlPair>,
): Remark {
  const before = text.slice(0, offset).trimEnd();
  const glued = before.endsWith('---');
  return {
    rule: MISSING_SEPARATOR,
    message: glued
      ? 'a second object starts here: the --- before it is not at the start of a line, so it is a part of the value, and the first object is lost'
      : 'a second object starts here without a --- before it, so that the first object is lost',
    help: glued ? 'put a line break before the ---' : 'put a line with --- between the objects',
    offset,
    path: [],
    lost: Object.fromEntries(
      flatMap([...first], ([name, { value }]) => (HEADER.has(name) ? [[name, nodeValue(value)]] : [])),
    ),
    related: [{ message: 'the object that is lost starts here', offset: firstOffset }],
  };
}

/** go-yaml v2 lets a merge key win over keys that stand before it; the YAML 1.1 type says that the map's own keys win. */
function overriddenRemarks(mapping: YamlMapping, own: ReadonlyMap<string, YamlPair>, path: Path): readonly Remark[] {
  const pairs = new Set(mapping.pairs);
  return flatMap([...own], ([name, pair]) => {
    const winner = mapping.entries.get(name);
    if (winner === undefined || pairs.has(winner)) return [];
    return [
      {
        rule: AMBIGUOUS_VALUE,
        message: `the key ${visibleText(name)} is set here and again by a merge key (<<) after it: the merged value counts for kubectl, and this one for other readers`,
        help: 'put the merge key first in its map',
        offset: pair.key.start,
        path: below(path, name),
        related: [{ message: 'the merged value', offset: winner.key.start }],
      },
    ];
  });
}
