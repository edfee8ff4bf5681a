import { at, type JsonRecord } from '../model/json';
import { apiGroup } from '../model/source-object';

/** One file for each namespace and kind, sorted, as objects are. */
export function snapshotTexts(
  objects: readonly JsonRecord[],
  textOf: (object: JsonRecord) => string,
): ReadonlyMap<string, string> {
  const documents = new Map<string, string[]>();
  for (const object of objects) {
    const path = filePath(object);
    const texts = documents.get(path) ?? [];
    if (texts.length === 0) documents.set(path, texts);
    texts.push(textOf(object));
  }
  return new Map([...documents].map(([path, texts]) => [path, texts.join('---\n')]));
}

/** Kubernetes' own groups need no name; a kind of another group may be called as one of theirs. */
function filePath({ apiVersion, kind, metadata }: JsonRecord): string {
  const group = apiGroup(String(apiVersion));
  const isPlain = !group.includes('.') || group.endsWith('.k8s.io');
  const file = `${String(kind)}${isPlain ? '' : `.${group}`}.yaml`;
  const namespace = at(metadata, 'namespace');
  return typeof namespace === 'string' ? `${namespace}/${file}` : file;
}
