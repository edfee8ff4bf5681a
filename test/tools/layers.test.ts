import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childProcesses } from '../child-processes';
import { importCycles, importGraph } from '../../tools/import-graph';
import { type Layer, withLayerTable } from '../../tools/layer-table';

const run = childProcesses();
const ROOT = join(__dirname, '../..');
const LAYERS = JSON.parse(readFileSync(join(ROOT, 'eslint/layers.json'), 'utf8')) as readonly Layer[];

test('no two files import one another in circles', () => {
  expect(importCycles(importGraph(ROOT, 'lib'))).toEqual([]);
});

test('every folder of lib has a place in the layers', () => {
  const folders = readdirSync(join(ROOT, 'lib')).map((name) => `lib/${name}`);
  const named = LAYERS.flatMap((layer) => layer.folders);
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
});

test('circles are found, whole and once each', () => {
  const graph = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', ['e']],
    ['e', []],
    ['f', ['f']],
    ['g', ['h', 'a']],
    ['h', ['g']],
  ]);
  expect(importCycles(graph)).toEqual([['a', 'b', 'c'], ['f'], ['g', 'h']]);
});

test('the table of layers takes the place of the old one', () => {
  const page = '# A\n\n| other |\n| --- |\n\n## Where\n\nText.\n\n| folder |\n| --- |\n| old |\n\nMore.\n';
  const layers = [
    { folders: ['lib/a', 'lib/b'], holds: 'values', pure: true },
    { folders: ['lib/c'], holds: 'files' },
  ];
  expect(withLayerTable(page, '## Where', layers)).toBe(`# A

| other |
| --- |

## Where

Text.

| folder           | what lives there |
| ---------------- | ---------------- |
| \`lib/a\`, \`lib/b\` | values. Pure     |
| \`lib/c\`          | files            |

More.
`);
});

test('the linter refuses an import upwards, and a folder that has no place', async () => {
  const script = `
    import { Linter } from 'eslint';
    import rule from './eslint/no-import-upwards.mjs';
    const linter = new Linter({ cwd: process.cwd() });
    const config = { files: ['**/*.ts'], plugins: { layers: { rules: { upwards: rule } } }, rules: { 'layers/upwards': 'error' } };
    for (const [filename, code] of JSON.parse(process.argv[1])) {
      for (const { message } of linter.verify(code, [config], { filename })) console.log(message);
    }
  `;
  const cases = [
    [
      'lib/model/sub/a.ts',
      "import { b } from '../../rules'; import { c } from '../b'; import { d } from '../../address';",
    ],
    [
      'lib/rules/dns/a.ts',
      "export * from '../../cli/main'; export { b } from './b'; import('../../output/text/table.js');",
    ],
    ['lib/catalogue/a.ts', "import { a } from '../synth/rules'; import { b } from '../synth/files';"],
    ['lib/nowhere/a.ts', ''],
  ];
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(cases)], {
    cwd: ROOT,
  });
  expect(stderr).toBe('');
  const upwards = (from: string, to: string): string =>
    `${from} stands before ${to} in eslint/layers.json, and imports only from itself and what stands before it`;
  expect(stdout.trimEnd().split('\n')).toEqual([
    upwards('lib/model', 'lib/rules'),
    upwards('lib/rules', 'lib/cli'),
    upwards('lib/rules', 'lib/output'),
    upwards('lib/catalogue', 'lib/synth'),
    'lib/nowhere is not in eslint/layers.json: add it, with what it holds',
  ]);
});
