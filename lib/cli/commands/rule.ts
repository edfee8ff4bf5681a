import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { unknownRule } from '../../config/rules-key';
import { RETIRED_RULES } from '../../finding/retired-rules';
import type { CommandContext } from '../command';
import { RULE_NAMES } from '../../synth/config-file';
import { addHelpEnd } from '../help';
import { UsageError } from '../usage-error';

export function define(command: Command, { root, exitWith }: CommandContext): void {
  command
    .description('Prints the page of a rule, or without RULE a list of all.')
    .argument('[RULE]', 'a code or a slug')
    .action((name: string | undefined) => {
      exitWith(runRule(name, root));
    });
  addHelpEnd(command, {
    examples: [
      ['netloom rule NL201', 'what a rule finds, why it matters, how to mend it'],
      ['netloom rule', 'all rules, one a line'],
    ],
    exitCodes: { 0: 'the rule exists' },
  });
}

/** Prints the page of a rule, named by code or slug; without a name all rules, one a line. */
function runRule(name: string | undefined, packageRoot: string): number {
  if (name === undefined) {
    const width = Math.max(...ALL_RULES.map(({ slug }) => slug.length));
    for (const { code, slug, severity, title, fixable = false } of ALL_RULES) {
      const columns = [code, slug.padEnd(width), severity.padEnd(7), (fixable ? 'fixable' : '').padEnd(7), title];
      process.stdout.write(`${columns.join('  ')}\n`);
    }
    return 0;
  }
  const rule = [...ALL_RULES, ...RETIRED_RULES].find(({ code, slug }) => code === name.toUpperCase() || slug === name);
  if (rule === undefined) {
    const { message, help } = unknownRule(name, RULE_NAMES);
    throw new UsageError(`${message}; ${help}`);
  }
  process.stdout.write(readFileSync(join(packageRoot, 'docs', 'rules', `${rule.code}.md`), 'utf8'));
  return 0;
}
