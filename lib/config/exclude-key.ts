import { anyGlob } from '../manifests/glob';
import { type ConfigFolder, pathIn } from './config-folder';
import { type ConfigKey, readGlobs } from './config-key';

/** `exclude`: globs of files that are not checked. */
export const EXCLUDE_KEY: ConfigKey<readonly string[]> = {
  absent: [],
  read: (value, path, context) => readGlobs(value, path, "['vendor/**']", context),
  schema: () => ({
    description: 'Globs of files that are not checked.',
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1 },
  }),
};

/** Whether a path is one that is not checked. */
export function excluder(config: ConfigFolder & { readonly exclude: readonly string[] }): (path: string) => boolean {
  const isMatch = anyGlob(config.exclude, { dot: true });
  return (path) => isMatch(pathIn(config, path));
}
