import { type Command, Option } from 'commander';
import type { Finding, Severity } from '../finding/finding';

export interface FailOnOption {
  readonly failOn: Severity;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

export function addFailOn(command: Command): Command {
  return command.addOption(
    new Option('--fail-on <SEVERITY>', 'exit 1 if there is a finding of this severity or a worse one')
      .choices(SEVERITIES)
      .default('error'),
  );
}

/** That severity and the worse ones. */
export function severitiesFrom(failOn: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
}

/** Whether one of the findings is at least that bad. */
export function fails(findings: readonly Finding[], failOn: Severity): boolean {
  const failing = severitiesFrom(failOn);
  return findings.some(({ severity }) => failing.includes(severity));
}
