import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { unknownRule } from '../../config/rules-key';
import { RETIRED_RULES } from '../../finding/retired-rules';
import type { CommandContext } from '../command';
import { widthOf } from '../../output/text/palette';
import { tableText } from '../../output/text/table';
import { wrapMarkdown } from '../../output/text/wrap';
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
      ['netloom rule NL201', 'what a rule finds, why it matters, how to fix it'],
      ['netloom rule', 'all rules, one a line'],
    ],
    exitCodes: { 0: 'the rule exists' },
  });
}

/** Prints the page of a rule, named by code or slug; without a name all rules, one a line. */
function runRule(name: string | undefined, packageRoot: string): number {
  if (name === undefined) {
    const rows = ALL_RULES.map(({ code, slug, severity, title, fixable = false }) => [
      code,
      slug,
      severity,
      fixable ? 'fixable' : '',
      title,
    ]);
    process.stdout.write(`${tableText([], rows, { width: widthOf(process.stdout) })}\n`);
    return 0;
  }
  const rule = [...ALL_RULES, ...RETIRED_RULES].find(({ code, slug }) => code === name.toUpperCase() || slug === name);
  if (rule === undefined) {
    const { message, help } = unknownRule(name, RULE_NAMES);
    throw new UsageError(`${message}; ${help}`);
  }
  const page = readFileSync(join(packageRoot, 'docs', 'rules', `${rule.code}.md`), 'utf8');
  process.stdout.write(wrapMarkdown(page, widthOf(process.stdout)));
  return 0;
}
