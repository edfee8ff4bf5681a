import { writeFileSync } from 'node:fs';
import type { Finding, Severity } from '../finding/finding';
import { systemErrorText } from '../synth/system-error';
import { UsageError } from './usage-error';

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

/** Writes the files that were asked for, and the result to standard output, or to another stream, or nowhere. */
export function printResult(
  { output, outputFile }: OutputOptions,
  formats: readonly string[],
  print: Printer,
  stream: NodeJS.WritableStream | null = process.stdout,
): void {
  for (const option of outputFile) {
    const { format, file } = parseOutputFile(option, formats);
    try {
      writeFileSync(file, print(format, 'file'));
    } catch (error) {
      throw new UsageError(`cannot write ${file}: ${systemErrorText(error)}`);
    }
  }
  stream?.write(print(output, 'terminal'));
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
