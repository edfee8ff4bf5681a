import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { ALL_RULES } from '../../lib/catalogue/rule-catalogue';
import type { Finding, Severity } from '../../lib/finding/finding';
import type { CheckResult } from '../../lib/output/check-result';
import { checkGitlab } from '../../lib/output/gitlab/check-gitlab';
import { checkJunit } from '../../lib/output/junit/check-junit';
import { checkSarif } from '../../lib/output/sarif/check-sarif';

/** The schema of OASIS as it is shipped for tests. */
const SARIF_SCHEMA = join(__dirname, '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

// The dialect, draft 4, is the one thing in it that ajv does not know.
const sarifSchema = {
  ...(JSON.parse(readFileSync(SARIF_SCHEMA, 'utf8')) as object),
  $schema: undefined,
  id: undefined,
};
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
const sarif = ajv.compile(sarifSchema);

/** GitLab: Code Quality report format. */
const gitlab = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', pattern: '^NL[0-9]{3}$' },
      fingerprint: { type: 'string', minLength: 32 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', not: { pattern: '^\\./' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

const origin = fc.option(
  fc.record({
    file: fc.option(fc.constantFrom('dist/a.yaml', 'a b/ü#?.yaml', '(standard input)')),
    line: fc.option(fc.integer({ min: 1, max: 1e6 })),
    column: fc.option(fc.integer({ min: 1, max: 1e4 })),
    construct: fc.option(fc.constantFrom('prod/shop/web')),
  }),
);
const object = fc.option(
  fc.record({
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Service'),
    namespace: fc.option(fc.string()),
    name: fc.string(),
  }),
);
const findings: fc.Arbitrary<Finding[]> = fc.array(
  fc.record({
    code: fc.constantFrom(...ALL_RULES.map(({ code }) => code)),
    slug: fc.constant('x'),
    severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
    message: fc.string({ unit: 'binary', minLength: 1 }),
    help: fc.string({ minLength: 1 }),
    object,
    origin,
    related: fc.array(fc.record({ message: fc.string({ minLength: 1 }), object, origin }), { maxLength: 2 }),
  }),
);
const result = (found: readonly Finding[]): CheckResult => ({
  findings: found,
  skipped: [],
  suppressed: 0,
  files: 1,
  objects: 1,
  rules: ALL_RULES,
  textOf: () => undefined,
});

test('SARIF is valid by the schema of SARIF 2.1.0', () => {
  fc.assert(
    fc.property(findings, (found) => {
      sarif(JSON.parse(checkSarif(result(found), '1.2.3')));
      expect(sarif.errors ?? []).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('the schema refuses what is no SARIF', () => {
  expect(sarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});

test('every rule of SARIF says what it finds, how bad it is and where more is said', () => {
  const log = JSON.parse(checkSarif(result([]), '1.2.3')) as {
    runs: { tool: { driver: { rules: Record<string, unknown>[] } } }[];
  };
  const { rules } = log.runs[0].tool.driver;
  expect(rules.map(({ id }) => id)).toEqual(ALL_RULES.map(({ code }) => code));
  expect(rules[0]).toMatchObject({
    shortDescription: { text: ALL_RULES[0].title },
    fullDescription: { text: expect.stringContaining(ALL_RULES[0].title) as string },
    helpUri: `https://github.com/netloom/netloom/blob/v1.2.3/docs/rules/${ALL_RULES[0].code}.md`,
    defaultConfiguration: { level: 'error' },
  });
});

test('a report for GitLab has what GitLab asks for, and fingerprints that are unique', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const report = JSON.parse(checkGitlab(result(found))) as { fingerprint: string }[];
      gitlab(report);
      expect(gitlab.errors ?? []).toEqual([]);
      expect(new Set(report.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
    }),
  );
});

test('JUnit counts what it lists', () => {
  fc.assert(
    fc.property(findings, (found) => {
      const xml = checkJunit(result(found));
      const count = (pattern: RegExp): number => [...xml.matchAll(pattern)].length;
      expect(xml).toContain(
        `<testsuite name="netloom" tests="${count(/<testcase /g)}" failures="${count(/<failure /g)}">`,
      );
      expect(count(/<testcase classname="[^"<]*" name="[^"<]*"/g)).toBe(count(/<testcase /g));
    }),
  );
});
