import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';
import { ROOT } from './markdown-examples';

const printed = inTemporaryFolders();
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';

interface Action {
  readonly inputs: Record<string, { readonly description: string; readonly default: string }>;
  readonly runs: { readonly steps: readonly { readonly env: Record<string, string>; readonly run: string }[] };
}

const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
const SCRIPT = join(ROOT, 'templates/github-action.sh');

test('every input of the action reaches the script through its environment, and none stands in it', () => {
  const [{ env, run }] = ACTION.runs.steps;
  const given = Object.values(env).join('\n');
  for (const input of Object.keys(ACTION.inputs)) expect(given).toContain(`inputs.${input} }}`);
  expect(run).not.toContain('${{');
  const script = readFileSync(SCRIPT, 'utf8');
  for (const name of Object.keys(env).filter((key) => key.startsWith('NETLOOM_'))) expect(script).toContain(name);
});

/** A command that notes how it was called, and answers in its place. */
function stub(name: string, lines: readonly string[]): void {
  mkdirSync('stubs', { recursive: true });
  writeFileSync(`stubs/${name}`, ['#!/bin/sh', `echo "$@" >> ${name}.calls`, ...lines, ''].join('\n'));
  chmodSync(`stubs/${name}`, 0o755);
}

const calls = (name: string): string[] => readFileSync(`${name}.calls`, 'utf8').trimEnd().split('\n');

test.each([
  ['', '--method POST repos/o/r/issues/7/comments'],
  ['41', '--method PATCH repos/o/r/issues/comments/41'],
])('the script calls netloom as it is, and writes one comment (earlier: %j)', async (earlier, expected) => {
  mkdirSync('k8s');
  writeFileSync('k8s/web.yaml', SERVICE);
  writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: { prod: { nodes: 10 } }\n');
  stub('netloom', [
    'for a; do case $a in markdown=*) echo findings > "${a#markdown=}" ;; esac; done',
    '[ "$1" != check ]',
  ]);
  stub('gh', [`case "$*" in *--paginate*) echo ${earlier} ;; esac`]);
  const env = {
    PATH: `${process.cwd()}/stubs:${process.env.PATH ?? ''}`,
    NETLOOM_BIN: 'netloom',
    NETLOOM_PATH: 'k8s',
    NETLOOM_FLEET: 'fleet.yaml',
    NETLOOM_FAIL_ON: 'error',
    NETLOOM_SARIF: 'netloom.sarif',
    NETLOOM_COMMENT: 'true',
    NETLOOM_PULL_REQUEST: '7',
    GITHUB_REPOSITORY: 'o/r',
  };
  const { status, stderr } = spawnSync('bash', [SCRIPT], { encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(calls('gh').at(-1)).toContain(expected);
  for (const call of calls('netloom')) {
    printed.clear();
    expect({ call, code: await main(['node', 'netloom', ...call.split(' ')], { version: '1', root: ROOT }) }).toEqual({
      call,
      code: 0,
    });
  }
});

test('the job of the GitLab component runs, and its reports are those that it names', async () => {
  writeFileSync('web.yaml', SERVICE);
  const [, job] = parseAllDocuments(readFileSync(join(ROOT, 'templates/netloom.yml'), 'utf8'));
  const { netloom } = job.toJS() as {
    netloom: { script: string[]; artifacts: { reports: { codequality: string; junit: string } } };
  };
  const [, args] = netloom.script[0].split('@$NETLOOM_VERSION" ');
  const words = args.replace('"$NETLOOM_FAIL_ON"', 'error').replace('"$NETLOOM_PATH"', '.').split(' ');
  expect(await main(['node', 'netloom', ...words], { version: '1', root: ROOT })).toBe(0);
  for (const file of Object.values(netloom.artifacts.reports)) expect(readFileSync(file, 'utf8')).not.toBe('');
});
