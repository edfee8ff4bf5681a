import { widthOf } from '../output/text/palette';
import { visible } from '../output/text/visible';
import { wrapText } from '../output/text/wrap';

/** Says something on standard error. Whatever is in it, each of its lines stays one, and commands neither the terminal nor the runner of a CI job. */
export function tell(message: string): void {
  const width = widthOf(process.stderr);
  for (const line of message.split('\n'))
    process.stderr.write(`${wrapText(visible(line), width).replace(COMMAND, '$1\\u{3a}:')}\n`);
}

/** What a runner of GitHub Actions takes for a command at the start of a line. */
const COMMAND = /^(\s*)::/;

/** How much a command says beside its result. */
export interface NoteOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Says what is of use and no failure: not with `--quiet`. */
export function note(message: string, { quiet }: NoteOptions): void {
  if (!quiet) tell(message);
}

/** Says how the answer came about: only with `--verbose`. */
export function noteDetail(lines: () => readonly string[], { verbose, quiet }: NoteOptions): void {
  if (verbose && !quiet) for (const line of lines()) tell(line);
}
