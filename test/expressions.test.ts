import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AST } from '@eslint-community/regexpp';
import ts from 'typescript';
import { countingExpression } from './steps-of-expression';

/** What strangers write is matched by these: the steps of a search may not grow faster than the text. */

interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const LIB = join(__dirname, '../lib');

const FILES = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function literals(): Expression[] {
  return FILES.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(LIB, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Expression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({ where: `${file}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** Those that are put together when their file is loaded. */
function composed(): Expression[] {
  const found: Expression[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, [source, flags = '']: [string | RegExp, string?]) {
      if (typeof source === 'string') found.push({ where: 'composed', source, flags });
      return new target(source, flags);
    },
  });
  try {
    for (const file of FILES.filter((name) => readFileSync(join(LIB, name), 'utf8').includes('new RegExp('))) {
      jest.isolateModules(() => {
        jest.requireActual(join(LIB, file));
      });
    }
  } finally {
    globalThis.RegExp = original;
  }
  return found.filter(({ source }) => !source.startsWith('^(?:') || source.includes('\\'));
}

/** Texts that are matched by a part of an expression, so that long repetitions of them keep it busy. */
function words(node: AST.Element | AST.Alternative | AST.Pattern): string[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap(words).slice(0, 4);
    case 'Alternative':
      return [node.elements.map((element) => words(element)[0] ?? '').join('')];
    case 'Quantifier':
      return words(node.element).map((word) => word.repeat(Math.max(1, Math.min(node.min, 8))));
    case 'Assertion':
    case 'Backreference':
      return [''];
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^(?:${node.raw})$`, /\\[pu]\{/.test(node.raw) ? 'u' : '');
      return ALPHABET.filter((character) => one.test(character)).slice(0, 6);
    }
  }
}

const ALPHABET = Array.from('a0A \t\n-_./:,;#"\'\\{}[]()<>*+?!&|=%@$^~`é\u00a0\u200b\u{1f600}zm');

interface Attack {
  readonly lead: string;
  readonly pump: string;
}

/** For each repetition of the expression what leads there and what it repeats. */
function attacks(pattern: AST.Pattern): Attack[] {
  const found: Attack[] = ALPHABET.map((pump) => ({ lead: '', pump }));
  const visit = (node: AST.Element | AST.Alternative, lead: string): void => {
    if (node.type === 'Alternative') {
      let before = lead;
      for (const element of node.elements) {
        visit(element, before);
        before += words(element)[0] ?? '';
      }
    } else if (node.type === 'Quantifier') {
      for (const pump of words(node.element)) found.push({ lead, pump }, { lead: '', pump: lead + pump });
      visit(node.element, lead);
    } else if ('alternatives' in node) {
      for (const alternative of node.alternatives) visit(alternative, lead);
    }
  };
  for (const alternative of pattern.alternatives) visit(alternative, '');
  return found.filter(({ pump }) => pump !== '');
}

const ENDS = ['', '\0', '!', 'x', '\n'];
/** Beyond the counts that expressions state, such as {0,61}. */
const LENGTH = 300;
/** Twice the text may take twice the steps, and some more for what is looked at once. */
const MOST_GROWTH = 2.5;
const ONCE = 60;

/** The text on which an expression takes more than linear time, if there is one. */
function superLinear({ source, flags }: Expression): string | undefined {
  const { pattern, steps } = countingExpression(source, flags);
  for (const { lead, pump } of attacks(pattern)) {
    for (const end of ENDS) {
      const text = (length: number): string => lead + pump.repeat(Math.ceil(length / pump.length)) + end;
      const limit = 100_000;
      const [short, long] = [LENGTH, 2 * LENGTH].map((length) => steps(text(length), limit));
      if (long === Infinity || long > MOST_GROWTH * short + ONCE) return JSON.stringify({ lead, pump, end });
    }
  }
  return undefined;
}

test.each([
  ['(a+)+b', ''],
  ['\\s+$', ''],
  ['^(["\'])(?:\\\\.|(?!\\1).)*\\1', ''],
  ['/+$', ''],
  ['\\{\\{[^}]*\\}\\}', ''],
  ['([0-9.]+)(ns|s)', 'g'],
  ['^a*a*b', ''],
  ['^x:\\s*(.*)\\s*;$', ''],
])('/%s/%s is found out', (source, flags) => {
  expect(superLinear({ where: '', source, flags })).toBeDefined();
});

test.each([
  ['(?<!/)/+$', ''],
  ['^a+b', ''],
  ['[^/]', 'g'],
])('/%s/%s is linear', (source, flags) => {
  expect(superLinear({ where: '', source, flags })).toBeUndefined();
});

test('no expression of lib takes more than linear time on a repetitive text', () => {
  const all = [...literals(), ...composed()];
  expect(all.length).toBeGreaterThan(300);
  const found = all.flatMap((expression) => {
    const attack = superLinear(expression);
    return attack === undefined ? [] : [`${expression.where} /${expression.source}/${expression.flags}: ${attack}`];
  });
  expect(found).toEqual([]);
});
