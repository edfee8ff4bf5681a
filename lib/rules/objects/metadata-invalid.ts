import { at, type FieldPath, isLabelValue, isQualifiedName, member, record } from '../../model';
import { type FieldProblem, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

type Problem = Omit<FieldProblem, 'field'>;

/** ValidateObjectMeta of apimachinery, also for the pods of a controller. Values that are no text are reported where the file is read. */
export const metadataInvalid: NetworkRule = {
  code: 'NL921',
  slug: 'metadata-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A label or an annotation is one that the API server refuses',
  check(model, report) {
    for (const object of model.objects) {
      for (const path of METADATA) {
        const metadata = at(object.manifest, ...path);
        if (metadata === undefined) continue;
        for (const [field, problemOf] of MAPS) {
          const map = record(member(metadata, field));
          if (map === undefined) continue;
          for (const key of Object.keys(map)) {
            const problem = problemOf(key, map[key]);
            if (problem !== undefined) report({ on: object, field: [...path, field, key], ...problem });
          }
        }
      }
    }
  },
};

const METADATA: readonly FieldPath[] = [['metadata'], ['spec', 'template', 'metadata']];

const MAPS: readonly (readonly [string, (key: string, value: unknown) => Problem | undefined])[] = [
  [
    'labels',
    (key, value) => {
      if (!isQualifiedName(key)) return notAKey('label', key);
      if (typeof value !== 'string' || isLabelValue(value)) return undefined;
      return {
        message: `label ${key} is ${shown(value)}, which is not a label value`,
        help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last; other texts can be annotations',
      };
    },
  ],
  [
    'annotations',
    (key) => {
      // The API server lower-cases annotation keys before it looks at them (ValidateAnnotations).
      return isQualifiedName(key.toLowerCase()) ? undefined : notAKey('annotation', key);
    },
  ],
];

function notAKey(what: string, key: string): Problem {
  return {
    message: `${shown(key)} is not a key of ${what === 'label' ? 'a label' : 'an annotation'}`,
    help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name',
  };
}
