import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Finding, Severity } from '../finding/finding';
import { systemErrorText } from '../synth/system-error';
import { UsageError } from './usage-error';
import { writeWholeFile } from './whole-file';

/** The result in one format, for a terminal or for a file. */
export type Printer = (format: string, destination: 'terminal' | 'file') => string;

interface OutputOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
}

/** Wrong usage must show before the work is done. */
export function checkOutputOptions({ outputFile }: OutputOptions, formats: readonly string[]): void {
  for (const option of outputFile) parseOutputFile(option, formats);
}

/** Writes the files that were asked for, and the result to standard output, or to another stream, or nowhere. What cannot be written hides nothing else. */
export function printResult(
  { output, outputFile }: OutputOptions,
  formats: readonly string[],
  print: Printer,
  stream: NodeJS.WritableStream | null = process.stdout,
): void {
  const failures = outputFile.flatMap((option) => {
    const { format, file } = parseOutputFile(option, formats);
    const text = print(format, 'file');
    try {
      writeWholeFile(file, text);
      return [];
    } catch (error) {
      return [`cannot write ${file}: ${systemErrorText(error)}`];
    }
  });
  stream?.write(print(output, 'terminal'));
  if (failures.length > 0) throw new UsageError(failures.join('\n'));
}

/** The same for results that are too large to be held: they are written as they are made. */
export async function streamResult(
  { output, outputFile }: OutputOptions,
  formats: readonly string[],
  print: (format: string, destination: 'terminal' | 'file') => Iterable<string>,
): Promise<void> {
  for (const option of outputFile) {
    const { format, file } = parseOutputFile(option, formats);
    try {
      const descriptor = openSync(file, 'w');
      try {
        for (const block of blocksOf(print(format, 'file'))) writeSync(descriptor, block);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      throw new UsageError(`cannot write ${file}: ${systemErrorText(error)}`);
    }
  }
  for (const block of blocksOf(print(output, 'terminal'))) {
    if (!process.stdout.write(block)) await once(process.stdout, 'drain');
  }
}

const BLOCK_CHARACTERS = 1 << 16;

/** A write costs more than a line. */
function* blocksOf(chunks: Iterable<string>): Generator<string> {
  let block = '';
  for (const chunk of chunks) {
    block += chunk;
    if (block.length < BLOCK_CHARACTERS) continue;
    yield block;
    block = '';
  }
  yield block;
}

function parseOutputFile(option: string, formats: readonly string[]): { format: string; file: string } {
  const equals = option.indexOf('=');
  const format = option.slice(0, Math.max(0, equals));
  if (!formats.includes(format) || equals === option.length - 1) {
    throw new UsageError(`--output-file takes FORMAT=FILE with a format of ${formats.join(', ')}, not ${option}`);
  }
  return { format, file: option.slice(equals + 1) };
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether one of the findings is at least that bad. */
export function fails(findings: readonly Finding[], failOn: Severity): boolean {
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return findings.some(({ severity }) => failing.includes(severity));
}
