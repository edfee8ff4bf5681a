import { anyGlob } from '../manifests/glob';
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
export function excluder(globs: readonly string[]): (path: string) => boolean {
  return anyGlob(globs, { dot: true });
}
