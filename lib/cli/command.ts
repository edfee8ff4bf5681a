import type { Command } from 'commander';

/** The package that the command belongs to. */
export interface Package {
  readonly version: string;
  /** Its folder, which has `docs`. */
  readonly root: string;
}

export interface CommandContext extends Package {
  /** Says with which exit code the program ends. @default 0 */
  readonly exitWith: (code: number) => void;
}

/** A file of `commands`. It is loaded only when the arguments name its command. */
export interface CommandModule {
  /** Adds description, arguments, options and action. */
  readonly define: (command: Command, context: CommandContext) => void;
}
