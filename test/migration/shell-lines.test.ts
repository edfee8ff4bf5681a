import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunbook, RUNBOOK_FILE, type Runbook } from '../../lib/migration';
import { RUNBOOKS } from './runbooks';

const DIST = join(__dirname, '../../dist/migration');

function distRunbook(name: string): Runbook {
  const data: unknown = JSON.parse(readFileSync(join(DIST, name, RUNBOOK_FILE), 'utf8'));
  const runbook = readRunbook(data, () => []);
  if (runbook === null) throw new Error(`${name} is no runbook`);
  return runbook;
}

const ALL: [string, Runbook][] = [
  ...Object.entries(RUNBOOKS),
  ...readdirSync(DIST).map((name): [string, Runbook] => [`dist/migration/${name}`, distRunbook(name)]),
];

function linesOf({ stages }: Runbook): string[] {
  const steps = stages.flatMap((stage) => [
    ...stage.steps,
    ...(stage.undo.kind === 'rollback' ? stage.undo.steps : []),
  ]);
  return [...new Set(steps.flatMap(({ commands }) => commands))];
}

describe.each(ALL)('%s', (_name, runbook) => {
  const lines = linesOf(runbook);

  test('every line is one that a shell reads', () => {
    const refused = lines.flatMap((line) => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: `${line}\n`, encoding: 'utf8' });
      return status === 0 ? [] : [`${line}: ${stderr}`];
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });

  const isInstalled = spawnSync('shellcheck', ['--version']).status === 0;
  const shellchecked = isInstalled ? test : test.skip;
  shellchecked(isInstalled ? 'shellcheck finds nothing' : 'not looked at: there is no shellcheck here', () => {
    // What sudo prints is kept in a file of the reader, in the folder of the runbook: that is meant (SC2024).
    const { status, stdout } = spawnSync(
      'shellcheck',
      ['--shell=bash', '--severity=warning', '--exclude=SC2024', '-'],
      {
        input: `${lines.join('\n')}\n`,
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
