import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { transformSync } from '@swc/core';
import * as netloom from '../../lib';

export const ROOT = join(__dirname, '../..');

/** A fenced block of a Markdown page. */
export interface Example {
  readonly language: string;
  readonly code: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

export function examplesOf(page: string): Example[] {
  const lines = readFileSync(join(ROOT, page), 'utf8').split('\n');
  const examples: Example[] = [];
  for (let index = 0; index < lines.length; index++) {
    const language = /^```(\w+)/.exec(lines[index])?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    examples.push({ language, code: `${lines.slice(index + 1, end).join('\n')}\n`, line: index + 1 });
    index = end;
  }
  return examples;
}

/** Runs a TypeScript program as a user's: it imports `netloom` and other packages by name. */
export function runProgram(code: string): void {
  execute(code, (name) => (name === 'netloom' ? netloom : packageCalled(name)));
}

export function execute(code: string, load: (name: string) => unknown): void {
  const { code: javascript } = transformSync(code, {
    filename: 'main.ts',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const program = new Script(`(function (require, exports, module) {${javascript}\n})`, { filename: 'main.ts' });
  const run = program.runInThisContext() as (...args: unknown[]) => void;
  run(load, {}, { exports: {} });
}

/** The copies that `netloom` itself uses here: a construct of another copy of cdk8s would be a stranger. */
function packageCalled(name: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the name is known at run time only
  return require(name) as unknown;
}

/** Each test of the file runs in a folder of its own, outside of CI and without colours; what it prints is collected. */
export function inTemporaryFolders(): { readonly output: () => string; readonly errors: () => string } {
  let home: string;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let output: string;
  let errors: string;
  beforeEach(() => {
    home = process.cwd();
    folder = mkdtempSync(join(tmpdir(), 'netloom-docs-'));
    environment = { ...process.env };
    process.chdir(folder);
    delete process.env.CI;
    process.env.NO_COLOR = '1';
    output = '';
    errors = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.chdir(home);
    process.env = environment;
    rmSync(folder, { recursive: true, force: true });
  });
  return { output: () => output, errors: () => errors };
}
