import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { ValidationContext, ValidationViolation } from 'cdk8s-cli/plugins';
import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import { INVALID_CONFIG } from '../config/rules';
import { compareFindings, type Finding, finding } from '../finding/finding';
import { readManifests } from '../manifests';
import { networkModel } from '../model';
import { findingText } from '../output/text/finding-text';
import { NETWORK_RULES, runRules } from '../rules';
import { applySuppressions } from '../suppression/suppression';
import { annotationSuppressions } from '../suppression/suppression-sources';

/** Checks what was synthesized and reports it as the CLI wants it: errors are violations, the rest is logged. */
export function checkManifests(properties: ClusterTexts, { manifests, report, logger }: ValidationContext): void {
  const findings = findingsOf(properties, manifests);
  for (const found of findings) {
    if (found.severity === 'error') report.addViolation(violation(found));
    else if (found.severity === 'warning') logger.log(findingText(found));
  }
  report.submit(findings.some(({ severity }) => severity === 'error') ? 'failure' : 'success');
}

function findingsOf(properties: ClusterTexts, manifests: readonly string[]): Finding[] {
  const { facts, problems } = readClusterFacts(properties);
  const read = readManifests(manifests.map((path) => ({ path: shortPath(path), bytes: readFileSync(path) })));
  const model = networkModel(read.objects, facts);
  const found = [...read.findings, ...runRules(NETWORK_RULES, model).findings];
  const today = new Date().toISOString().slice(0, 10);
  return [
    ...problems.map(({ key, message, help }) =>
      finding(INVALID_CONFIG, { message: `properties.${key}: ${message}`, help }),
    ),
    ...applySuppressions(found, annotationSuppressions(model.objects), today).findings,
  ].sort(compareFindings);
}

function shortPath(path: string): string {
  return relative(process.cwd(), path).split(sep).join('/');
}

function violation({ code, slug, message, help, object, origin, related }: Finding): ValidationViolation {
  const place = (position: typeof origin): string =>
    position === null ? '' : [position.file, position.line, position.column].filter((part) => part !== null).join(':');
  return {
    ruleName: `${code} ${slug}`,
    recommendation: message,
    fix: help,
    violatingResources: [
      {
        resourceName: object?.name ?? '',
        locations: [place(origin), ...related.map((other) => place(other.origin))].filter((text) => text !== ''),
        manifestPath: origin?.file ?? '',
      },
    ],
  };
}
