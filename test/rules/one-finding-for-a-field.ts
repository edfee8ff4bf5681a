import type { Finding } from '../../lib/finding/finding';
import { objectText } from '../../lib/finding/finding';
import { networkModel, type ClusterFacts, type SourceObject } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';

const OBJECT_RULES = NETWORK_RULES.filter(({ layer }) => layer === 'object');

/** Rules that may speak of one field, because they say different things of it, and why. */
const HONEST_PAIRS: ReadonlyMap<string, string> = new Map([
  ['NL160 NL161', 'a range that ends beyond the last port may also meet the ephemeral ports'],
  ['NL160 NL942', 'the file of a component is one text, with settings that are wrong and others that are deprecated'],
  ['NL221 NL260', 'externalIPs are deprecated, and this type of Service ignores them besides'],
  ['NL231 NL232', 'a port without number and without name: what is absent is told at the port'],
  ['NL231 NL239', 'neither ports nor ipFamilyPolicy: what is absent is told at the spec'],
  ['NL232 NL233', 'a port without name that is listed twice'],
  ['NL310 NL920', 'a field that this version does not know, with a value that no version takes'],
  ['NL311 NL538', 'hostNetwork has two consequences: for DNS, and for user namespaces'],
  ['NL541 NL646', 'a network that leaves nobody over, and is of another family than the others'],
]);

/** `NL235 NL262 on Service shop/web at spec.selector`: which rules that look at one object alone speak of one field. Sources tell the field as their construct. */
export function fieldsToldTwice(sources: readonly SourceObject[], facts: ClusterFacts): string[] {
  const told = new Map<string, Set<string>>();
  for (const found of runRules(OBJECT_RULES, networkModel(sources, facts)).findings) {
    const place = placeOf(found);
    told.set(place, (told.get(place) ?? new Set()).add(found.code));
  }
  return [...told].flatMap(([place, codes]) => {
    const pair = [...codes].sort().join(' ');
    return codes.size < 2 || HONEST_PAIRS.has(pair) ? [] : [`${pair} on ${place}`];
  });
}

function placeOf({ object, origin }: Finding): string {
  return `${objectText(object)} at ${origin?.file ?? ''} ${origin?.construct ?? ''}`;
}
