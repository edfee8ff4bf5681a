import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Instructions with their arguments; a line that ends with a backslash goes on. */
const instructions = read('Containerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name, text] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    return { name, text };
  });
const textsOf = (wanted: string): string[] => instructions.flatMap(({ name, text }) => (name === wanted ? [text] : []));

const INSTRUCTIONS = ['CMD', 'COPY', 'ENTRYPOINT', 'FROM', 'RUN', 'USER', 'WORKDIR'];

test('every line is an instruction, and the first one names an image', () => {
  expect(instructions.map(({ name }) => name).filter((name) => !INSTRUCTIONS.includes(name))).toEqual([]);
  expect(instructions[0].name).toBe('FROM');
});

test('images have a version that the package takes', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  const least = Number(/\d+/.exec(engines.node)?.[0]);
  const versions = textsOf('FROM').map((text) => /^node:(\d+)-slim\b/.exec(text)?.[1]);
  for (const version of versions) expect(Number(version)).toBeGreaterThanOrEqual(least);
  expect(new Set(versions).size).toBe(1);
});

test('nobody is root in the end, and nothing is left of what was only needed to install', () => {
  const last = instructions.findLastIndex(({ name }) => name === 'RUN');
  const user = instructions.findLastIndex(({ name }) => name === 'USER');
  expect(user).toBeGreaterThan(last);
  expect(textsOf('USER')).toEqual(['node']);
  for (const text of textsOf('RUN').filter((run) => run.includes('apt-get install'))) {
    expect(text).toContain('--no-install-recommends');
    expect(text).toContain('rm -rf /var/lib/apt/lists');
  }
  for (const text of textsOf('COPY').slice(1)) expect(text).toContain('--from=build');
});

test('entry point and command are lists: a signal reaches the program, and arguments are no shell', () => {
  for (const text of [...textsOf('ENTRYPOINT'), ...textsOf('CMD')]) expect(Array.isArray(JSON.parse(text))).toBe(true);
  const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
  expect(Object.keys(bin)).toEqual(JSON.parse(textsOf('ENTRYPOINT')[0]));
});

test('what is made anew does not go to the builder: podman reads this file too', () => {
  const ignored = read('.dockerignore')
    .split('\n')
    .map((line) => line.replace(/\/$/, ''));
  expect(ignored).toEqual(expect.arrayContaining(['.git', 'build', 'node_modules']));
});
