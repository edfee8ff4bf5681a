import { joined } from '../manifests';

/** Where the paths of a configuration start. */
export interface ConfigFolder {
  /** From the working directory: `.`, `..`, `deploy`. */
  readonly folder: string;
  /** The working directory, from there. */
  readonly workingDirectory: string;
}

/** A path from the working directory as a path from the folder of the configuration, both with `/` between their parts. */
export function pathIn({ folder, workingDirectory }: ConfigFolder, path: string): string {
  if (folder === '.') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : joined(workingDirectory, path);
}
