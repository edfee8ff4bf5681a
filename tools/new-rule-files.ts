import { compareText } from '../lib/finding/finding';

/** What is known of the rules that there are. */
export interface KnownRules {
  /** The rules of `lib/rules`, by their folder. */
  readonly rules: readonly { readonly folder: string; readonly slug: string; readonly code: string }[];
  /** Every code that ever stood for a rule: none is used again. */
  readonly takenCodes: ReadonlySet<string>;
}

/** A file to write; the path is that from the root of the repository. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new rule, `[FOLDER/]SLUG`: an example that works, whose every place to fill in is marked. The rule, its page and its
 * test stand in the folder of the rules whose names begin alike, unless another is named. @throws Error for what cannot be named so
 */
export function newRuleFiles(name: string, known: KnownRules): readonly NewFile[] {
  const [slug, ...above] = name.split('/').reverse();
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(slug) || above.length > 1) {
    throw new Error(`${name} is no name of a rule: write [FOLDER/]SLUG, such as service-name or services/service-name`);
  }
  if (known.rules.some((rule) => rule.slug === slug)) throw new Error(`there is a rule ${slug} already`);
  const folder = folderOf(slug, above.at(0), known);
  const code = nextCode(folder, known);
  const exportName = slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [
    { path: `lib/rules/${folder}/${slug}.ts`, text: ruleText(code, slug, exportName) },
    { path: `docs/rules/${code}.md`, text: pageText(code, slug) },
    { path: `test/rules/${folder}/${slug}.test.ts`, text: testText(code, slug, exportName, folder) },
  ];
}

function folderOf(slug: string, named: string | undefined, { rules }: KnownRules): string {
  const folders = [...new Set(rules.map(({ folder }) => folder))].sort(compareText);
  const [topic] = slug.split('-');
  const alike = rules.filter((rule) => rule.slug.split('-')[0] === topic).map(({ folder }) => folder);
  const folder = named ?? mostFrequent(alike);
  if (folder !== undefined && folders.includes(folder)) return folder;
  throw new Error(`name the folder of ${slug}, as FOLDER/${slug}: there are ${folders.join(', ')}`);
}

/** After the last code of the folder, in the hundred to which most of its codes belong. */
function nextCode(folder: string, { rules, takenCodes }: KnownRules): string {
  const codes = rules.filter((rule) => rule.folder === folder).map(({ code }) => code);
  const hundred = String(mostFrequent(codes.map((code) => code.slice(0, 3))));
  const last = Math.max(...codes.filter((code) => code.startsWith(hundred)).map((code) => Number(code.slice(3))));
  const numbers = Array.from({ length: 100 }, (_, step) => (last + 1 + step) % 100);
  const free = numbers.map((number) => hundred + String(number).padStart(2, '0')).find((code) => !takenCodes.has(code));
  if (free === undefined) throw new Error(`every code from ${hundred}00 to ${hundred}99 is taken`);
  return free;
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).at(0)?.[0];
}

function ruleText(code: string, slug: string, exportName: string): string {
  return `import type { NetworkRule } from '../network-rule';

/** TODO: why the rule is as it is, and its source: the KEP, the field of the API, the RFC. */
export const ${exportName}: NetworkRule = {
  code: '${code}',
  slug: '${slug}',
  severity: 'error',
  title: 'TODO: what the rule finds',
  check({ ofKind }, report) {
    for (const object of ofKind('Example')) {
      report({ on: object, field: ['spec'], message: 'TODO: what is wrong, with the value', help: 'TODO: what to do' });
    }
  },
};
`;
}

function pageText(code: string, slug: string): string {
  return `# ${code} ${slug}

**error** · TODO: what the rule finds.

## Why it matters

TODO: what happens on the cluster.

## Example

\`\`\`yaml
apiVersion: example.com/v1
kind: Example
metadata: { name: web, namespace: shop }
spec: {}
\`\`\`

## Corrected

\`\`\`yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
\`\`\`

## How to fix

TODO: the way to the corrected example.

## Source

- TODO: where the rule is written
`;
}

function testText(code: string, slug: string, exportName: string, folder: string): string {
  return `import { ${exportName} } from '../../../lib/rules/${folder}/${slug}';
import { testRule } from '../expectations';

testRule(${exportName}, [
  {
    name: 'TODO: what is wrong',
    input: \`
      - manifest: { apiVersion: example.com/v1, kind: Example, metadata: { name: web, namespace: shop }, spec: {} }
    \`,
    expected: [
      \`
      error ${code} ${slug}
      on Example shop/web at spec
      TODO: what is wrong, with the value
      help: TODO: what to do
      \`,
    ],
  },
  {
    name: 'silent: TODO: what is right',
    input: \`
      - Namespace shop: {}
    \`,
    expected: [],
  },
]);
`;
}
