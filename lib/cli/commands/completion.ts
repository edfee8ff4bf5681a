import { Argument, type Command } from 'commander';
import type { CommandContext } from '../command';
import { COMPLETIONS, type CompletionShell, completedCommands } from '../completion';
import { addHelpEnd } from '../help';

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description('Prints the completion of commands, options and their values for a shell.')
    .addArgument(new Argument('<SHELL>', 'the shell').choices(Object.keys(COMPLETIONS)))
    .action((shell: CompletionShell) => {
      process.stdout.write(COMPLETIONS[shell](completedCommands(command)));
      exitWith(0);
    });
  addHelpEnd(command, {
    examples: [
      ['source <(netloom completion bash)', 'in ~/.bashrc'],
      ['source <(netloom completion zsh)', 'in ~/.zshrc, after compinit'],
      ['netloom completion fish > ~/.config/fish/completions/netloom.fish', 'once'],
    ],
    exitCodes: { 0: 'it is printed' },
  });
}
