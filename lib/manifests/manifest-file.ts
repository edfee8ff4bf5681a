/** A file as it was found. */
export interface ManifestFile {
  /** As given, relative, with `/` between its parts; `(standard input)` for standard input. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** How the system knows it, where its name is no UTF-8. */
  readonly location?: Buffer;
}

/** What was asked for and could not be read. */
export interface UnreadableFile {
  readonly path: string;
  /** Why, in words: `it does not exist`. */
  readonly problem: string;
}

export const STANDARD_INPUT = '(standard input)';
