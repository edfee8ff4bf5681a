import { compareText, type Rule } from '../lib/finding/finding';
import { markdownTable } from './markdown-table';
import type { RuleModule } from './rule-modules';

const GENERATED = '// Written by `npm run generate`.\n';

/** The module that lists the rules of a folder: `type` is that of its elements, which `typeModule` exports. */
export function ruleListModule(
  modules: readonly RuleModule[],
  list: { readonly name: string; readonly type: string; readonly typeModule: string; readonly folder: string },
): string {
  const imports = modules
    .map(({ path, exportName }) => ({ from: `${list.folder}/${path}`, line: `{ ${exportName} }` }))
    .concat({ from: list.typeModule, line: `type { ${list.type} }` })
    .sort((a, b) => compareText(a.from, b.from))
    .map(({ from, line }) => `import ${line} from '${from}';\n`);
  const names = modules.map(({ exportName }) => `  ${exportName},\n`);
  return `${GENERATED}${imports.join('')}
/** Every rule, in the order of the codes. */
export const ${list.name}: readonly ${list.type}[] = [
${names.join('')}];
`;
}

const HEAD = ['Code', 'Name', 'Severity', 'What it finds'];

/** The page of all rules with a new table; what is written around the table stays. */
export function withRuleTable(page: string, rules: readonly Rule[]): string {
  const isRow = (line: string): boolean => line.startsWith('|');
  const lines = page.trimEnd().split('\n');
  const rows = rules.map(({ code, slug, severity, title }) => [`[${code}](${code}.md)`, slug, severity, title]);
  const start = lines.findIndex(isRow);
  const end = lines.findLastIndex(isRow) + 1;
  return [...lines.slice(0, start), ...markdownTable(HEAD, rows), ...lines.slice(end), ''].join('\n');
}
