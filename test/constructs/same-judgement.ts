import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkFiles } from '../../lib/check/check-files';
import { clusterTextsOf } from '../../lib/config/cluster-options';
import { EMPTY_CONFIG } from '../../lib/config/config';
import { compareText, type Finding, objectText } from '../../lib/finding/finding';
import { INCOMPLETE_IDENTITY, UNKNOWN_KIND, WRONG_API_GROUP } from '../../lib/manifests/rules';
import { NETWORK_RULES } from '../../lib/rules';
import { SUPPRESSION_RULES } from '../../lib/suppression/rules';
import { NetworkSynthesis } from '../../lib/synth';
import type { Analysis } from '../../lib/synth/analysis';
import { clusterFacts } from '../../lib/synth/cluster-facts';
import { today } from '../../lib/system/today';

/** The codes that a manifest can have: the others are those of the plan, of constructs and of the app. */
const JUDGED = new Set(
  [...NETWORK_RULES, ...SUPPRESSION_RULES, INCOMPLETE_IDENTITY, UNKNOWN_KIND, WRONG_API_GROUP].map(({ code }) => code),
);

export function analysisOf(scope: IConstruct): Analysis {
  return (NetworkSynthesis.of(scope) as unknown as { analyse: () => Analysis }).analyse();
}

/** What a synth of the app says of its manifests, and what `netloom check` says of the YAML of each cluster with the facts of that cluster. */
export function judgements(scope: IConstruct): {
  readonly synth: readonly string[];
  readonly check: readonly string[];
} {
  const { findings, objects } = analysisOf(scope);
  const checked = [...objects].flatMap(([cluster, sources]) => {
    const text = Yaml.stringify(...sources.map(({ manifest }) => manifest));
    const file = { path: 'app.yaml', bytes: new TextEncoder().encode(text) };
    const facts = clusterTextsOf(clusterFacts(cluster, EMPTY_CONFIG));
    return [...checkFiles([file], { config: EMPTY_CONFIG, facts, today: today() }).findings];
  });
  return { synth: codesOf(findings.filter(({ code }) => JUDGED.has(code))), check: codesOf(checked) };
}

/** One judge: a synth and a check agree, code by code. */
export function expectSameJudgement(scope: IConstruct): void {
  const { synth, check } = judgements(scope);
  expect(check).toEqual(synth);
}

/** What a rule says twice in the same words of one object is told once where it has a line. */
function codesOf(findings: readonly Finding[]): string[] {
  const said = findings.map(({ code, severity, object }) => `${severity} ${code} on ${objectText(object)}`);
  return [...new Set(said)].sort(compareText);
}
