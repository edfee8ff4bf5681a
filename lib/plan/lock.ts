import { IP_FAMILIES } from '../address';
import { compareText, finding, type Finding } from '../finding/finding';
import { nearestWord } from './did-you-mean';
import { jsonErrorAt, memberNames, positionOf } from './json-errors';
import { LOCK_UNREADABLE } from './rules';
import { ROLES } from './spec';

/** What was allocated, by key. */
export interface Lock {
  readonly allocations: ReadonlyMap<string, string>;
}

export const EMPTY_LOCK: Lock = { allocations: new Map() };

/** One entry of the lock that a plan adds (`before` is null), removes (`after` is null) or replaces. */
export interface LockChange {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a single Service can have planned, as it stands in lock keys. */
export type AssignmentKind = 'clusterIP' | 'nodePort' | 'loadBalancerIP';

export const ASSIGNMENT_KINDS: readonly AssignmentKind[] = ['clusterIP', 'nodePort', 'loadBalancerIP'];

/** Whether the key is one of a cluster's range (`cluster/role/family`) and not one of a single Service, which has more segments. */
export function isFleetKey(key: string): boolean {
  const first = key.indexOf('/');
  const second = key.indexOf('/', first + 1);
  return first !== -1 && second !== -1 && !key.includes('/', second + 1);
}

/**
 * Reads the text of a lock. Never throws: what is wrong is a finding, and a lock with a finding must not be written over.
 *
 * @param file its name in findings
 */
export function parseLock(text: string, file = 'netloom.lock.json'): { lock: Lock; findings: Finding[] } {
  const broken = (message: string, help: string, at: number | null = null): Finding => {
    const place = at === null ? { line: null, column: null } : positionOf(text, at);
    return finding(LOCK_UNREADABLE, {
      message: `${file} ${message}`,
      help,
      origin: { file, ...place, construct: null },
    });
  };
  const unreadable = (...findings: Finding[]): { lock: Lock; findings: Finding[] } => ({ lock: EMPTY_LOCK, findings });

  const marker = MERGE_MARKER.exec(text);
  if (marker !== null) {
    return unreadable(broken('has the conflict markers of an unfinished merge', RESOLVE_MERGE, marker.index));
  }
  const errorAt = jsonErrorAt(text);
  if (errorAt !== null) {
    const { line, column } = positionOf(text, errorAt);
    const what =
      errorAt === text.length
        ? text.trim() === ''
          ? 'is empty'
          : 'ends in the middle'
        : `is no JSON at line ${line}, column ${column}`;
    return unreadable(broken(what, RESTORE, errorAt));
  }
  const root: unknown = JSON.parse(text);
  if (!isObject(root)) return unreadable(broken('is no JSON object', RESTORE));
  if (root.version !== LOCK_VERSION) {
    const version =
      root.version === undefined
        ? 'no version'
        : typeof root.version === 'object'
          ? 'a version that is no number'
          : `version ${JSON.stringify(root.version)}`;
    return unreadable(
      broken(
        `has ${version}, and this netloom reads version ${LOCK_VERSION}`,
        'use the netloom that wrote it, or restore it from version control',
      ),
    );
  }
  if (!isObject(root.allocations)) {
    return unreadable(broken('has no object "allocations"', RESTORE));
  }

  const findings: Finding[] = [];
  const places = new Map<string, number>();
  for (const { name, at } of memberNames(text)) {
    if (places.has(name)) {
      findings.push(broken(`has the key ${JSON.stringify(name)} twice`, 'keep the right one of the two entries', at));
    }
    places.set(name, at);
  }
  const allocations = new Map<string, string>();
  for (const [key, value] of Object.entries(root.allocations)) {
    const at = places.get(key) ?? null;
    const unknown = keyProblem(key);
    if (unknown !== null) {
      findings.push(broken(`has the key ${JSON.stringify(key)}, ${unknown}`, KEY_SHAPES, at));
    } else if (typeof value !== 'string') {
      const help = 'restore the entry from version control';
      findings.push(broken(`has for ${key} ${valueText(value)}, which is no string`, help, at));
    } else {
      allocations.set(key, value);
    }
  }
  for (const key of Object.keys(root)) {
    if (key === 'version' || key === 'allocations') continue;
    const help = 'remove it; a lock has "version" and "allocations"';
    findings.push(broken(`has the unknown key ${JSON.stringify(key)}`, help, places.get(key) ?? null));
  }
  return { lock: { allocations }, findings };
}

/** The text of a lock: keys sorted, one allocation a line, so that git merges it. */
export function formatLock(lock: Lock): string {
  const entries = [...lock.allocations].sort(([a], [b]) => compareText(a, b));
  const lines = entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const allocations = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "version": ${LOCK_VERSION},\n  "allocations": ${allocations}\n}\n`;
}

const LOCK_VERSION = 1;
const FLEET_KEY_SEGMENTS = 3;
const SERVICE_KEY_SEGMENTS = 5;
const MERGE_MARKER = /^(?:<{7}|>{7}|={7}|\|{7})(?: |$|\r)/m;
const RESTORE = 'restore it from version control; a plan without it could move what is allocated';
const RESOLVE_MERGE =
  'resolve the merge: keep the entries of both sides, and take one side where both have the same key; netloom plan then tells whether they fit together';
const KEY_SHAPES =
  'keys are cluster/role/family, cluster/clusterIP/namespace/name/family, cluster/nodePort/namespace/name/port or cluster/loadBalancerIP/namespace/name/family';

/** Why the key has none of the shapes of a lock key, or null. */
function keyProblem(key: string): string | null {
  const segments = key.split('/');
  if (segments.includes('')) return 'which has an empty segment';
  if (segments.length !== FLEET_KEY_SEGMENTS && segments.length !== SERVICE_KEY_SEGMENTS) {
    return `which has ${segments.length} ${segments.length === 1 ? 'segment' : 'segments'}`;
  }
  const kinds: readonly string[] = segments.length === FLEET_KEY_SEGMENTS ? ROLES : ASSIGNMENT_KINDS;
  const family = segments[1] === 'nodePort' ? null : segments[segments.length - 1];
  if (!kinds.includes(segments[1])) return `in which ${unknownWord(segments[1], kinds)}`;
  const families: readonly string[] = IP_FAMILIES;
  if (family !== null && !families.includes(family)) return `in which ${unknownWord(family, families)}`;
  return null;
}

/** Not as JSON: a value may be nested deeper than that can be written. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : `the value ${JSON.stringify(value)}`;
}

function unknownWord(word: string, words: readonly string[]): string {
  const nearest = nearestWord(word, words);
  return `"${word}" is none of ${words.join(', ')}${nearest === null ? '' : ` (did you mean ${nearest}?)`}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
