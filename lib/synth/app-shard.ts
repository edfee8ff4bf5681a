import { ApiObject } from 'cdk8s';
import type { OutputFile } from './output-files';

/**
 * The files that a shard writes: those of its own objects. The documents of other objects are these objects themselves.
 *
 * @throws Error if a file would hold objects of several shards, or be written by several
 */
export function filesOfShard(files: readonly OutputFile[]): OutputFile[] {
  const others = new Set<string>();
  const own: OutputFile[] = [];
  const shared = new Set<string>();
  for (const file of files) {
    const foreign = file.documents.filter((document) => ApiObject.isApiObject(document)).length;
    const path = pathOf(file);
    if (foreign === 0) own.push(file);
    else others.add(path);
    if (foreign > 0 && foreign < file.documents.length) shared.add(path);
  }
  for (const file of own) if (others.has(pathOf(file))) shared.add(pathOf(file));
  if (shared.size === 0) return own;
  const error = new Error(
    `a shard writes whole files, and ${[...shared].sort().slice(0, SHOWN).join(', ')}${shared.size > SHOWN ? ` and ${shared.size - SHOWN} more` : ''} ` +
      'would hold objects of clusters in different shards: use YamlOutputType.FILE_PER_CHART, and one chart for each cluster',
  );
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

const SHOWN = 3;

function pathOf({ folder, name }: OutputFile): string {
  return folder === '' ? name : `${folder}/${name}`;
}
