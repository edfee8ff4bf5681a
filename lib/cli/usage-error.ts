/** The command was called wrongly; the message says how. Exit code 2. */
export class UsageError extends Error {}

/** What a command was to read is not there, and without it there is no answer. Exit code 1, as for all input that cannot be read. */
export class InputError extends Error {}
