import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type CollectedFiles, collectFiles } from '../../lib/manifests';

const FILES = [
  'a.yaml',
  'k8s/b.yml',
  'k8s/c.json',
  'k8s/deep/d.yaml',
  'k8s/notes.txt',
  'k8s/.hidden/x.yaml',
  'k8s/node_modules/p/x.yaml',
  'k8s/[odd].yaml',
  'other/e.yaml',
];

let folder: string;
const before = process.cwd();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-files-'));
  process.chdir(folder);
  for (const file of FILES) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `# ${file}\n`);
  }
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

function paths({ files }: CollectedFiles): string[] {
  return files.map(({ path }) => path);
}

function messages({ findings }: CollectedFiles): string[] {
  return findings.map(
    ({ code, severity, message, origin }) => `${code} ${severity} ${String(origin?.file)}: ${message}`,
  );
}

test.each<[string, string[], string[]]>([
  ['a file', ['a.yaml'], ['a.yaml']],
  ['a file with any name', ['k8s/notes.txt'], ['k8s/notes.txt']],
  ['a folder', ['k8s'], ['k8s/[odd].yaml', 'k8s/b.yml', 'k8s/c.json', 'k8s/deep/d.yaml']],
  [
    'the working folder',
    ['.'],
    ['a.yaml', 'k8s/[odd].yaml', 'k8s/b.yml', 'k8s/c.json', 'k8s/deep/d.yaml', 'other/e.yaml'],
  ],
  ['a hidden folder that is asked for', ['k8s/.hidden'], ['k8s/.hidden/x.yaml']],
  ['each once, sorted', ['other', './a.yaml', 'k8s/../a.yaml', 'a.yaml', 'other/'], ['a.yaml', 'other/e.yaml']],
  ['a glob', ['k8s/*.yml'], ['k8s/b.yml']],
  ['a glob over folders', ['**/*.yaml'], ['a.yaml', 'k8s/[odd].yaml', 'k8s/deep/d.yaml', 'other/e.yaml']],
  ['a glob of folders', ['k8s/d*'], ['k8s/deep/d.yaml']],
  ['a glob with braces', ['{a,other/e}.yaml'], ['a.yaml', 'other/e.yaml']],
  ['a file whose name looks like a glob', ['k8s/[odd].yaml'], ['k8s/[odd].yaml']],
])('%s', (_, given, expected) => {
  const collected = collectFiles(given);
  expect(collected.findings).toEqual([]);
  expect(paths(collected)).toEqual(expected);
});

test('paths are relative, also those that are given as absolute ones', () => {
  expect(paths(collectFiles([resolve('other')]))).toEqual(['other/e.yaml']);
  process.chdir('k8s');
  expect(paths(collectFiles(['../other', '../*.yaml', 'deep']))).toEqual([
    '../a.yaml',
    '../other/e.yaml',
    'deep/d.yaml',
  ]);
});

test('the bytes are those of the file', () => {
  expect(Buffer.from(collectFiles(['a.yaml']).files[0].bytes).toString()).toBe('# a.yaml\n');
});

test('links to files are files, links to folders are not followed', () => {
  symlinkSync('../../a.yaml', 'k8s/deep/link.yaml');
  symlinkSync('..', 'k8s/deep/loop');
  symlinkSync('../../other', 'k8s/deep/other.yaml');
  expect(paths(collectFiles(['k8s/deep']))).toEqual(['k8s/deep/d.yaml', 'k8s/deep/link.yaml']);
});

test('what is excluded is left out, even if it is asked for', () => {
  expect(paths(collectFiles(['.', 'a.yaml'], { exclude: ['k8s/**', 'a.*'] }))).toEqual(['other/e.yaml']);
});

test('what cannot be had is a finding, and all else is read', () => {
  symlinkSync('nowhere', 'k8s/dangling.yaml');
  const collected = collectFiles(['absent.yaml', 'k8s', 'no/*.yaml', 'other/*.json']);
  expect(messages(collected)).toEqual([
    'NL930 error absent.yaml: cannot read absent.yaml: it does not exist',
    'NL930 info k8s/dangling.yaml: k8s/dangling.yaml is a link that leads nowhere',
    'NL948 warning no/*.yaml: no .yaml, .yml or .json file matches no/*.yaml',
    'NL948 warning other/*.json: no .yaml, .yml or .json file matches other/*.json',
  ]);
  expect(paths(collected)).toEqual(['k8s/[odd].yaml', 'k8s/b.yml', 'k8s/c.json', 'k8s/deep/d.yaml']);
});

test('a link in circles hides nothing beside it', () => {
  symlinkSync('self.yaml', 'k8s/deep/self.yaml');
  const collected = collectFiles(['k8s/deep']);
  expect(messages(collected)).toEqual([
    'NL930 error k8s/deep/self.yaml: cannot read k8s/deep/self.yaml: its links lead in circles',
  ]);
  expect(paths(collected)).toEqual(['k8s/deep/d.yaml']);
});

test('a folder that may not be read is a finding', () => {
  chmodSync('k8s/deep', 0);
  try {
    // The superuser may read everything.
    const expected = process.getuid?.() === 0 ? [] : ['NL930 error k8s/deep: cannot read k8s/deep: permission denied'];
    expect(messages(collectFiles(['k8s']))).toEqual(expected);
  } finally {
    chmodSync('k8s/deep', 0o755);
  }
});
