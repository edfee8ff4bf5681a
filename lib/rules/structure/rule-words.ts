import { brief } from '../../finding/brief';
import type { Problem } from '../../finding/problem';
import { below, type FieldPath, flatMap, list, member } from '../../model';
import type { SchemaRule } from '../../schema/schema';
import { isSet, shown } from '../field-problem';
import { nameOf } from '../value-form';
import { GATEWAY_RULES } from './gateway-rule-words';
import { problem, type RuleWords } from './list-problems';

/** Words of our own for a rule of a schema; of a CRD of the user's own those that it has itself. */
export function ruleWords(rule: SchemaRule, value: unknown, path: FieldPath): readonly Problem[] {
  const words = listedWords(rule.rule) ?? (rule.message === undefined ? familyWords(rule.rule) : undefined);
  const found = words?.(value, path) ?? [];
  if (found.length > 0) return rule.stricter ? found.map((each) => ({ ...each, severity: 'warning' })) : found;
  return [
    {
      field: path,
      message: brief(rule.message ?? `${nameOf(path)} is ${shown(value)}, for which this does not hold: ${rule.rule}`),
      help: 'change it so that the rule of the CustomResourceDefinition holds',
    },
  ];
}

/** Undefined for a rule that has no words: a test asks for those of every known schema. */
export function knownWords(rule: string): RuleWords | undefined {
  return listedWords(rule) ?? familyWords(rule);
}

function listedWords(rule: string): RuleWords | undefined {
  const exact = RULES.get(rule);
  if (exact !== undefined) return exact;
  for (const [start, words] of GATEWAY_RULES) if (rule.startsWith(start)) return words;
  return undefined;
}

function familyWords(rule: string): RuleWords | undefined {
  for (const [form, words] of FAMILIES) {
    const match = form.exec(rule);
    if (match !== null) return words(match);
  }
  return undefined;
}

/** `type` and the field that a value of that type has: which is missing, and which is too much. */
function union(typeField: string, type: string, field: string): RuleWords {
  return (value, path) => {
    const is = member(value, typeField);
    if (isSet(member(value, field))) {
      return problem(
        below(path, field),
        `${field} is set, and the ${typeField} is ${String(is)}`,
        `leave it out, or use the ${typeField} ${type}`,
      );
    }
    return problem(
      below(path, field),
      `${nameOf(path)} has no ${field}, which the ${typeField} ${type} needs`,
      `add ${field}, or use another ${typeField}`,
    );
  };
}

const NAME = '(\\w+)';

/** Rules of cluster network policies that have peers outside of pods. */
function namedPort(ports: string, name: string): RuleWords {
  return (value, path) =>
    flatMap(list(member(value, ports)), (port, index) =>
      isSet(member(port, name))
        ? problem(
            below(path, ports, index, name),
            'a port by name, in a rule to nodes, networks or domains, which have no named ports',
            'give the number of the port, or make a rule of its own for the pods',
          )
        : [],
    );
}

/** Rules of one form. */
const FAMILIES: readonly (readonly [form: RegExp, words: (match: RegExpExecArray) => RuleWords])[] = [
  [
    new RegExp(`^self\\.${NAME} != '${NAME}' \\|\\| (?:\\(?has\\(self\\.${NAME}\\))$`),
    ([, typeField, type, field]) => union(typeField, type, field),
  ],
  [
    new RegExp(`^self\\.${NAME} == '${NAME}' \\|\\| !has\\(self\\.${NAME}\\)$`),
    ([, typeField, type, field]) => union(typeField, type, field),
  ],
  [
    new RegExp(`^self\\.${NAME} == '${NAME}' \\? has\\(self\\.${NAME}\\) : (?:true|!has\\(self\\.\\w+\\))$`),
    ([, typeField, type, field]) => union(typeField, type, field),
  ],
  [
    new RegExp(`^has\\(self\\.${NAME}\\) \\? self\\.${NAME} == '${NAME}' : true$`),
    ([, field, typeField, type]) => union(typeField, type, field),
  ],
  [
    new RegExp(`^!has\\(self\\.${NAME}\\) \\|\\| self\\.${NAME} == '${NAME}'$`),
    ([, field, typeField, type]) => union(typeField, type, field),
  ],
  [
    new RegExp(`^!\\(!?has\\(self\\.${NAME}\\) && self\\.${NAME} [!=]= '${NAME}'\\)$`),
    ([, field, typeField, type]) => union(typeField, type, field),
  ],
  [
    /^!\(self\.to\.exists\(peer, .*\) && self\.(\w+)\.exists\(\w+, has\(\w+\.(\w+)\)\)\)$/,
    ([, ports, name]) => namedPort(ports, name),
  ],
  [
    /^has\(self\.(\w+)\)$/,
    ([, field]) =>
      (_, path) =>
        problem(below(path, field), `${nameOf(path)} has no ${field}`, `add ${field}`),
  ],
];

