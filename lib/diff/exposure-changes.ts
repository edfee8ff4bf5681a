import { type AddressSet, difference, formatCidr, setToCidrs } from '../address';
import { compareText, objectText, type ObjectRef, type Origin } from '../finding/finding';
import { identityOf, type NetworkModel } from '../model';
import { type Entrance, type Exposure, exposures } from './exposure';

/** What the outside can do in one of two states and not in the other. */
export interface ExposureChange {
  readonly change: 'exposed' | 'withdrawn' | 'widened' | 'narrowed' | 'altered';
  readonly object: ObjectRef;
  readonly entrance: Entrance;
  /** What answers, where the object says it: `Service shop/web:80`. */
  readonly target: string | null;
  readonly before: ExposureState | null;
  readonly after: ExposureState | null;
}

export interface ExposureState {
  /** What can be asked for from outside: `443/TCP`, `shop.example.com/api (Prefix)`. */
  readonly address: string;
  /** CIDRs that may come in; null for everybody. */
  readonly sources: readonly string[] | null;
  readonly origin: Origin;
}

/**
 * `exposed` and `withdrawn` where only one state has it; `widened` and `narrowed` where one lets in all that the other does and more: further
 * sources, or a prefix of the same path for the same target; `altered` where each lets in what the other does not.
 */
export function exposureChanges(before: NetworkModel, after: NetworkModel): ExposureChange[] {
  const [old, current] = [before, after].map(byKey);
  const lost = [...old].filter(([key]) => !current.has(key));
  const gained = [...current].filter(([key]) => !old.has(key));
  const same = [...current].flatMap(([key, to]) => {
    const from = old.get(key);
    const change = from && compareSources(from.sources, to.sources);
    return change === undefined ? [] : [changeOf(change, from ?? null, to, to)];
  });
  const widened = coveredBy(lost, gained);
  const narrowed = coveredBy(gained, lost);
  const paired = new Set([...widened, ...narrowed].flat());
  return [
    ...same,
    ...widened.map(([from, to]) => changeOf('widened', from, to, to)),
    ...narrowed.map(([to, from]) => changeOf('narrowed', from, to, to)),
    ...lost.flatMap(([, from]) => (paired.has(from) ? [] : [changeOf('withdrawn', from, null, from)])),
    ...gained.flatMap(([, to]) => (paired.has(to) ? [] : [changeOf('exposed', null, to, to)])),
  ].sort(compareChanges);
}

const ORDER = ['exposed', 'widened', 'altered', 'narrowed', 'withdrawn'];

function compareChanges(a: ExposureChange, b: ExposureChange): number {
  return (
    ORDER.indexOf(a.change) - ORDER.indexOf(b.change) ||
    compareText(objectText(a.object), objectText(b.object)) ||
    compareText(a.entrance, b.entrance) ||
    compareText(addressOf(a), addressOf(b)) ||
    compareText(a.target ?? '', b.target ?? '')
  );
}

function addressOf({ before, after }: ExposureChange): string {
  return `${before?.address ?? ''}\0${after?.address ?? ''}`;
}

function changeOf(
  change: ExposureChange['change'],
  from: Exposure | null,
  to: Exposure | null,
  shown: Exposure,
): ExposureChange {
  return {
    change,
    object: shown.object.ref,
    entrance: shown.entrance,
    target: shown.target,
    before: from && stateOf(from),
    after: to && stateOf(to),
  };
}

function stateOf({ address, sources, object, path }: Exposure): ExposureState {
  return { address, sources: sources ? setToCidrs(sources).map(formatCidr) : null, origin: object.locate(path) };
}

function byKey(model: NetworkModel): Map<string, Exposure> {
  const found = new Map<string, Exposure>();
  for (const exposure of exposures(model)) {
    const key = `${ownerKey(exposure)}\0${exposure.address}`;
    if (!found.has(key)) found.set(key, exposure);
  }
  return found;
}

function ownerKey({ object, entrance, target }: Exposure): string {
  return [identityOf(object.ref), entrance, target ?? ''].join('\0');
}

function compareSources(
  before: AddressSet | undefined,
  after: AddressSet | undefined,
): 'widened' | 'narrowed' | 'altered' | undefined {
  if (before === undefined && after === undefined) return undefined;
  const more = before !== undefined && (after === undefined || difference(after, before).ranges.length > 0);
  const less = after !== undefined && (before === undefined || difference(before, after).ranges.length > 0);
  return more && less ? 'altered' : more ? 'widened' : less ? 'narrowed' : undefined;
}

type Entry = readonly [key: string, exposure: Exposure];

/** Each of the narrow ones with the narrowest of the wide ones that answers the same requests for the same target. */
function coveredBy(narrow: readonly Entry[], wide: readonly Entry[]): [narrow: Exposure, wide: Exposure][] {
  const roots = new Map<string, PathNode>();
  for (const [, exposure] of wide) {
    const { request } = exposure;
    if (request?.prefix === undefined) continue;
    let node = nodeIn(roots, hostKey(exposure, request.host));
    for (const element of elementsOf(request.prefix)) node = nodeIn(node.below, element);
    node.exposure = exposure;
  }
  return narrow.flatMap(([, exposure]): [Exposure, Exposure][] => {
    const { request } = exposure;
    if (request?.prefix === undefined) return [];
    for (const host of widerHosts(request.host)) {
      const found = longestPrefix(roots.get(hostKey(exposure, host)), elementsOf(request.prefix));
      if (found !== undefined) return [[exposure, found]];
    }
    return [];
  });
}

/** Paths by their elements. */
interface PathNode {
  exposure: Exposure | undefined;
  readonly below: Map<string, PathNode>;
}

function nodeIn(nodes: Map<string, PathNode>, key: string): PathNode {
  const node = nodes.get(key) ?? { exposure: undefined, below: new Map<string, PathNode>() };
  nodes.set(key, node);
  return node;
}

function longestPrefix(root: PathNode | undefined, elements: readonly string[]): Exposure | undefined {
  let found: Exposure | undefined;
  let node = root;
  for (const element of elements) {
    node = node?.below.get(element);
    found = node?.exposure ?? found;
  }
  return found;
}

function hostKey(exposure: Exposure, host: string): string {
  return [ownerKey(exposure), host].join('\0');
}

/** A wildcard of an Ingress stands for one label, so that it covers what one label shorter is. */
function widerHosts(host: string): string[] {
  const dot = host.indexOf('.');
  return [...new Set([host, ...(dot < 0 ? [] : [`*${host.slice(dot)}`]), '*'])];
}

/** Prefixes match element by element: `/a` covers `/a/b` and not `/ab`. */
function elementsOf(path: string): readonly string[] {
  return path.replace(/(?<!\/)\/+$/, '').split('/');
}
