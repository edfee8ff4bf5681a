import { joined } from '../manifests';
import type { Config } from './config';

/** A path from the working directory as a path from the folder of the configuration, both with `/` between their parts. */
export function pathIn(
  { folder, workingDirectory }: Pick<Config, 'folder' | 'workingDirectory'>,
  path: string,
): string {
  if (folder === '.') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : joined(workingDirectory, path);
}
