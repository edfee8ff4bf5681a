import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Goes on behind an offset; false goes back to what else could be tried. */
type Continue = (offset: number) => boolean;
/** Tries all ways to match from an offset. */
type Matcher = (offset: number, next: Continue) => boolean;

class TooManySteps extends Error {}

/** How the search for an expression works on texts, as backtracking engines do it, step by step: each character and each end that is looked at is one. */
export interface CountingExpression {
  /** How many steps it takes to find all matches in a text; Infinity if there are more than the limit. */
  readonly steps: (text: string, limit: number) => number;
  readonly pattern: AST.Pattern;
}

export function countingExpression(source: string, flags: string): CountingExpression {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const charFlags = flags.replace(/[gydm]/g, '');
  let text = '';
  let left = 0;
  const captures = new Map<number, string>();
  const numbers = new Map<AST.CapturingGroup, number>();

  const step = (): void => {
    if (left-- === 0) throw new TooManySteps();
  };

  const compile = (node: AST.Element | AST.Alternative | AST.Pattern): Matcher => {
    switch (node.type) {
      case 'Pattern':
        return anyOf(node.alternatives.map(compile));
      case 'Alternative':
        return sequence(node.elements.map(compile));
      case 'Group':
        return anyOf(node.alternatives.map(compile));
      case 'CapturingGroup': {
        const number = numbers.size + 1;
        numbers.set(node, number);
        const inner = anyOf(node.alternatives.map(compile));
        return (start, next) => {
          const before = captures.get(number);
          const found = inner(start, (end) => {
            captures.set(number, text.slice(start, end));
            return next(end);
          });
          if (!found) captures.set(number, before ?? '');
          return found;
        };
      }
      case 'Quantifier':
        return repeated(compile(node.element), node.min, node.max, node.greedy);
      case 'Assertion':
        return assertion(node);
      case 'Backreference': {
        const { resolved } = node;
        if (Array.isArray(resolved)) throw new Error('a name of several groups');
        return (offset, next) => {
          step();
          const wanted = captures.get(numbers.get(resolved) ?? 0) ?? '';
          return text.startsWith(wanted, offset) && next(offset + wanted.length);
        };
      }
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass': {
        const one = new RegExp(`^(?:${node.raw})$`, charFlags);
        const known = new Map<string, boolean>();
        return (offset, next) => {
          step();
          const character = text[offset] as string | undefined;
          if (character === undefined) return false;
          const matches = known.get(character) ?? one.test(character);
          known.set(character, matches);
          return matches && next(offset + 1);
        };
      }
    }
  };

  const assertion = (node: AST.Assertion): Matcher => {
    switch (node.kind) {
      case 'start':
        return (offset, next) => {
          step();
          return (offset === 0 || (flags.includes('m') && text[offset - 1] === '\n')) && next(offset);
        };
      case 'end':
        return (offset, next) => {
          step();
          return (offset === text.length || (flags.includes('m') && text[offset] === '\n')) && next(offset);
        };
      case 'word':
        return (offset, next) => {
          step();
          const isWord = (at: number): boolean => /\w/.test(text[at] ?? '');
          return (isWord(offset - 1) !== isWord(offset)) !== node.negate && next(offset);
        };
      case 'lookahead': {
        const inner = anyOf(node.alternatives.map(compile));
        return (offset, next) => inner(offset, () => true) !== node.negate && next(offset);
      }
      case 'lookbehind': {
        const inner = anyOf(node.alternatives.map(compile));
        const widths = node.alternatives.map(({ elements }) => elements.length);
        return (offset, next) => {
          const found = widths.some((width) => offset >= width && inner(offset - width, (end) => end === offset));
          return found !== node.negate && next(offset);
        };
      }
    }
  };

  const root = compile(pattern);
  return {
    pattern,
    steps: (words, limit) => {
      text = words;
      left = limit;
      try {
        for (let offset = 0; offset <= text.length; offset++) {
          captures.clear();
          let end = offset;
          const found = root(offset, (behind) => {
            end = behind;
            return true;
          });
          if (found && !flags.includes('g')) break;
          if (found && end > offset) offset = end - 1;
        }
      } catch (error) {
        if (error instanceof TooManySteps) return Infinity;
        throw error;
      }
      return limit - left;
    },
  };
}

function sequence(parts: readonly Matcher[]): Matcher {
  return parts.reduceRight<Matcher>(
    (rest, part) => (offset, next) => part(offset, (end) => rest(end, next)),
    (offset, next) => next(offset),
  );
}

function anyOf(parts: readonly Matcher[]): Matcher {
  return (offset, next) => parts.some((part) => part(offset, next));
}

function repeated(part: Matcher, min: number, max: number, greedy: boolean): Matcher {
  const from =
    (count: number): Matcher =>
    (offset, next) => {
      const more = (): boolean =>
        count < max && part(offset, (end) => (end > offset || count < min) && from(count + 1)(end, next));
      const enough = (): boolean => count >= min && next(offset);
      return greedy ? more() || enough() : enough() || more();
    };
  return from(0);
}
