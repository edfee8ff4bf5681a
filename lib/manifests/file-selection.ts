import { compileGlob } from './glob';

/** Which files of a directory are read, wherever the directory is. */

export function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/.test(name);
}

export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** Whether the glob matches a path, given as its parts, or a directory that the path is in: that stands for all that is in it. */
export function globMatcher(pattern: string): (parts: readonly string[]) => boolean {
  const isMatch = compileGlob(pattern);
  return (parts) => parts.some((_, index) => isMatch(parts.slice(0, index + 1).join('/')));
}
