import type { Severity } from '../finding/finding';
import { retiredRule } from '../finding/retired-rules';
import { nearestWord } from '../plan';
import { type ConfigKey, readMap } from './config-key';

const LEVELS = ['off', 'info', 'warning', 'error'] as const;

/** A name that no rule has. Slugs are words, and words are misspelt; numbers next to one another mean nothing to one another. */
export function unknownRule(name: string, ruleNames: ReadonlyMap<string, string>): { message: string; help: string } {
  const retired = retiredRule(name);
  if (retired !== undefined) {
    return {
      message: `the rule ${name} is gone`,
      help: `name the rules that took its place: ${retired.successors.join(', ')}`,
    };
  }
  const slugs = [...ruleNames.keys()].filter((known) => !IS_CODE.test(known));
  const nearest = IS_CODE.test(name) ? null : nearestWord(name, slugs);
  return {
    message: `there is no rule ${name}`,
    help: nearest === null ? '`netloom rule` lists them' : `did you mean ${nearest}?`,
  };
}

const IS_CODE = /^(nl)?\d*$/i;

/** `rules`: by code, another severity, or `off`. */
export const RULES_KEY: ConfigKey<ReadonlyMap<string, Severity | 'off'>> = {
  absent: new Map(),
  read(value, path, context) {
    const { ruleNames, report } = context;
    const levels = new Map<string, Severity | 'off'>();
    for (const [name, written] of readMap(value, path, 'write a map of rules: { NL201: warning }', context)) {
      const code = ruleNames.get(name);
      // YAML 1.1 takes a bare `off` for false.
      const level = LEVELS.find((candidate) => candidate === (written === false ? 'off' : written));
      if (code === undefined) {
        const { message, help } = unknownRule(name, ruleNames);
        report([...path, name], message, help, 'key');
      } else if (written === null) {
        continue;
      } else if (level === undefined) {
        report([...path, name], `${JSON.stringify(written)} is no severity`, `use ${LEVELS.join(', ')}`);
      } else if ((levels.get(code) ?? level) !== level) {
        report([...path, name], `${code} has two severities`, 'name the rule once, by its code or by its slug');
      } else {
        levels.set(code, level);
      }
    }
    return levels;
  },
  schema: (ruleNames) => ({
    description: 'Another severity for a rule, or off; by code or slug.',
    type: ['object', 'null'],
    properties: Object.fromEntries(
      ruleNames.map(({ name, title }) => [name, { description: title, enum: [...LEVELS, false, null] }]),
    ),
    additionalProperties: false,
  }),
};
