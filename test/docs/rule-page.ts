/** A fenced block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

/** A page of docs/rules, taken apart. */
export interface RulePage {
  readonly title: string;
  readonly summary: string;
  /** The headings of its sections, in order. */
  readonly sections: readonly string[];
  readonly textOf: (section: string) => string;
  readonly blocksOf: (section: string) => readonly CodeBlock[];
}

export function readRulePage(markdown: string): RulePage {
  const [head, ...parts] = markdown.split(/^## /m);
  const [title, summary] = head.split('\n').filter((line) => line.trim() !== '');
  const sections = new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1).trim()];
    }),
  );
  const textOf = (section: string): string => sections.get(section) ?? '';
  return {
    title,
    summary,
    sections: [...sections.keys()],
    textOf,
    blocksOf: (section) =>
      [...textOf(section).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text })),
  };
}
