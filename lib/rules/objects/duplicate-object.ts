import type { ModelObject } from '../../model';
import { groupBy } from '../../model/lookup';
import type { NetworkRule, RelatedField } from '../network-rule';

/** The API server keeps one object of a kind and name in a namespace: of two, the one applied last wins. */
export const duplicateObject: NetworkRule = {
  code: 'NL910',
  slug: 'duplicate-object',
  severity: 'error',
  title: 'An object is defined twice',
  check(model, report) {
    const pairs = groupBy(model.repeated, ({ object, first }) => `${fileOf(object)}\0${fileOf(first)}`);
    for (const [{ object, first }, ...others] of pairs.values()) {
      const one: RelatedField = { on: first, field: ['metadata', 'name'], message: 'first defined here' };
      const field = ['metadata', 'name'];
      if (others.length === 0) {
        report({
          on: object,
          field,
          message: 'this object is defined twice: the one that is applied last replaces the other',
          related: [one],
          help: 'rename one of them, or remove it',
        });
      } else {
        const count = others.length + 1;
        report({
          on: object,
          field,
          // One file says all of what another one says: that is a copy, and no mistake of a name.
          ...(fileOf(object) !== fileOf(first) && { severity: 'warning' }),
          message: `this object and ${count - 1} more are defined twice, ${placesText(object, first)}: those that are applied last replace the others`,
          related: [one],
          help: 'apply one of the files alone, or say with clusters: in netloom.yaml that they belong to different clusters',
        });
      }
    }
  },
};

function placesText(object: ModelObject, first: ModelObject): string {
  const [here, there] = [fileOf(object), fileOf(first)];
  return here === there ? `in ${here}` : `in ${there} and in ${here}`;
}

function fileOf({ locate }: ModelObject): string {
  const { file, construct } = locate([]);
  return file ?? construct ?? '';
}
