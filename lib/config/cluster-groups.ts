import { joined, selfAndFolders } from '../manifests';
import { anyGlob, isGlob } from '../manifests/glob';
import { append } from '../model/lookup';
import type { Config } from './config';
import { pathIn } from './config-folder';

/** Whether a path is one of those that were written: files, globs, or folders with all that is in them. */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const claims = pathClaims([{ name: '', paths }]);
  return (path) => claims(path).length > 0;
}

/** By path, the clusters of `netloom.yaml` that a file belongs to, sorted; undefined where it names none. */
export function clusterClaims(config: Config): ((path: string) => readonly string[]) | undefined {
  if (config.clusters.length === 0) return undefined;
  const claims = pathClaims(config.clusters);
  return (path) => claims(pathIn(config, path));
}

interface Claim {
  readonly name: string;
  readonly paths: readonly string[];
}

/** A path that is no glob is looked up: there may be one for each file. */
function pathClaims(claims: readonly Claim[]): (path: string) => readonly string[] {
  const written = new Map<string, string[]>();
  const globs = claims.map(({ name, paths }) => {
    const own = paths.map((path) => joined('.', path));
    for (const path of own) if (!isGlob(path)) append(written, path, name);
    return {
      name,
      isMatch: anyGlob(
        own.filter(isGlob).flatMap((path) => [path, `${path}/**`]),
        { dot: true },
      ),
    };
  });
  const matching = globs.filter((_, index) => claims[index].paths.some((path) => isGlob(joined('.', path))));
  const order = new Map(claims.map(({ name }, index) => [name, index]));
  return (path) => {
    const names = new Set<string>();
    for (const folder of selfAndFolders(joined('.', path)))
      for (const name of written.get(folder) ?? []) names.add(name);
    for (const { name, isMatch } of matching) if (isMatch(path)) names.add(name);
    return [...names].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
}
