import { list, member, record, text } from '../model/json';
import { flatMap } from '../model/lists';
import { type FieldPath, itemOf, type SourceObject } from '../model/source-object';

/** The objects of a `List`, or of a list of one kind such as `ServiceList`, each with its own places; any other object is itself. */
export function objectsOf(source: SourceObject): readonly SourceObject[] {
  const items = itemsOf(source);
  if (items === undefined) return [source];
  return flatMap(items, (item) => (item.manifest === null ? [] : objectsOf(item)));
}

/** The object that a value belongs to: the item, if it is in one of a list. */
export function objectAt(source: SourceObject, [key, index, ...path]: FieldPath): SourceObject {
  const item = key === 'items' ? itemsOf(source)?.at(Number(index)) : undefined;
  return item === undefined ? source : objectAt(item, path);
}

/** Undefined for what is no list. */
function itemsOf(source: SourceObject): SourceObject[] | undefined {
  const kind = text(member(source.manifest, 'kind'));
  const items = member(source.manifest, 'items');
  if (!kind?.endsWith('List') || !(Array.isArray(items) || items === null)) return undefined;
  return list(items).map((item, index) => ({
    manifest: withHeader(item, kind, member(source.manifest, 'apiVersion')),
    locate: (path, part) => source.locate(['items', index, ...path], part),
    source: itemOf(source.source, index),
  }));
}

/** Items of a list of one kind need no header of their own (`UnstructuredJSONScheme.decodeToList` of apimachinery). */
function withHeader(item: unknown, listKind: string, apiVersion: unknown): unknown {
  const object = record(item);
  if (object === undefined || listKind === 'List') return item;
  if (member(object, 'kind') !== undefined || member(object, 'apiVersion') !== undefined) return item;
  return { ...object, apiVersion, kind: listKind.slice(0, -'List'.length) };
}
