/**
 * Maps from text to text that objects of every API have: labels, annotations and what selects by them. The API server refuses any other
 * value in them (`map[string]string` in apimachinery's ObjectMeta and LabelSelector, and in PodSpec and ServiceSpec).
 */
export type TextMap = 'all' | 'scalars';

/**
 * Undefined if the map under this key may hold anything. A `selector` and a `nodeSelector` may be a LabelSelector as well, whose members are maps
 * and lists: it is one in the resources of Cilium.
 * Under `properties` stand JSON schemas, whose members only have such names.
 */
export function textMapUnder(key: string, parentKey: string | undefined): TextMap | undefined {
  switch (key) {
    case 'labels':
    case 'annotations':
      return parentKey === 'metadata' ? 'all' : undefined;
    case 'matchLabels':
      return parentKey === 'properties' ? undefined : 'all';
    case 'nodeSelector':
      return parentKey === 'properties' ? undefined : 'scalars';
    case 'selector':
      return parentKey === 'spec' ? 'scalars' : undefined;
    default:
      return undefined;
  }
}

/** What a LabelSelector has, so that text is no better there than a number. */
const FIELDS_OF_LABEL_SELECTOR: readonly string[] = ['matchLabels', 'matchExpressions'];

/** An absent value is the empty text for the API server. */
export function belongsInto(kind: TextMap, key: string, value: unknown): boolean {
  if (value === null || typeof value === 'string') return true;
  return kind === 'scalars' && (typeof value === 'object' || FIELDS_OF_LABEL_SELECTOR.includes(key));
}
