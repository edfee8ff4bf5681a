/** The formats of each command, apart from the commands: help must not load what prints them. */
export const PLAN_FORMATS: readonly string[] = ['text', 'json', 'markdown', 'svg'];
export const CHECK_FORMATS: readonly string[] = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'];
export const DIFF_FORMATS: readonly string[] = ['text', 'json', 'markdown'];
export const REACH_FORMATS: readonly string[] = ['text', 'json', 'csv', 'markdown', 'dot'];
export const EXPLAIN_FORMATS: readonly string[] = ['text', 'json'];
export const WHOIS_FORMATS: readonly string[] = ['text', 'json'];
export const CAPACITY_FORMATS: readonly string[] = ['text', 'json'];
