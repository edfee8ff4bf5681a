import { type Event, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { flatMap } from '../model/lists';
import { startOfLine } from './text-lines';
import { floatKey, isFloat, plainScalar, type Scalar } from './plain-scalar';

/**
 * How much a document may grow when its aliases are replaced by what they stand for: anything that people write, but no alias bomb.
 * Whoever walks through the value does so in time linear to the text.
 */
const MAX_GROWTH = 100;
const ALWAYS_ALLOWED = 10_000;
/** The same for merge keys, which copy what they merge: a chain of them would take quadratic space. */
const MAX_MERGED = 10;

/** A YAML document as it is written, with the places of everything. Aliases stay aliases. */
export interface YamlDocument {
  readonly root: YamlNode;
  /** What makes the document unreadable for Kubernetes. */
  readonly problems: readonly NodeProblem[];
  /** Whether it grows far more than the text is long when its aliases are replaced. */
  readonly isBomb: boolean;
}

export interface NodeProblem {
  readonly message: string;
  readonly help: string;
  readonly offset: number;
}

export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

interface Written {
  /** Where it is written; -1 for the value of `key:`, which is not written at all. */
  readonly start: number;
  /** How many nodes there are after all aliases have been replaced by what they stand for. */
  readonly size: number;
  /** How deep they are nested then. */
  readonly height: number;
}

export interface YamlScalar extends Written {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly text: string;
  /** Without quotes and tag. */
  readonly plain: boolean;
  /** Behind its last character, quotes included. Of no use for block scalars. */
  readonly end: number;
}

export interface YamlMapping extends Written {
  readonly kind: 'mapping';
  readonly pairs: readonly YamlPair[];
  /** What the mapping means to kubectl, by key: the last of equal keys, and what merge keys bring in, even over keys that stand before them. */
  readonly entries: ReadonlyMap<string, YamlPair>;
}

export interface YamlPair {
  readonly key: YamlNode;
  /** The key in JSON. Undefined for a merge key (`<<`). */
  readonly name: string | undefined;
  readonly value: YamlNode;
}

export interface YamlSequence extends Written {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends Written {
  readonly kind: 'alias';
  readonly target: Exclude<YamlNode, YamlAlias>;
}

const NOWHERE = -1;
const EMPTY: YamlScalar = {
  kind: 'scalar',
  start: NOWHERE,
  end: NOWHERE,
  size: 1,
  height: 0,
  value: null,
  text: '',
  plain: true,
};

/** A map or list whose end is not reached yet. */
interface Open {
  readonly isMapping: boolean;
  readonly start: number;
  readonly anchor: string | undefined;
  readonly children: YamlNode[];
}

/** What is noted while a document is built. */
interface Building {
  readonly problems: NodeProblem[];
  /** How many more entries may be merged; negative when there were too many. */
  mergesLeft: number;
}

/** Builds a document from the events of the parser, which are those of one document. */
export function yamlDocument(text: string, events: readonly Event[]): YamlDocument {
  const anchors = new Map<string, YamlNode | 'open'>();
  const problems: NodeProblem[] = [];
  const open: Open[] = [];
  const building: Building = { problems, mergesLeft: ALWAYS_ALLOWED + MAX_MERGED * events.length };
  let root: YamlNode = EMPTY;

  const add = (node: YamlNode, anchor: string | undefined): void => {
    if (anchor !== undefined) anchors.set(anchor, node);
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  };
  const openCollection = (isMapping: boolean, start: number, anchor: string | undefined): void => {
    if (anchor !== undefined) anchors.set(anchor, 'open');
    open.push({ isMapping, start, anchor, children: [] });
  };

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        break;
      case EVENT_ID.SCALAR:
        add(scalarNode(text, event, problems), anchorOf(text, event));
        break;
      case EVENT_ID.SEQUENCE:
        openCollection(false, event.start, anchorOf(text, event));
        break;
      case EVENT_ID.MAPPING:
        openCollection(true, event.start, anchorOf(text, event));
        break;
      case EVENT_ID.ALIAS:
        add(
          aliasNode(text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1, anchors, problems),
          undefined,
        );
        break;
      case EVENT_ID.POP: {
        const closed = open.pop();
        if (closed !== undefined) add(collectionNode(closed, building), closed.anchor);
        break;
      }
    }
  }
  const isBomb = root.size > ALWAYS_ALLOWED + MAX_GROWTH * events.length || building.mergesLeft < 0;
  return { root, problems, isBomb };
}

function anchorOf(
  text: string,
  { anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number },
): string | undefined {
  return anchorStart === NOWHERE ? undefined : text.slice(anchorStart, anchorEnd);
}

function aliasNode(
  name: string,
  start: number,
  anchors: ReadonlyMap<string, YamlNode | 'open'>,
  problems: NodeProblem[],
): YamlNode {
  const target = anchors.get(name);
  if (target === undefined || target === 'open' || target.kind === 'alias') {
    problems.push({
      offset: start,
      message:
        target === undefined
          ? `*${name} refers to an anchor that is not there`
          : `*${name} stands inside of what it stands for`,
      help:
        target === undefined
          ? `write &${name} before the value that is meant, in this document and before the alias; quote the text if it only begins with *`
          : 'write out what is meant: no JSON contains itself',
    });
    return EMPTY;
  }
  return { kind: 'alias', start, target, size: target.size, height: target.height };
}

