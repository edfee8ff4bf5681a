import type { Command } from 'commander';

/** What a reader of `--help` can copy: a command line, and what it is for. */
export type HelpExample = readonly [commandLine: string, purpose: string];

export interface HelpEnd {
  readonly examples: readonly HelpExample[];
  /** By exit code, when the command ends with it. Wrong usage is 2 everywhere. */
  readonly exitCodes: Readonly<Record<number, string>>;
}

/** What every command has in common. */
const WRONG_USAGE = 'wrong usage, or an internal error';

/** Exit codes of commands that end with findings. */
export const FINDING_EXIT_CODES: HelpEnd['exitCodes'] = {
  0: 'no finding is as severe as --fail-on says',
  1: 'a finding is, or input cannot be read',
};

/** Closes the help of a command with examples and exit codes. */
export function addHelpEnd(command: Command, { examples, exitCodes }: HelpEnd): Command {
  const codes = Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const usage = 2 in exitCodes ? [] : [`  2  ${WRONG_USAGE}`];
  const lines = examples.flatMap(([line, purpose]) => [`  # ${purpose}`, `  ${line}`]);
  return command.addHelpText('after', ['\nExamples:', ...lines, '\nExit codes:', ...codes, ...usage].join('\n'));
}
