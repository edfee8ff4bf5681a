import { identityOf, type ModelObject, type RepeatedObject } from '../../model';
import { groupBy } from '../../model/lookup';
import type { NetworkRule, Violation } from '../network-rule';

/** The API server keeps one object of a kind and name in a namespace: of two, the one applied last wins. */
export const duplicateObject: NetworkRule = {
  code: 'NL910',
  slug: 'duplicate-object',
  severity: 'error',
  title: 'An object is defined twice',
  check(model, report) {
    const groupOf = connectedFiles(model.repeated);
    for (const pairs of groupBy(model.repeated, ({ object }) => groupOf(fileOf(object))).values()) {
      const count = new Set(pairs.map(({ object }) => identityOf(object.ref))).size;
      for (const pair of count === 1 ? pairs : pairs.slice(0, 1)) report(violation(pair, pairs, count));
    }
  },
};

function violation({ object, first }: RepeatedObject, pairs: readonly RepeatedObject[], count: number): Violation {
  const field = ['metadata', 'name'];
  const common = { on: object, field, related: [{ on: first, field, message: 'first defined here' }] };
  if (count === 1) {
    return {
      ...common,
      message: 'this object is defined twice: the one that is applied last replaces the other',
      help: 'rename one of them, or remove it',
    };
  }
  const [here, there] = [fileOf(object), fileOf(first)];
  return {
    ...common,
    // A file that says again what others say is a copy, and no mistake of a name.
    ...(pairs.every((pair) => fileOf(pair.object) !== fileOf(pair.first)) && { severity: 'warning' }),
    message: `this object and ${count - 1} more are defined twice, ${here === there ? `in ${here}` : `in ${there} and in ${here}`}: those that are applied last replace the others`,
    help: 'apply one of the files alone, or say with clusters: in netloom.yaml that they belong to different clusters',
  };
}

/** Files that repeat one another, directly or through others, have one name. */
function connectedFiles(repeated: readonly RepeatedObject[]): (file: string) => string {
  const parents = new Map<string, string>();
  const root = (file: string): string => {
    let top = file;
    for (let parent = parents.get(top); parent !== undefined; parent = parents.get(top)) top = parent;
    if (top !== file) parents.set(file, top);
    return top;
  };
  for (const { object, first } of repeated) {
    const [one, other] = [root(fileOf(object)), root(fileOf(first))];
    if (one !== other) parents.set(one < other ? other : one, one < other ? one : other);
  }
  return root;
}

function fileOf({ locate }: ModelObject): string {
  const { file, construct } = locate([]);
  return file ?? construct ?? '';
}
