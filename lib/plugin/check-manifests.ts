import { relative, sep } from 'node:path';
import type { ValidationContext, ValidationViolation } from 'cdk8s-cli/plugins';
import { checkFiles } from '../check/check-files';
import { CLUSTER_KEY } from '../config/cluster-key';
import { withSeverities } from '../config/config';
import type { ConfigPath } from '../config/config-key';
import { INVALID_CONFIG } from '../config/rules';
import { readRegularFile } from '../system/read-file';
import { compareFindings, type Finding, finding, objectText, type Origin } from '../finding/finding';
import { excluder } from '../config/exclude-key';
import { findingText } from '../output/text/finding-text';
import { readConfigFile } from '../synth/config-file';
import { namesPaths, recordedClusters, withClusters } from '../synth/recorded-clusters';
import { today } from '../system/today';

/** Checks what was synthesized and reports it as the CLI wants it: errors are violations, the rest is logged. */
export function checkManifests(properties: unknown, { manifests, report, logger }: ValidationContext): void {
  const findings = findingsOf(properties, manifests);
  for (const found of findings) {
    if (found.severity === 'error') report.addViolation(violation(found));
    else if (found.severity === 'warning') logger.log(findingText(found));
  }
  report.submit(findings.some(({ severity }) => severity === 'error') ? 'failure' : 'success');
}

/** `netloom.yaml` counts here too, and which clusters the synth has recorded; what the properties say goes before it. */
function findingsOf(properties: unknown, manifests: readonly string[]): Finding[] {
  const wrong: Finding[] = [];
  const facts = CLUSTER_KEY.read(properties, ['properties'], {
    ruleNames: new Map(),
    locate: () => NOWHERE,
    report: (path: ConfigPath, message, help) => {
      wrong.push(finding(INVALID_CONFIG, { message: `${path.join('.')}: ${message}`, help }));
    },
  });
  const { config, findings } = readConfigFile();
  const isExcluded = excluder(config);
  const paths = manifests.map((path) => ({ path, shown: shortPath(path) })).filter(({ shown }) => !isExcluded(shown));
  const files = paths.map(({ path, shown }) => ({ path: shown, bytes: readRegularFile(path) }));
  const clusters = namesPaths(config) ? [] : recordedClusters(files.map(({ path }) => path));
  const checked = checkFiles(files, { config: withClusters(config, clusters), facts, today: today() });
  return withSeverities([...wrong, ...findings, ...checked.findings], config).sort(compareFindings);
}

const NOWHERE: Origin = { file: null, line: null, column: null, construct: null };

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
        // The CLI looks up construct paths by bare name, which objects of other kinds and namespaces may share: no path beats a wrong one.
        resourceName: objectText(object),
        locations: [place(origin), ...related.map((other) => place(other.origin))].filter((text) => text !== ''),
        manifestPath: origin?.file ?? '',
      },
    ],
  };
}
