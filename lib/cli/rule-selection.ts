import { type Command, Option } from 'commander';
import { ALL_RULES } from '../catalogue/rule-catalogue';
import { unknownRule } from '../config/rules-key';
import type { Finding } from '../finding/finding';
import { RULE_NAMES } from '../synth/config-file';
import { list } from './arguments';
import { UsageError } from './usage-error';

export interface RuleSelection {
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

export function addRuleSelection(command: Command): Command {
  const rules = (text: string, earlier: readonly string[] = []): readonly string[] => [...earlier, ...list(text)];
  return command
    .addOption(
      new Option('--select <RULE[,RULE]>', 'only these rules: codes, the start of codes (NL2), or slugs').argParser(
        rules,
      ),
    )
    .addOption(new Option('--ignore <RULE[,RULE]>', 'all rules but these').argParser(rules));
}

/** Whether a finding is wanted. @throws UsageError for a rule that does not exist */
export function selectedBy({ select, ignore = [] }: RuleSelection): (finding: Finding) => boolean {
  const selected = select && codesOf(select, '--select');
  const ignored = codesOf(ignore, '--ignore');
  return ({ code }) => (selected?.has(code) ?? true) && !ignored.has(code);
}

function codesOf(names: readonly string[], option: string): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => {
      const upper = name.toUpperCase();
      const isStart = /^NL\d{0,3}$/.test(upper);
      const meant = ALL_RULES.filter(({ code, slug }) => slug === name || (isStart && code.startsWith(upper)));
      if (meant.length === 0) {
        const { message, help } = unknownRule(name, RULE_NAMES);
        throw new UsageError(`${option}: ${message}; ${help}`);
      }
      return meant.map(({ code }) => code);
    }),
  );
}
