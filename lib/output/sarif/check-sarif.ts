import { type Finding, objectText, type Origin, type Severity } from '../../finding/finding';
import type { Replacement } from '../../fix';
import { type CheckResult, sentences } from '../check-result';
import { jsonText } from '../json/json-text';

const REPOSITORY = 'https://github.com/netloom/netloom';
const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
export function checkSarif({ findings, rules, replacements }: CheckResult, version: string): string {
  const indexOf = new Map(rules.map(({ code }, index) => [code, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'netloom',
            version,
            informationUri: REPOSITORY,
            rules: rules.map(({ code, slug, severity, title }) => ({
              id: code,
              name: slug,
              shortDescription: { text: title },
              fullDescription: {
                text: `${title}. \`netloom rule ${code}\` explains why it matters and how to fix it.`,
              },
              help: { text: `netloom rule ${code} explains it` },
              helpUri: `${REPOSITORY}/blob/v${version}/docs/rules/${code}.md`,
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexOf, replacements?.get(finding))),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

function result(finding: Finding, indexOf: ReadonlyMap<string, number>, replacements?: readonly Replacement[]): object {
  const { code, severity, message: text, help, object, origin, related } = finding;
  const ruleIndex = indexOf.get(code);
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: message(sentences(text, help)),
    locations: [location(origin, objectText(object))],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        ...location(other.origin, objectText(other.object)),
        message: message(other.message),
      })),
    }),
    ...(replacements && { fixes: [fix(replacements, help)] }),
  };
}

/** `[text](target)` in a message is a link (SARIF 2.1.0, 3.11.6), and nothing from outside shall be one. */
function message(text: string): object {
  return { text: text.replaceAll('](', ']\u200b(') };
}

/** All replacements of a fix are in one file. */
function fix(replacements: readonly Replacement[], help: string): object {
  return {
    description: message(help),
    artifactChanges: [
      {
        artifactLocation: artifactLocation(replacements[0].file),
        replacements: replacements.map(({ start, end, text }) => ({
          deletedRegion: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          },
          insertedContent: { text },
        })),
      },
    ],
  };
}

function location(origin: Origin | null, object: string): object {
  return {
    ...(origin?.file && { physicalLocation: physicalLocation(origin.file, origin) }),
    ...(object !== '' && { logicalLocations: [{ fullyQualifiedName: origin?.construct ?? object, name: object }] }),
  };
}

function physicalLocation(file: string, { line, column }: Origin): object {
  return {
    artifactLocation: artifactLocation(file),
    ...(line !== null && { region: { startLine: line, ...(column !== null && { startColumn: column }) } }),
  };
}

function artifactLocation(file: string): object {
  return { uri: file.split('/').map(encodeURIComponent).join('/') };
}
