import { concat, flatMap } from '../../model';
import type { CorefileLine, CorefilePlugin } from './corefile-blocks';

/** What CoreDNS refuses about what follows the name of a plugin, or a property of it. */
export interface ArgumentProblem {
  readonly line: number;
  readonly message: string;
  readonly help: string;
}

type Check = (plugin: CorefilePlugin) => readonly ArgumentProblem[];

/** By plugin: its setup.go in coredns/coredns. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['cache', cacheProblems],
  ['errors', atMost(1, 'errors takes stdout alone')],
  [
    'file',
    (plugin) =>
      plugin.args.length > 0
        ? []
        : [said(plugin, 'file names no zone file', 'write file /path/to/db.example.org example.org')],
  ],
  ['loop', atMost(0, 'loop takes nothing')],
  ['kubernetes', kubernetesProblems],
  ['ready', atMost(1, 'ready takes an address alone')],
  ['rewrite', rewriteProblems],
  ['template', templateProblems],
]);

export function argumentProblems(plugin: CorefilePlugin): readonly ArgumentProblem[] {
  return isLeftToFill(plugin) ? [] : (CHECKS.get(plugin.name)?.(plugin) ?? []);
}

/** Variables of the environment, and values that a script fills in. */
function isLeftToFill({ args, body }: CorefilePlugin): boolean {
  return concat(
    args,
    flatMap(body, (line) => line.args),
  ).some((arg) => /\{\$|\$\{|\{%|__[A-Z_]+__/.test(arg));
}

function said({ line }: CorefileLine, message: string, help: string): ArgumentProblem {
  return { line, message, help: `CoreDNS does not start: ${help}` };
}

function atMost(most: number, what: string): Check {
  return (plugin) =>
    plugin.args.length > most ? [said(plugin, `${plugin.name} has ${plugin.args.join(' ')} behind it`, what)] : [];
}

const NUMBER = /^[-+]?\d+$/;

function cacheProblems(plugin: CorefilePlugin): readonly ArgumentProblem[] {
  const ttl = plugin.args.at(0);
  const own =
    ttl !== undefined && NUMBER.test(ttl) && Number(ttl) <= 0
      ? [said(plugin, `the TTL of cache is ${ttl}`, 'write a number of seconds above 0')]
      : [];
  return concat(own, flatMap(plugin.body, cacheSizeProblems));
}

/** `success CAPACITY [TTL [MINTTL]]`, and the same for denial. */
function cacheSizeProblems(line: CorefileLine): readonly ArgumentProblem[] {
  if (line.name !== 'success' && line.name !== 'denial') return [];
  const usage = `write ${line.name} CAPACITY [TTL [MINTTL]]`;
  if (line.args.length === 0) return [said(line, `${line.name} of cache says no capacity`, usage)];
  const odd = line.args.slice(0, 3).find((arg) => !NUMBER.test(arg));
  if (odd !== undefined) return [said(line, `${line.name} of cache has ${odd}, which is no number`, usage)];
  return line.args.length > 1 && Number(line.args[1]) <= 0
    ? [said(line, `the TTL of ${line.name} is ${line.args[1]}`, 'write a number of seconds above 0')]
    : [];
}

const POD_MODES = ['disabled', 'insecure', 'verified'];

function kubernetesProblems({ body }: CorefilePlugin): readonly ArgumentProblem[] {
  return flatMap(body, (line): readonly ArgumentProblem[] => {
    const arg = line.args.at(0);
    if (line.name === 'pods' && !POD_MODES.includes(arg ?? '')) {
      return [
        said(line, `pods of kubernetes is ${arg ?? 'nothing'}`, `write pods ${POD_MODES.join(', ')}, one of them`),
      ];
    }
    if (line.name === 'ttl' && !(NUMBER.test(arg ?? '') && Number(arg) >= 0 && Number(arg) <= 3600)) {
      return [said(line, `ttl of kubernetes is ${arg ?? 'nothing'}`, 'write a number of seconds from 0 to 3600')];
    }
    return [];
  });
}

const REWRITE_RULES = ['name', 'class', 'type', 'edns0', 'ttl', 'cname', 'rcode'];
const NAME_MATCHES = ['exact', 'prefix', 'suffix', 'substring', 'regex'];

/** plugin/rewrite, `newRule`: words in braces count as if they stood in the line. */
function rewriteProblems(plugin: CorefilePlugin): readonly ArgumentProblem[] {
  const inBraces = plugin.args.length < 2 ? flatMap(plugin.body, ({ name, args }) => concat([name], args)) : [];
  const words = concat(plugin.args, inBraces);
  const mode = words.at(0) ?? '';
  const rest = ['continue', 'stop'].includes(mode.toLowerCase()) ? words.slice(1) : words;
  const written = rest.at(0);
  const values = rest.slice(1);
  const rule = written?.toLowerCase();
  if (written === undefined || rule === undefined)
    return [said(plugin, 'rewrite has no rule', `write ${REWRITE_RULES.join(', ')} first`)];
  if (rule === 'answer')
    return [said(plugin, 'rewrite begins with answer', 'begin with a name rule, and put the answer rule behind it')];
  if (!REWRITE_RULES.includes(rule)) {
    return [said(plugin, `rewrite has no rule called ${written}`, `use one of ${REWRITE_RULES.join(', ')}`)];
  }
  // Behind the kind of the rule.
  const least = rule === 'rcode' ? 3 : 2;
  if (values.length < least) {
    const usage = rule === 'name' ? 'write rewrite name exact FROM TO' : `write at least ${least} words behind ${rule}`;
    return [said(plugin, `rewrite ${rest.join(' ')} has too few words`, usage)];
  }
  if ((rule === 'class' || rule === 'type') && values.length !== 2) {
    return [said(plugin, `rewrite ${rest.join(' ')} has too many words`, `write rewrite ${rule} FROM TO`)];
  }
  if (rule === 'name' && values.length > 2 && !NAME_MATCHES.includes(values[0].toLowerCase())) {
    return [said(plugin, `rewrite name has no match called ${values[0]}`, `use one of ${NAME_MATCHES.join(', ')}`)];
  }
  return [];
}

const CLASSES = ['IN', 'CS', 'CH', 'HS', 'NONE', 'ANY'];
/** A type of record is upper case, and may have digits: A, AAAA, NSEC3PARAM, TYPE65280. */
const RECORD_TYPE = /^[A-Z][A-Z0-9-]*$/;

function templateProblems(plugin: CorefilePlugin): readonly ArgumentProblem[] {
  const queryClass = plugin.args.at(0);
  const type = plugin.args.at(1);
  if (queryClass === undefined || type === undefined) {
    return [
      said(
        plugin,
        `template has ${plugin.args.length === 0 ? 'no class' : 'no type'}`,
        'write template CLASS TYPE [ZONE…], such as template IN A example.org',
      ),
    ];
  }
  if (!CLASSES.includes(queryClass)) {
    return [said(plugin, `template has the class ${queryClass}`, `use one of ${CLASSES.join(', ')}`)];
  }
  if (!RECORD_TYPE.test(type)) {
    return [
      said(plugin, `template has the type ${type}`, 'use a type of record in upper case, such as A, AAAA or ANY'),
    ];
  }
  return plugin.body
    .filter(({ name, args }) => ['match', 'answer', 'additional', 'authority'].includes(name) && args.length === 0)
    .map((line) => said(line, `${line.name} of template is empty`, `write what follows ${line.name}`));
}
