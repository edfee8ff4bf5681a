const LONGEST_PATTERN = 256;
const MOST_REPETITIONS = 3;

/**
 * A regular expression that somebody wrote in a kustomization. Go matches all of them in linear time and JavaScript does not: those that could
 * take long are taken for the text that they are.
 */
export function matches(pattern: string, text: string, anchored: 'whole' | 'part'): boolean {
  const repetitions = pattern.split(/[*+{]/).length - 1;
  const isGroupRepeated = [')*', ')+', '){', '(?', '\\1', '\\k'].some((part) => pattern.includes(part));
  if (pattern.length > LONGEST_PATTERN || repetitions > MOST_REPETITIONS || isGroupRepeated) return pattern === text;
  try {
    return new RegExp(anchored === 'whole' ? `^(?:${pattern})$` : pattern).test(text);
  } catch {
    return pattern === text;
  }
}
