import { compareText } from '../finding/finding';
import { at, type JsonRecord, member, text } from '../model/json';
import type { Get } from './api-server';
import { ask, type Refusal, type Sleep } from './ask';
import { listObjects } from './list-objects';
import { NETWORK_NAMESPACES } from './network-kinds';
import {
  groupVersionPath,
  listPath,
  listsOfGroup,
  networkGroups,
  type ServedGroup,
  type ServedList,
} from './served-lists';
import { objectPath, writtenPart } from './written-part';

/** What a cluster says about its network at one time. */
export interface Snapshot {
  /** `1.33`; undefined where the server does not say it. */
  readonly kubernetesVersion: string | undefined;
  /** Sorted. */
  readonly objects: readonly JsonRecord[];
  /** What is missing. Sorted. */
  readonly gaps: readonly Gap[];
}

/** Objects that could not be read. */
export interface Gap {
  /** `networkpolicies`, `ippools.crd.projectcalico.org`. */
  readonly resource: string;
  readonly kind: string;
  readonly refused: Refusal;
  readonly because: string;
  /** Namespaces in which they are missing; undefined for all of the cluster. */
  readonly namespaces: readonly string[] | undefined;
}

/** How far the reading is. */
export type Progress = (state: { readonly lists: number; readonly of: number; readonly objects: number }) => void;

export interface ReadOptions {
  readonly sleep: Sleep;
  readonly progress: Progress;
}

/** The cluster gives no answer at all. The message says why. */
export class NoAnswer extends Error {}

/** Lists that are asked for at a time. kube-apiserver queues the rest by itself, and others want an answer too. */
const AT_A_TIME = 6;

/** Reads what concerns the network. @throws NoAnswer */
export async function readSnapshot(get: Get, { sleep, progress }: ReadOptions): Promise<Snapshot> {
  // Where nobody is, nobody comes by waiting long.
  const version = await ask(get, '/version', sleep, 2);
  if ('refused' in version) throw new NoAnswer(noAnswer(version.refused, version.because));
  const { served, gaps } = await servedLists(get, sleep);
  const objects: JsonRecord[] = [];
  let done = 0;
  const found = await inTurn(served, async (one): Promise<Gap[]> => {
    const missing = await readList(get, sleep, one, objects);
    done++;
    progress({ lists: done, of: served.length, objects: objects.length });
    return missing;
  });
  const refused = found.flat();
  const partly = await readByNamespace(get, sleep, { served, gaps: refused, objects });
  const sorted = objects.map((object) => [objectPath(object), object] as const).sort(([a], [b]) => compareText(a, b));
  return {
    kubernetesVersion: minorVersion(version.value),
    objects: sorted.map(([, object]) => object),
    gaps: [...gaps, ...partly].sort((a, b) => compareText(a.resource, b.resource)),
  };
}

function noAnswer(refused: Refusal, because: string): string {
  if (refused === 'credentials') return `${because}; log in again: a token may have expired`;
  return `${because}; kubectl get --raw /version must answer first`;
}

/** Providers add a plus: `33+`. */
function minorVersion(version: unknown): string | undefined {
  const major = text(member(version, 'major'));
  const minor = /^\d+/.exec(text(member(version, 'minor')) ?? '');
  return major === undefined || minor === null ? undefined : `${major}.${minor[0]}`;
}

async function servedLists(
  get: Get,
  sleep: Sleep,
): Promise<{ readonly served: readonly ServedList[]; readonly gaps: readonly Gap[] }> {
  const groups = await ask(get, '/apis', sleep);
  if ('refused' in groups) throw new NoAnswer(noAnswer(groups.refused, groups.because));
  const gaps: Gap[] = [];
  const served = await inTurn(networkGroups(groups.value), async (group: ServedGroup) => {
    const resources = await Promise.all(
      group.versions.map((version) => ask(get, groupVersionPath(group, version), sleep)),
    );
    const read = resources.map((asked) => ('value' in asked ? asked.value : undefined));
    for (const [index, asked] of resources.entries()) {
      if ('value' in asked) continue;
      const resource = `${group.group}/${group.versions[index]}`;
      gaps.push({ resource, kind: `all kinds of ${resource}`, namespaces: undefined, ...asked });
    }
    return listsOfGroup(group, read);
  });
  return { served: served.flat(), gaps };
}

async function readList(
  get: Get,
  sleep: Sleep,
  served: ServedList,
  objects: JsonRecord[],
  namespace?: string,
): Promise<Gap[]> {
  const listed = await listObjects(get, listPath(served, namespace), sleep);
  if ('objects' in listed) {
    for (const object of listed.objects) objects.push(writtenPart(object, served.apiVersion, served.kind));
    return [];
  }
  // Served a moment ago, and gone: a definition was removed, so that there are none.
  if (listed.refused === 'absent') return [];
  return [
    {
      ...listed,
      resource: resourceOf(served),
      kind: served.kind,
      namespaces: namespace === undefined ? undefined : [namespace],
    },
  ];
}

function resourceOf({ plural, apiVersion }: ServedList): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? plural : `${plural}.${apiVersion.slice(0, slash)}`;
}

interface Refused {
  readonly served: readonly ServedList[];
  readonly gaps: readonly Gap[];
  readonly objects: JsonRecord[];
}

/** Who may not see all namespaces may see some. ConfigMaps of the system are in one of its own. */
async function readByNamespace(get: Get, sleep: Sleep, { served, gaps, objects }: Refused): Promise<readonly Gap[]> {
  const isRefused = new Set(gaps.filter(({ refused }) => refused === 'permission').map(({ resource }) => resource));
  const lists = served.filter((one) => one.isNamespaced && isRefused.has(resourceOf(one)));
  const namespaces = objects
    .filter(({ kind }) => kind === 'Namespace')
    .flatMap(({ metadata }) => text(at(metadata, 'name')) ?? [])
    .sort(compareText);
  const rest = gaps.filter(({ resource }) => !lists.some((one) => resourceOf(one) === resource));
  if (lists.length === 0) return byResource(rest);
  if (namespaces.length === 0) return byResource(gaps);
  const pairs = namespaces.flatMap((namespace) =>
    lists
      .filter(({ name }) => name === undefined || NETWORK_NAMESPACES.has(namespace))
      .map((one) => ({ one, namespace })),
  );
  const missing = await inTurn(pairs, ({ one, namespace }) => readList(get, sleep, one, objects, namespace));
  return byResource([...rest, ...missing.flat()], namespaces.length);
}

/** Each resource once, with the namespaces in which it is missing. */
function byResource(gaps: readonly Gap[], namespaces = 0): readonly Gap[] {
  const merged = new Map<string, Gap>();
  for (const gap of gaps) {
    const other = merged.get(gap.resource);
    const both = other?.namespaces && gap.namespaces && new Set([...other.namespaces, ...gap.namespaces]);
    merged.set(gap.resource, {
      ...gap,
      namespaces: other === undefined ? gap.namespaces : both && [...both].sort(compareText),
    });
  }
  return [...merged.values()].map((gap) =>
    gap.namespaces?.length === namespaces ? { ...gap, namespaces: undefined } : gap,
  );
}

/** In parallel, but not all at once. */
async function inTurn<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await action(items[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, items.length) }, work));
  return results;
}
