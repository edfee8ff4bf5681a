import { below, concat, member, nonEmpty, text } from '../../model';
import { ingressesV1 } from './ingress-spec';
import { inRightCase } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'];
const FORBIDDEN_INSIDE = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_AT_THE_END = ['/..', '/.'];

/** validateHTTPIngressPath of pkg/apis/networking/validation. */
export const ingressPathInvalid: NetworkRule = {
  code: 'NL406',
  slug: 'ingress-path-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An Ingress has a path or a path type that the API server refuses',
  check(model, report) {
    for (const ingress of ingressesV1(model)) {
      for (const { value, path: field } of ingress.paths) {
        const pathType = text(member(value, 'pathType'));
        const path = text(member(value, 'path')) ?? '';
        if (pathType === undefined || !PATH_TYPES.includes(pathType)) {
          report({
            on: ingress.object,
            field: below(field, 'pathType'),
            message:
              nonEmpty(pathType) === undefined
                ? 'the path has no pathType'
                : `there is no pathType ${JSON.stringify(pathType)}`,
            help: 'use Exact, Prefix or ImplementationSpecific; the field has no default',
            ...inRightCase(below(field, 'pathType'), pathType, PATH_TYPES),
          });
          continue;
        }
        for (const { message, help } of problemsOf(path, pathType)) {
          report({ on: ingress.object, field: below(field, 'path'), message, help });
        }
      }
    }
  },
};

function problemsOf(path: string, pathType: string): readonly { readonly message: string; readonly help: string }[] {
  if (path === '' && pathType === 'ImplementationSpecific') return [];
  if (!path.startsWith('/')) {
    return [
      {
        message:
          path === '' ? `a path of type ${pathType} is required` : `path ${JSON.stringify(path)} does not begin with /`,
        help: `did you mean ${JSON.stringify(`/${path}`)}?`,
      },
    ];
  }
  if (pathType === 'ImplementationSpecific') return [];
  const forbidden = concat(
    FORBIDDEN_INSIDE.filter((part) => path.includes(part)),
    FORBIDDEN_AT_THE_END.filter((part) => path.endsWith(part)),
  );
  return forbidden.map((part) => ({
    message: `path ${JSON.stringify(path)} contains ${part}, which paths of type ${pathType} must not`,
    help: 'write the path as requests have it after normalization, or use the type ImplementationSpecific',
  }));
}
