import picomatch from 'picomatch';
import { type ConfigKey, readTexts } from './config-key';

/** `exclude`: globs of files that are not checked. */
export const EXCLUDE_KEY: ConfigKey<readonly string[]> = {
  absent: [],
  read: (value, path, context) => readTexts(value, path, 'globs', "['vendor/**']", context),
  schema: () => ({
    description: 'Globs of files that are not checked.',
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1 },
  }),
};

/** Whether a path is one that is not checked. */
export function excluder(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
