import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Config } from './config';

/** Whether a path is one of those that were written: files, globs, or folders with all that is in them. */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const globs = paths.map((path) => posix.normalize(path).replace(/\/$/, '')).flatMap((path) => [path, `${path}/**`]);
  return globs.length === 0 ? () => false : picomatch(globs, { dot: true });
}

/** By path, the clusters of `netloom.yaml` that a file belongs to, sorted; undefined where it names none. */
export function clusterClaims({ clusters }: Config): ((path: string) => readonly string[]) | undefined {
  if (clusters.length === 0) return undefined;
  const claims = clusters.map(({ name, paths }) => ({ name, claims: pathMatcher(paths) }));
  return (path) => claims.filter((cluster) => cluster.claims(path)).map(({ name }) => name);
}
