import { inputAt, readRegularFile } from '../system/read-file';
import { FileRefused } from '../system/system-error';
import { readManifests } from '../manifests';

/**
 * What was read is not overwritten by what comes of it. A result of an earlier run that lay in a folder which was read is no manifest, and
 * may be replaced.
 * @throws FileRefused
 */
export function refuseInput(path: string): void {
  const input = inputAt(path);
  if (input === 'settings' || (input === 'manifest' && hasObjects(path))) {
    throw new FileRefused('it is an input of this run: name another file');
  }
}

function hasObjects(path: string): boolean {
  const { objects, findings } = readManifests([{ path, bytes: readRegularFile(path) }]);
  return objects.length + findings.length > 0;
}
