import { unifiedDiff } from '../fix/unified-diff';
import { decodeText, type ManifestFile } from '../manifests';

/** What has been fixed, file by file, as `git apply` and `patch -p1` take it. */
export function fixesAsDiff(files: readonly ManifestFile[], changed: ReadonlyMap<string, ManifestFile>): string {
  return files
    .flatMap(({ path, bytes }) => {
      const after = changed.get(path);
      return after === undefined
        ? []
        : [unifiedDiff(path, decodeText(bytes).original, decodeText(after.bytes).original)];
    })
    .join('');
}
