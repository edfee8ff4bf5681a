import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function completion(shell: string): Promise<string> {
  printed.clear();
  expect(
    await main(['node', 'netloom', 'completion', shell], { version: '1.2.3', root: join(__dirname, '../..') }),
  ).toBe(0);
  return printed.output();
}

/** What a real shell offers for the last word of a line. */
const OFFERS: Record<string, (script: string, words: readonly string[]) => readonly string[]> = {
  bash: (script, words) =>
    runShell(
      'bash',
      ['--norc'],
      [
        script,
        `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`,
        `COMP_CWORD=${words.length - 1}`,
        '_netloom',
        'printf "%s\\n" "${COMPREPLY[@]}"',
      ],
    ),
  fish: (_script, words) =>
    runShell('fish', ['--no-config'], [`source ./completion`, `complete -C '${words.join(' ')}'`]).map(
      (line) => line.split('\t')[0],
    ),
};

/** A zsh at a terminal, in which a line is typed, and Tab pressed. */
const TYPE_IN_ZSH = `
zmodload zsh/zpty
zpty z 'zsh -f -i'
zpty -w z 'PS1=; stty -echo; autoload -Uz compinit; compinit -u -D; source ./completion; print REA""DY'
zpty -r z seen '*READY*'
zpty -w -n z "$LINE"$'\\t'
zpty -r z seen "*$EXPECTED*" && print -r -- FOUND
zpty -d z
`;

function runShell(shell: string, args: readonly string[], lines: readonly string[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(shell, [...args, '-c', lines.join('\n')], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.trim().split('\n');
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

const LINES: [words: string[], some: string[], none: string[]][] = [
  [
    ['netloom', 'c'],
    ['check', 'capacity', 'config', 'completion'],
    ['plan', '--help'],
  ],
  [
    ['netloom', 'check', '--s'],
    ['--select', '--statistics', '--service-cidr'],
    ['--surge', '--fleet'],
  ],
  [['netloom', 'check', '-o', ''], ['text', 'concise', 'sarif', 'gitlab'], ['svg']],
  [['netloom', 'plan', '--color', 'a'], ['auto', 'always'], ['never']],
  [['netloom', 'completion', ''], ['bash', 'zsh', 'fish'], []],
];

test.each([
  ['netloom whoi', 'netloom whois'],
  ['netloom check --stat', 'netloom check --statistics'],
  ['netloom check -o gitl', 'netloom check -o gitlab'],
  ['netloom completion fi', 'netloom completion fish'],
])('zsh: %s', async (line, expected) => {
  if (!isInstalled('zsh')) return;
  writeFileSync('completion', await completion('zsh'));
  const { stdout } = spawnSync('zsh', ['-f', '-c', TYPE_IN_ZSH], {
    encoding: 'utf8',
    timeout: 10_000,
    env: { ...process.env, LINE: line, EXPECTED: expected },
  });
  expect(stdout).toContain('FOUND');
});

describe.each(['bash', 'fish'].filter(isInstalled))('%s', (shell) => {
  test.each(LINES)('%j', async (words, some, none) => {
    const script = await completion(shell);
    writeFileSync('completion', script);
    const offered = OFFERS[shell](script, words);
    expect(offered).toEqual(expect.arrayContaining(some));
    for (const word of none) expect(offered).not.toContain(word);
  });
});
