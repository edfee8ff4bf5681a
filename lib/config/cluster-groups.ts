import { joined } from '../manifests';
import { anyGlob } from '../manifests/glob';
import type { Config } from './config';
import { pathIn } from './config-folder';

/** Whether a path is one of those that were written: files, globs, or folders with all that is in them. */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const globs = paths.map((path) => joined('.', path)).flatMap((path) => [path, `${path}/**`]);
  return anyGlob(globs, { dot: true });
}

/** By path, the clusters of `netloom.yaml` that a file belongs to, sorted; undefined where it names none. */
export function clusterClaims(config: Config): ((path: string) => readonly string[]) | undefined {
  if (config.clusters.length === 0) return undefined;
  const claims = config.clusters.map(({ name, paths }) => ({ name, claims: pathMatcher(paths) }));
  return (path) => {
    const inside = pathIn(config, path);
    return claims.filter((cluster) => cluster.claims(inside)).map(({ name }) => name);
  };
}