function scalarNode(text: string, event: ScalarEvent, problems: NodeProblem[]): YamlScalar {
  const source = getScalarValue(text, event);
  const start = startOfScalar(text, event);
  const tag = tagOf(text, event);
  const plain = event.style === SCALAR_STYLE.PLAIN && tag === undefined;
  const value = tag !== undefined ? taggedValue(tag, source) : plain ? plainScalar(source) : source;
  if (value === undefined) {
    problems.push({
      offset: Math.max(start, event.tagStart),
      message: `${JSON.stringify(source)} is not what its tag !!${String(tag)} says`,
      help: 'leave the tag out, or write a value of that type',
    });
  }
  const end = event.valueEnd + (isQuoted(event) ? 1 : 0);
  return { kind: 'scalar', start, end, size: 1, height: 0, text: source, plain, value: value ?? null };
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** The place of a scalar with its quote or its `|` or `>`. */
export function startOfScalar(text: string, { valueStart, style }: ScalarEvent): number {
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return valueStart - 1;
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const headerEnd = valueStart - (text[valueStart - 1] === '\n' && text[valueStart - 2] === '\r' ? 2 : 1);
      const lineStart = startOfLine(text, headerEnd);
      const header = startOfHeader(text.slice(lineStart, headerEnd));
      return header === undefined ? valueStart : lineStart + header;
    }
    case SCALAR_STYLE.PLAIN:
      return valueStart;
  }
}

/** Where the `|` or `>` is behind which nothing but a comment stands in the line. */
function startOfHeader(line: string): number | undefined {
  for (const { index, 0: header } of line.matchAll(/[|>][-+0-9]*[ \t]*/g)) {
    const end = index + header.length;
    if (end === line.length || (line[end] === '#' && /[ \t]/.test(line[end - 1]))) return index;
  }
  return undefined;
}

const CORE_TAG = /^(?:!!|!<tag:yaml\.org,2002:)([a-z]+)>?$/;

/** The name of a core tag; `local` for a tag that Kubernetes tools do not know, and so ignore, and for `!`, which means text. */
function tagOf(text: string, { tagStart, tagEnd }: ScalarEvent): string | undefined {
  if (tagStart === NOWHERE) return undefined;
  const match = CORE_TAG.exec(text.slice(tagStart, tagEnd));
  return match === null ? 'local' : match[1];
}

/** Undefined if the text is not of the type that the tag names. */
function taggedValue(tag: string, source: string): Scalar | undefined {
  const value = plainScalar(source);
  switch (tag) {
    case 'null':
      return value === null ? null : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return typeof value === 'number' && !isFloat(source) ? value : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'binary':
      return Buffer.from(source, 'base64').toString('utf8');
    default:
      return source;
  }
}

function collectionNode({ isMapping, start, children }: Open, building: Building): YamlNode {
  const { problems } = building;
  const written = {
    start,
    size: children.reduce((sum, { size }) => sum + size, 1),
    height: children.reduce((highest, { height }) => Math.max(highest, height), 0) + 1,
  };
  if (!isMapping) {
    for (const item of children) refuseInfinite(item, problems);
    return { kind: 'sequence', ...written, items: children };
  }
  const pairs: YamlPair[] = [];
  for (let index = 0; index < children.length; index += 2) {
    const key = children[index];
    const value = children[index + 1];
    refuseInfinite(value, problems);
    pairs.push({ key, name: isMergeKey(key) ? undefined : keyName(key, problems, start), value });
  }
  return {
    kind: 'mapping',
    ...written,
    pairs,
    entries: entriesOf(pairs, building),
  };
}

function refuseInfinite(node: YamlNode, problems: NodeProblem[]): void {
  if (node.kind !== 'scalar' || typeof node.value !== 'number' || Number.isFinite(node.value)) return;
  problems.push({
    offset: node.start,
    message: `${node.text} is a number that JSON does not have`,
    help: `put it in quotes if text is meant: "${node.text}"`,
  });
}

function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.plain && key.text === '<<';
}

function keyName(key: YamlNode, problems: NodeProblem[], mappingStart: number): string {
  const scalar = written(key);
  if (scalar.kind === 'scalar' && scalar.value !== null) {
    const { value, text } = scalar;
    return typeof value === 'number' && isFloat(text) ? floatKey(value) : String(value);
  }
  problems.push({
    offset: key.start === NOWHERE ? mappingStart : key.start,
    message:
      scalar.kind === 'scalar'
        ? 'a key is null, and the keys of JSON are text'
        : `a key is a ${scalar.kind === 'mapping' ? 'map' : 'list'}, and the keys of JSON are text`,
    help: 'put the key in quotes',
  });
  return '';
}

/** The node that an alias stands for; any other node is itself. */
export function written(node: YamlNode): Exclude<YamlNode, YamlAlias> {
  return node.kind === 'alias' ? node.target : node;
}

function entriesOf(pairs: readonly YamlPair[], building: Building): ReadonlyMap<string, YamlPair> {
  const entries = new Map<string, YamlPair>();
  for (const pair of pairs) {
    if (pair.name !== undefined) {
      entries.set(pair.name, pair);
      continue;
    }
    for (const merged of mergedMaps(pair, building)) {
      for (const [name, entry] of merged.entries) entries.set(name, entry);
    }
  }
  return entries;
}

/** What a merge key brings in: a map, or a list of maps of which the earlier ones win. */
function mergedMaps({ key, value }: YamlPair, building: Building): readonly YamlMapping[] {
  const source = written(value);
  const sources = source.kind === 'sequence' ? source.items.map(written).reverse() : [source];
  return flatMap(sources, (merged) => {
    if (merged.kind === 'mapping') {
      building.mergesLeft -= merged.entries.size;
      return building.mergesLeft < 0 ? [] : [merged];
    }
    building.problems.push({
      offset: key.start,
      message: 'a merge key (<<) merges something that is no map',
      help: 'merge a map, or a list of maps',
    });
    return [];
  });
}
