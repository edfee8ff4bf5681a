import { at, type FieldPath, textMap, texts, type Workload } from '../../model';

/** The annotations that the pods of a workload get, and where they stand. */
export function podAnnotations({ object, path: template }: Workload): {
  readonly annotations: ReadonlyMap<string, string>;
  readonly path: FieldPath;
} {
  const path = [...template, 'metadata', 'annotations'];
  return { annotations: textMap(at(object.manifest, ...path)), path };
}

/** A JSON list of texts; undefined for anything else. */
export function jsonTexts(value: string): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    const items = texts(parsed);
    return Array.isArray(parsed) && items.length === parsed.length ? items : undefined;
  } catch {
    return undefined;
  }
}
