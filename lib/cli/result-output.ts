import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { COLOR_CHOICES, type ColorChoice, type Palette, paletteFor, PLAIN } from '../output/text/palette';
import { wrapText } from '../output/text/wrap';
import { systemErrorCode, systemErrorText } from '../system/system-error';
import { writeWholeFile } from '../system/write-file';
import { collect } from './arguments';
import { refuseInput } from './refuse-input';
import type { NoteOptions } from './tell';
import { UsageError } from './usage-error';

/** How the result of a command is printed, by the name of the format. What is too large to be held comes in pieces. */
export type Reporters<R> = Readonly<Record<string, (result: R, palette: Palette) => string | Iterable<string>>> & {
  readonly text: unknown;
};

export interface OutputOptions extends NoteOptions {
  readonly output: string;
  readonly outputFile?: readonly string[];
  /** False for `--no-color`. @default 'auto' */
  readonly color?: ColorChoice | false;
}

export function addOutput<R>(command: Command, reporters: Reporters<R>): Command {
  const formats = Object.keys(reporters);
  return command
    .addOption(new Option('-o, --output <FORMAT>', 'the format of the result').choices(formats).default('text'))
    .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect)
    .addOption(
      new Option('--color <WHEN>', 'when to use colours: auto is for terminals, unless NO_COLOR is set').choices(
        COLOR_CHOICES,
      ),
    )
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'print the result, and nothing beside it')
    .option('-v, --verbose', 'say what was read, as what, and how long it took')
    .hook('preAction', () => {
      // Wrong usage must show before the work is done.
      for (const option of command.opts<OutputOptions>().outputFile ?? []) parseOutputFile(option, formats);
    });
}

/** Writes the files that were asked for, and the result to a stream, or nowhere. What cannot be written hides nothing else. */
export async function printResult<R>(
  result: R,
  reporters: Reporters<R>,
  { output, outputFile = [], color = 'auto' }: OutputOptions,
  stream: NodeJS.WriteStream | null = process.stdout,
): Promise<void> {
  const failures = outputFile.flatMap((option) => {
    const { format, file } = parseOutputFile(option, Object.keys(reporters));
    try {
      refuseInput(file);
      writeWholeFile(file, blocksOf(reporters[format](result, PLAIN)), { orStream: true });
      return [];
    } catch (error) {
      return [`cannot write ${file}: ${systemErrorText(error)}`];
    }
  });
  if (stream !== null)
    await writeBlocks(
      stream,
      blocksOf(shownOn(stream, output, color || 'never', (palette) => reporters[output](result, palette))),
    );
  if (failures.length > 0) throw new UsageError(failures.join('\n'));
}

/** Text is broken where the terminal ends; other formats are not for eyes. */
function* shownOn(
  stream: NodeJS.WriteStream,
  format: string,
  color: ColorChoice,
  print: (palette: Palette) => string | Iterable<string>,
): Generator<string> {
  const palette = paletteFor(stream, color);
  const printed = print(format === 'text' ? palette : { ...palette, width: Infinity });
  for (const chunk of typeof printed === 'string' ? [printed] : printed)
    yield format === 'text' ? wrapText(chunk, palette.width) : chunk;
}

async function writeBlocks(stream: NodeJS.WriteStream, blocks: Iterable<string>): Promise<void> {
  try {
    for (const block of blocks) {
      if (!stream.write(block)) await once(stream, 'drain');
    }
  } catch (error) {
    // Whoever reads has enough: the rest need not be made, and the result stays what it is.
    if (systemErrorCode(error) !== 'EPIPE') throw error;
  }
}

const BLOCK_CHARACTERS = 1 << 16;

/** A write costs more than a line. */
function* blocksOf(chunks: string | Iterable<string>): Generator<string> {
  let block = '';
  for (const chunk of typeof chunks === 'string' ? [chunks] : chunks) {
    block += chunk;
    if (block.length < BLOCK_CHARACTERS) continue;
    yield block;
    block = '';
  }
  yield block;
}

/** The files that {@link printResult} writes. */
export function outputFilesOf({ outputFile = [] }: OutputOptions): readonly string[] {
  return outputFile.map((option) => option.slice(option.indexOf('=') + 1));
}

function parseOutputFile(option: string, formats: readonly string[]): { format: string; file: string } {
  const equals = option.indexOf('=');
  const format = option.slice(0, Math.max(0, equals));
  if (!formats.includes(format) || equals === option.length - 1) {
    throw new UsageError(`--output-file takes FORMAT=FILE with a format of ${formats.join(', ')}, not ${option}`);
  }
  return { format, file: option.slice(equals + 1) };
}
