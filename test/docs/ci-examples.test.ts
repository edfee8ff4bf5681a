import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';
import { examplesOf, ROOT } from './markdown-examples';

inTemporaryFolders();

const EXAMPLES = examplesOf('docs/checking.md');
const example = (file: string): unknown =>
  parse(EXAMPLES.find(({ code }) => code.startsWith(`# ${file}\n`))?.code ?? '');
const commands = EXAMPLES.flatMap(({ code }) => code.match(/npx netloom .*/g) ?? []);

test('there are commands', () => {
  expect(commands.length).toBeGreaterThan(2);
});

test.each(commands)('%s runs', async (command) => {
  mkdirSync('dist');
  writeFileSync(
    'dist/web.yaml',
    'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n',
  );
  const [, , ...args] = command.trim().split(' ');
  expect(await main(['node', 'netloom', ...args], { version: '0.0.0', root: ROOT })).toBe(0);
  for (const [, file] of command.matchAll(/--output-file \w+=(\S+)/g)) expect(readFileSync(file, 'utf8')).not.toBe('');
});

test('the pipelines read the reports that the commands write', () => {
  const steps = (example('.github/workflows/network.yaml') as { jobs: { check: { steps: object[] } } }).jobs.check
    .steps;
  expect(steps).toContainEqual(expect.objectContaining({ with: { sarif_file: 'netloom.sarif' } }));
  const { network } = example('.gitlab-ci.yml') as {
    network: { script: string[]; artifacts: { reports: { codequality: string; junit: string } } };
  };
  const { codequality, junit } = network.artifacts.reports;
  expect(network.script.join()).toContain(`gitlab=${codequality} `);
  expect(network.script.join()).toContain(`junit=${junit}`);
});

test('the hook of pre-commit that the guide names exists', () => {
  const hooks = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; entry: string }[];
  const { repos } = example('.pre-commit-config.yaml') as { repos: { hooks: { id: string }[] }[] };
  expect(hooks.map(({ id }) => id)).toEqual(repos[0].hooks.map(({ id }) => id));
  expect(hooks[0].entry).toBe('netloom check');
});
