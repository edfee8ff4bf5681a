import { joined } from '../manifests';

/** Where a configuration is, and where it is looked at from. */
export interface ConfigFolder {
  /** Where its paths start, from the working directory: `.`, `..`, `deploy`. */
  readonly folder: string;
  /** The working directory, from there. */
  readonly workingDirectory: string;
}

/** A path from the working directory as a path from the folder of the configuration, both with `/` between their parts. */
export function pathIn({ folder, workingDirectory }: ConfigFolder, path: string): string {
  if (folder === '.') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : joined(workingDirectory, path);
}
