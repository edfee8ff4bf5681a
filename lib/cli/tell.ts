import { visible } from '../output/text/visible';

/** Says something on standard error. Whatever is in it, each of its lines stays one, and commands neither the terminal nor the runner of a CI job. */
export function tell(message: string): void {
  for (const line of message.split('\n')) process.stderr.write(`${visible(line).replace(COMMAND, '$1\\u{3a}:')}\n`);
}

/** What a runner of GitHub Actions takes for a command at the start of a line. */
const COMMAND = /^(\s*)::/;
