/** An expression of CEL, the Common Expression Language (cel-spec, doc/langdef.md), as plain JSON. */
export type CelNode =
  | readonly ['literal', CelLiteral]
  | readonly ['name', string]
  | readonly ['field' | 'field?', CelNode, string]
  | readonly ['item' | 'item?', CelNode, CelNode]
  | readonly ['call', string, CelNode | null, readonly CelNode[]]
  | readonly ['if', CelNode, CelNode, CelNode]
  | readonly ['not' | 'minus', CelNode]
  | readonly [BinaryOperator, CelNode, CelNode]
  | readonly ['list', readonly CelNode[]]
  | readonly ['map', readonly (readonly [CelNode, CelNode])[]];

export type CelLiteral = string | number | boolean | null;

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

type Token =
  | { readonly kind: 'name' | 'mark'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: CelLiteral }
  | { readonly kind: 'end' };

/** No rule of the API server is longer, and none is nested deeper. */
const LONGEST = 20_000;
const DEEPEST = 200;

class Unreadable extends Error {}

/** Undefined for what is no expression. */
export function parseCel(text: string): CelNode | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return parseTokens(tokensOf(text));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

const SPACE = /(?:[ \t\r\n\f]+|\/\/[^\n]*)+/y;
const NUMBER = /0[xX][0-9a-fA-F]+[uU]?|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[uU]?|\.[0-9]+(?:[eE][+-]?[0-9]+)?/y;
const STRING = /([rRbB]{0,2})("""|'''|"|')/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*|`[A-Za-z0-9_./-]+`/y;
const MARK = /\|\||&&|[=!<>]=|[-+*/%!<>?:.,()[\]{}]/y;

const WORDS: ReadonlyMap<string, CelLiteral> = new Map<string, CelLiteral>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(SPACE);
    if (at === text.length) return [...tokens, { kind: 'end' }];
    const string = take(STRING);
    if (string !== null) {
      const end = endOfString(text, at, string[2], isRaw(string[1]));
      const body = text.slice(at, end);
      tokens.push({ kind: 'literal', value: isRaw(string[1]) ? body : unescaped(body) });
      at = end + string[2].length;
      continue;
    }
    const afterDot = tokens.at(-1);
    const number = afterDot?.kind === 'mark' && afterDot.text === '.' ? null : take(NUMBER);
    if (number !== null) {
      tokens.push({ kind: 'literal', value: Number(number[0].replace(/[uU]$/, '')) });
      continue;
    }
    const name = take(NAME);
    if (name !== null) {
      const word = WORDS.get(name[0]);
      tokens.push(
        word === undefined ? { kind: 'name', text: name[0].replaceAll('`', '') } : { kind: 'literal', value: word },
      );
      continue;
    }
    const mark = take(MARK);
    if (mark === null) throw new Unreadable();
    tokens.push({ kind: 'mark', text: mark[0] });
  }
}

function isRaw(prefix: string): boolean {
  return prefix.toLowerCase().includes('r');
}

function endOfString(text: string, start: number, quote: string, raw: boolean): number {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === '\\' && !raw) at++;
  }
  throw new Unreadable();
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

function unescaped(body: string): string {
  return body.replace(
    /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))/gs,
    (_, hex?: string, short?: string, long?: string, octal?: string, other?: string) => {
      const code = hex ?? short ?? long;
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return ESCAPES.get(other ?? '') ?? other ?? '';
    },
  );
}

/** Operators of equal rank, the loosest first. */
const RANKS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

function parseTokens(tokens: readonly Token[]): CelNode {
  let at = 0;
  let depth = 0;

  function isMark(text: string): boolean {
    const token = tokens[at];
    return token.kind === 'mark' && token.text === text;
  }
  function skip(text: string): boolean {
    if (!isMark(text)) return false;
    at++;
    return true;
  }
  function expect(text: string): void {
    if (!skip(text)) throw new Unreadable();
  }
  function name(): string {
    const token = tokens[at++];
    if (token.kind !== 'name') throw new Unreadable();
    return token.text;
  }
  function operatorOf(rank: readonly BinaryOperator[]): BinaryOperator | undefined {
    const token = tokens[at];
    return token.kind === 'end' || token.kind === 'literal' ? undefined : rank.find((each) => each === token.text);
  }

  function expression(): CelNode {
    if (++depth > DEEPEST) throw new Unreadable();
    const condition = binary(0);
    let node = condition;
    if (skip('?')) {
      const yes = binary(0);
      expect(':');
      node = ['if', condition, yes, expression()];
    }
    depth--;
    return node;
  }
  function binary(rank: number): CelNode {
    if (rank === RANKS.length) return unary();
    let left = binary(rank + 1);
    for (let operator = operatorOf(RANKS[rank]); operator !== undefined; operator = operatorOf(RANKS[rank])) {
      at++;
      left = [operator, left, binary(rank + 1)];
    }
    return left;
  }
  function unary(): CelNode {
    const operators: ('not' | 'minus')[] = [];
    while (isMark('!') || isMark('-')) {
      operators.push(isMark('!') ? 'not' : 'minus');
      at++;
    }
    if (operators.length > DEEPEST) throw new Unreadable();
    return operators.reduceRight<CelNode>((node, operator) => [operator, node], member());
  }
  function member(): CelNode {
    let node = primary();
    for (;;) {
      if (skip('.')) {
        const isOptional = skip('?');
        const field = name();
        node =
          !isOptional && skip('(')
            ? ['call', field, node, listUpTo(')')]
            : [isOptional ? 'field?' : 'field', node, field];
      } else if (skip('[')) {
        const isOptional = skip('?');
        node = [isOptional ? 'item?' : 'item', node, expression()];
        expect(']');
      } else {
        return node;
      }
    }
  }
  function primary(): CelNode {
    const token = tokens[at];
    if (token.kind === 'literal') {
      at++;
      return ['literal', token.value];
    }
    if (token.kind === 'name') {
      at++;
      return skip('(') ? ['call', token.text, null, listUpTo(')')] : ['name', token.text];
    }
    if (skip('(')) {
      const node = expression();
      expect(')');
      return node;
    }
    if (skip('[')) return ['list', listUpTo(']')];
    expect('{');
    return ['map', entries()];
  }
  function listUpTo(end: string): readonly CelNode[] {
    const items: CelNode[] = [];
    while (!skip(end)) {
      items.push(expression());
      if (!isMark(end)) expect(',');
    }
    return items;
  }
  function entries(): readonly (readonly [CelNode, CelNode])[] {
    const items: (readonly [CelNode, CelNode])[] = [];
    while (!skip('}')) {
      const key = expression();
      expect(':');
      items.push([key, expression()]);
      if (!isMark('}')) expect(',');
    }
    return items;
  }

  const whole = expression();
  if (tokens[at].kind !== 'end') throw new Unreadable();
  return whole;
}
