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
  {
    code: 'NL420',
    slug: 'invalid-ingress',
    title: 'An Ingress that the API server refuses or that cannot work',
    successors: ['NL404', 'NL405', 'NL406', 'NL407', 'NL409', 'NL417', 'NL921', 'NL981', 'NL983'],
  },
  {
    code: 'NL421',
    slug: 'invalid-ingress-class',
    title: 'An IngressClass that the API server refuses',
    successors: ['NL410', 'NL921'],
  },
  {
    code: 'NL520',
    slug: 'invalid-network-policy',
    title: 'A NetworkPolicy that the API server refuses or that says something else than it seems to',
    successors: ['NL503', 'NL504', 'NL506', 'NL921', 'NL980', 'NL981', 'NL982', 'NL983'],
  },
  {
    code: 'NL620',
    slug: 'invalid-ip-pool',
    title: 'A Calico IPPool that Calico refuses',
    successors: ['NL603', 'NL604', 'NL605', 'NL660', 'NL921', 'NL982'],
  },
  {
    code: 'NL621',
    slug: 'invalid-calico-object',
    title: 'An Installation, IPReservation or BGP object that Calico refuses',
    successors: ['NL603', 'NL604', 'NL605', 'NL608', 'NL609', 'NL641', 'NL646', 'NL660', 'NL921', 'NL982', 'NL983'],
  },
  {
    code: 'NL622',
    slug: 'invalid-cilium-object',
    title: 'A pool or a setting that Cilium refuses',
    successors: ['NL636', 'NL646', 'NL921', 'NL982', 'NL983'],
  },
  {
    code: 'NL623',
    slug: 'invalid-flannel-config',
    title: 'A network configuration that Flannel refuses or that does not fit its cluster',
    successors: ['NL638', 'NL921', 'NL982', 'NL983'],
  },
  {
    code: 'NL624',
    slug: 'invalid-metallb-object',
    title: 'A pool or an announcement that MetalLB refuses',
    successors: ['NL630', 'NL631', 'NL646', 'NL680', 'NL921', 'NL982', 'NL983'],
  },
];

/** By code or slug. */
export function retiredRule(name: string): RetiredRule | undefined {
  return RETIRED_RULES.find(({ code, slug }) => code === name || slug === name);
}
