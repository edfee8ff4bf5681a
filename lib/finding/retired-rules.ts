/** A rule that is gone: its code and slug are never used for another. */
export interface RetiredRule {
  readonly code: string;
  readonly slug: string;
  /** What it found. */
  readonly title: string;
  /** The codes under which the same is found now. */
  readonly successors: readonly string[];
}

/** Whoever still names one of them is told what took its place. */
export const RETIRED_RULES: readonly RetiredRule[] = [
  {
    code: 'NL220',
    slug: 'invalid-service',
    title: 'A Service that the API server refuses or that cannot work',
    successors: [
      'NL230',
      'NL231',
      'NL232',
      'NL233',
      'NL234',
      'NL235',
      'NL236',
      'NL237',
      'NL238',
      'NL239',
      'NL240',
      'NL241',
      'NL243',
      'NL244',
      'NL261',
      'NL262',
      'NL301',
      'NL921',
      'NL980',
      'NL981',
      'NL982',
      'NL983',
    ],
  },
];

/** By code or slug. */
export function retiredRule(name: string): RetiredRule | undefined {
  return RETIRED_RULES.find(({ code, slug }) => code === name || slug === name);
}
