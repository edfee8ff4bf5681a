import { brief } from '../finding/brief';
import { type Finding, finding, type Origin, type Rule } from '../finding/finding';
import { type ClusterFacts, type FieldPath, fixOf, flatMap, type ModelObject, type NetworkModel } from '../model';
import { append } from '../model/lookup';
import type { Violation } from '../model/violation';
import { followsFrom } from '../finding/problem';
import { withoutMade } from './made-from-others';
import { unreplacedVariable } from './unreplaced-variables';

export type { RelatedField, Violation } from '../model/violation';

/** A rule over the whole network. It asks the model and reports; it never prints and never throws. */
export interface NetworkRule extends Rule {
  /** Facts without which the rule cannot say anything; it is skipped, and the summary says so, when one is unknown. */
  readonly needs?: readonly (keyof ClusterFacts)[];
  /** `object` for a rule that looks at one object alone, as the API server does when it refuses one. */
  readonly layer?: 'object';
  /** Whether the input has anything that the rule would look at: one that has not is not said to be skipped. Without it, every input has. */
  readonly concerns?: (model: NetworkModel) => boolean;
  /** The same as `needs`, for facts of which one is enough. */
  readonly needsOneOf?: readonly (keyof ClusterFacts)[];
  /** For a rule about fields and not their values, which may be variables that are not replaced yet. */
  readonly ofFieldNames?: true;
  /** What it finds may make the policies mean something else than their author meant: whoever asks who reaches whom is told. */
  readonly concernsReach?: true;
  readonly check: (model: NetworkModel, report: Report) => void;
}

export type Report = (violation: Violation) => void;

export interface SkippedRule {
  readonly code: string;
  readonly because: string;
  /** The options of the command that tell what is not known. */
  readonly options?: readonly string[];
}

export interface RuleResults {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
}

const FACTS: Record<keyof ClusterFacts, { readonly because: string; readonly option?: string }> = {
  serviceCidrs: { because: 'the service CIDR is not known', option: '--service-cidr' },
  podCidrs: { because: 'the pod CIDR is not known', option: '--pod-cidr' },
  nodeCidrs: { because: 'the node network is not known', option: '--node-cidr' },
  loadBalancerCidrs: { because: 'the load balancer range is not known', option: '--load-balancer-cidr' },
  clusterDomain: { because: 'the cluster domain is not known', option: '--cluster-domain' },
  nodePortRange: { because: 'the node port range is not known', option: '--node-port-range' },
  kubernetesVersion: { because: 'the Kubernetes version is not known', option: '--kubernetes-version' },
  policyEngine: { because: 'whose policies decide is not known', option: '--policy-engine' },
  dns: { because: "the cluster's DNS is not known" },
};

export function runRules(rules: readonly NetworkRule[], model: NetworkModel): RuleResults {
  const found: Found[] = [];
  const skipped: SkippedRule[] = [];
  const silenced: { readonly code: string; readonly variable: string }[] = [];
  for (const rule of rules) {
    const missing = missingFacts(rule, model.facts);
    if (missing.length > 0) {
      if (rule.concerns?.(model) ?? true) skipped.push({ code: rule.code, ...reasonOf(missing) });
      continue;
    }
    rule.check(model, (violation) => {
      const variable = rule.ofFieldNames ? undefined : unreplacedVariable(violation);
      if (variable === undefined) found.push({ rule, violation });
      else silenced.push({ code: rule.code, variable });
    });
  }
  for (const code of new Set(silenced.map((silence) => silence.code))) {
    const because = brief(`values are variables that are not replaced yet, such as ${silenced[0].variable}`);
    skipped.push({ code, because });
  }
  return { findings: withoutMade(locatedFindings(decoded(found)), model), skipped };
}

interface Found {
  readonly rule: NetworkRule;
  readonly violation: Violation;
}

const WHOLE: FieldPath = [];

/** Without what would not be said, were the value at that place what it has to be. The rule that says so knows what else is wrong there. */
function decoded(found: readonly Found[]): readonly Found[] {
  const undecodable = new Map<ModelObject, Found[]>();
  for (const each of found) {
    if (each.violation.undecodable) append(undecodable, each.violation.on, each);
  }
  if (undecodable.size === 0) return found;
  return found.filter(
    ({ rule, violation }) =>
      violation.undecodable === true ||
      !(undecodable.get(violation.on) ?? []).some(
        (other) => other.rule !== rule && followsFrom(violation, other.violation),
      ),
  );
}

/** A document is parsed once more for the places in it, so that all places of one document are looked up one after the other. */
function locatedFindings(found: readonly Found[]): readonly Finding[] {
  const places: readonly Pick<Violation, 'on' | 'field' | 'part'>[] = flatMap(found, ({ violation }) => [
    violation,
    ...(violation.related ?? []),
  ]);
  const sorted = places.toSorted((a, b) => a.on.position - b.on.position);
  const origins = new Map<object, Origin>(
    sorted.map((place) => [place, place.on.locate(place.field ?? WHOLE, place.part)]),
  );
  const originOf = (place: object): Origin | null => origins.get(place) ?? null;
  const findings = found.map(({ rule, violation }) =>
    finding(rule, {
      ...violation,
      ...violation.on.wording?.({ code: rule.code, ...violation, field: violation.field ?? WHOLE }),
      object: violation.on.ref,
      origin: originOf(violation),
      fix: fixOf(violation.on.source, violation.fix),
      related: (violation.related ?? []).map((other) => ({
        object: other.on.ref,
        origin: originOf(other),
        message: other.message,
      })),
    }),
  );
  return withoutRepeats(findings);
}

/** What an anchor holds is written once, and said once, however many aliases there are. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const placeOf = ({ code, origin }: Finding): string =>
    `${code} ${origin?.line ?? ''}:${origin?.column ?? ''} ${origin?.construct ?? ''} ${origin?.file ?? ''}`;
  const last = new Map(findings.map((finding) => [placeOf(finding), finding]));
  if (last.size === findings.length) return [...findings];
  const said = new Set<string>();
  return findings.filter((finding) => {
    const { message, help, object, origin, related } = finding;
    const place = placeOf(finding);
    const isAlone = !said.has(place) && last.get(place) === finding;
    if (isAlone || origin?.construct !== null || origin.line === null) return true;
    const text = JSON.stringify([place, message, help, object, related]);
    if (said.has(text)) return false;
    said.add(place).add(text);
    return true;
  });
}

/** What the rule cannot do without; empty when it can be asked. */
function missingFacts({ needs = [], needsOneOf = [] }: NetworkRule, facts: ClusterFacts): readonly Fact[] {
  const unknown = (fact: Fact): boolean => facts[fact] === undefined;
  const missing = needs.find(unknown);
  if (missing !== undefined) return [missing];
  return needsOneOf.every(unknown) ? needsOneOf : [];
}

type Fact = keyof ClusterFacts;

function reasonOf(missing: readonly Fact[]): Omit<SkippedRule, 'code'> {
  return {
    because: missing.map((fact) => FACTS[fact].because).join(', and '),
    options: flatMap(missing, (fact) => FACTS[fact].option ?? []),
  };
}