const HOLD_TIME = 90;
const KEEP_ALIVE_TIME = 30;

const RULES: ReadonlyMap<string, RuleWords> = new Map<string, RuleWords>([
  [
    'self.start < self.end',
    (value, path) =>
      problem(
        path,
        `the range starts at ${shown(member(value, 'start'))} and ends at ${shown(member(value, 'end'))}`,
        'write the lower port first; a single port is a number and no range',
      ),
  ],
  [
    'isCIDR(self)',
    (value, path) =>
      problem(
        path,
        `${nameOf(path)} is ${shown(value)}, and must be a CIDR`,
        'write an address and its prefix length, such as 192.0.2.0/24',
      ),
  ],
  [
    'isCIDR(self) && cidr(self) == cidr(self).masked()',
    (value, path) =>
      problem(
        path,
        `${nameOf(path)} is ${shown(value)}, and must be a CIDR without bits beyond its prefix`,
        'write the first address of the range and its prefix length, such as 192.0.2.0/24',
      ),
  ],
  [
    '!has(self.serviceSelectors) || self.serviceSelectors.size() == 0 || ((!has(self.aggregationLength) || self.aggregationLength == 32) && (!has(self.aggregationLengthV6) || self.aggregationLengthV6 == 128))',
    (value, path) =>
      flatMap(Object.entries({ aggregationLength: 32, aggregationLengthV6: 128 }), ([field, bits]) => {
        const length = member(value, field);
        return !isSet(length) || length === bits
          ? []
          : problem(
              below(path, field),
              `${field} is ${shown(length)}, and serviceSelectors are set: an aggregate cannot be of some Services`,
              `leave ${field} out, or serviceSelectors`,
            );
      }),
  ],
  [
    'duration(self).getSeconds() >= 1 && duration(self).getSeconds() <= 65535',
    (value, path) =>
      problem(path, `${nameOf(path)} is ${shown(value)}, and must be from 1s to 65535s`, 'write whole seconds: 10s'),
  ],
  [
    'duration(self).getMilliseconds() % 1000 == 0',
    (value, path) =>
      problem(path, `${nameOf(path)} is ${shown(value)}, and must be whole seconds`, 'write whole seconds: 10s'),
  ],
  [
    "self.advertisementType != 'PodCIDR' || !has(self.selector)",
    (_, path) =>
      problem(
        below(path, 'selector'),
        'a selector is set, and the advertisementType PodCIDR has nothing to select from',
        'leave it out',
      ),
  ],
  [
    'self.keepAliveTimeSeconds <= self.holdTimeSeconds',
    (value, path) => {
      const hold = member(value, 'holdTimeSeconds') ?? HOLD_TIME;
      const keepAlive = member(value, 'keepAliveTimeSeconds') ?? KEEP_ALIVE_TIME;
      // The API server has set the default, which is not in the manifest.
      const isDefault = keepAlive === KEEP_ALIVE_TIME;
      return problem(
        below(path, isDefault ? 'holdTimeSeconds' : 'keepAliveTimeSeconds'),
        `keepAliveTimeSeconds is ${shown(keepAlive)}${isDefault ? ' unless it is set' : ''}, and holdTimeSeconds is ${shown(hold)}`,
        'let keepAliveTimeSeconds be at most holdTimeSeconds, a third of it by custom',
      );
    },
  ],
  [
    'has(self.spec) || has(self.specs)',
    (_, path) => problem(below(path, 'spec'), 'the policy has no rule', 'add spec, or several as specs'),
  ],
  [
    "self.metadata.name == 'default'",
    (value, path) =>
      problem(
        below(path, 'metadata', 'name'),
        `the name is ${shown(member(member(value, 'metadata'), 'name'))}, and must be default`,
        'write name: default: there is one for the cluster',
      ),
  ],
  [
    "self == '' || isIP(self)",
    (value, path) =>
      problem(
        path,
        `${nameOf(path)} is ${shown(value)}, and must be an IPv4 or IPv6 address`,
        'write an IPv4 or IPv6 address',
      ),
  ],
]);
