import type { Problem } from '../../finding/problem';

/** A problem of one line of a Corefile. */
export type CorefileProblem = Problem & { readonly textLine?: number };
