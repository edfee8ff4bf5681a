/** The command was called wrongly; the message says how. Exit code 2. */
export class UsageError extends Error {}
