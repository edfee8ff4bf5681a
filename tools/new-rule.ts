import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, writeGeneratedFiles } from './generated-files';
import { newRuleFiles } from './new-rule-files';
import { ruleModules } from './rule-modules';

async function newRule(names: readonly string[]): Promise<void> {
  if (names.length !== 1) throw new Error('usage: npm run new-rule [FOLDER/]SLUG');
  const rules = ruleModules(join(ROOT, 'lib/rules'), { ownFiles: false });
  const pages = readdirSync(join(ROOT, 'docs/rules'));
  const files = newRuleFiles(names[0], {
    rules: rules.map(({ path, rule: { slug, code } }) => ({ folder: dirname(path), slug, code })),
    takenCodes: new Set(pages.map((page) => page.replace('.md', ''))),
  });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text, { flag: 'wx' });
  }
  const generated = await writeGeneratedFiles();
  process.stdout.write([...files.map(({ path }) => path), ...generated, ''].join('\n'));
  process.stdout.write('fill in what says TODO, then run npm run generate and the tests\n');
}

newRule(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
