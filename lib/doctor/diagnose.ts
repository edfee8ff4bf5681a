import { type Finding, type Severity } from '../finding/finding';
import type { NetworkModel } from '../model';
import { NETWORK_RULES, runRules, type SkippedRule } from '../rules';
import { dnsNotReady } from './dns/dns-not-ready';
import { DOCTOR_RULES } from './doctor-rules';
import { serviceWithoutReadyPods } from './services/service-without-ready-pods';

export interface Diagnosis {
  /** The worst first, causes before what follows from them. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What is wrong now, then what the objects themselves have wrong: remarks about them are the business of a check. */
export function diagnose(model: NetworkModel): Diagnosis {
  const now = runRules(DOCTOR_RULES, model);
  const written = runRules(NETWORK_RULES, model);
  const order = new Map(DOCTOR_RULES.map(({ code }, index) => [code, index]));
  const rank = ({ code, severity }: Finding): number =>
    SEVERITIES.indexOf(severity) * (DOCTOR_RULES.length + 1) + (order.get(code) ?? DOCTOR_RULES.length);
  const errors = written.findings.filter(({ severity }) => severity === 'error');
  return {
    findings: [...withoutEffects(now.findings, errors), ...errors]
      .map((found, index) => ({ found, index }))
      .sort((a, b) => rank(a.found) - rank(b.found) || a.index - b.index)
      .map(({ found }) => found),
    skipped: now.skipped,
  };
}

/** That the DNS Service has no ready pod is said of its pods; that a selector matches nothing, of the selector. */
function withoutEffects(findings: readonly Finding[], errors: readonly Finding[]): readonly Finding[] {
  const placeOf = (object: Finding['object']): string => JSON.stringify(object);
  const causes = findings.filter(({ code, severity }) => code === dnsNotReady.code && severity === 'error');
  const said = new Set(
    [...causes, ...errors.filter(({ code }) => code === NO_MATCH)].map(({ object }) => placeOf(object)),
  );
  return findings.filter(
    ({ code, object, related }) =>
      code !== serviceWithoutReadyPods.code ||
      ![object, ...related.map((other) => other.object)].some((one) => said.has(placeOf(one))),
  );
}

/** A selector that matches no workload. */
const NO_MATCH = 'NL210';
