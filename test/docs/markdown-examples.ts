import { readFileSync } from 'node:fs';
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
  /** The file that it is: named in its first line, or as its title, where the language has no comments. */
  readonly file: string | undefined;
}

export function examplesOf(page: string): Example[] {
  const lines = readFileSync(join(ROOT, page), 'utf8').split('\n');
  const examples: Example[] = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = /^```(\w+)(?: title="([^"]+)")?/.exec(lines[index]);
    if (fence === null) continue;
    const [, language] = fence;
    const end = lines.indexOf('```', index + 1);
    const code = `${lines.slice(index + 1, end).join('\n')}\n`;
    const file = fence.at(2) ?? /^# (\S+\.(?:jq|tf|yaml))\n/.exec(code)?.[1];
    examples.push({ language, code, line: index + 1, file });
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
