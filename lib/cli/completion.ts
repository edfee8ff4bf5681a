import type { Command, Option } from 'commander';

export interface CompletedOption {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  /** The values that there are. Empty where files or any text may follow. */
  readonly choices: readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** The values of its first argument, where there are few. */
  readonly choices: readonly string[];
}

/** What can be completed, from the definitions of the commands beside this one. */
export function completedCommands(command: Command): readonly CompletedCommand[] {
  return (command.parent?.commands ?? []).map((sibling) => ({
    name: sibling.name(),
    summary: sibling.summary(),
    options: sibling.options.map(completedOption).concat([HELP]),
    choices: sibling.registeredArguments.at(0)?.argChoices ?? [],
  }));
}

const HELP: CompletedOption = {
  short: '-h',
  long: '--help',
  description: 'print this help',
  takesValue: false,
  choices: [],
};

function completedOption({ short, long, description, required, argChoices = [] }: Option): CompletedOption {
  return { short, long: long ?? '', description, takesValue: required, choices: argChoices };
}

/** Completions by shell. */
export const COMPLETIONS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} satisfies Record<string, (commands: readonly CompletedCommand[]) => string>;

export type CompletionShell = keyof typeof COMPLETIONS;

function bashCompletion(commands: readonly CompletedCommand[]): string {
  const values = (command: CompletedCommand): readonly string[] =>
    command.options
      .filter(({ choices }) => choices.length > 0)
      .map(
        (option) =>
          `    ${command.name}:${namesOf(option).join(`|${command.name}:`)}) words='${option.choices.join(' ')}' ;;`,
      );
  const free = commands.flatMap((command) => {
    const names = command.options
      .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
      .flatMap(namesOf);
    return names.map((name) => `${command.name}:${name}`);
  });
  const words = commands.map(
    ({ name, options, choices }) =>
      `    ${name}) options='${options.flatMap(namesOf).join(' ')}' words='${choices.join(' ')}' ;;`,
  );
  return `# bash completion of netloom
_netloom() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' options='' words='' index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
    ${commands.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[index]}; break ;;
    esac
  done
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --help --version' -- "$current"))
    return
  fi
  case $command:$previous in
${commands.flatMap(values).join('\n')}
  ${free.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case $command in
${words.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _netloom netloom
`;
}

function namesOf({ short, long }: CompletedOption): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

function zshCompletion(commands: readonly CompletedCommand[]): string {
  const cases = commands.map((command) => {
    const specs = command.options.map((option) => `        ${zshSpec(option)}`);
    const argument = command.choices.length > 0 ? `'1:value:(${command.choices.join(' ')})'` : `'*:path:_files'`;
    return `    ${command.name})\n      _arguments \\\n${specs.join(' \\\n')} \\\n        ${argument}\n      ;;`;
  });
  return `#compdef netloom
_netloom() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _netloom ]]; then _netloom "$@"; else compdef _netloom netloom; fi
`;
}

function zshSpec({ short, long, description, takesValue, choices }: CompletedOption): string {
  const told = `[${description.replace(/[[\]\\:]/g, '\\$&')}]`;
  const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
  if (short === undefined) return quoted(`${long}${told}${value}`);
  return `'(${short} ${long})'{${short},${long}}${quoted(`${told}${value}`)}`;
}

function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options, choices }) => {
    const inside = `complete -c netloom -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c netloom -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...options.map((option) => `${inside} ${fishOption(option)}`),
      ...(choices.length === 0 ? [] : [`${inside} -f -a '${choices.join(' ')}'`]),
    ];
  });
  return ['# fish completion of netloom', ...lines, ''].join('\n');
}

function fishOption({ short, long, description, takesValue, choices }: CompletedOption): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    ...(takesValue ? ['-r'] : []),
    ...(choices.length === 0 ? [] : [`-f -a '${choices.join(' ')}'`]),
    `-d ${quoted(description)}`,
  ].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
