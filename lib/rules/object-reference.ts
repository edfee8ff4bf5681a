import { concat, flatMap, isDnsSubdomain, member } from '../model';
import { isNoText, isSet, shown } from './field-problem';

export interface ReferenceProblem {
  readonly key: string;
  readonly message: string;
}

/** The group, kind and name of an object that something refers to, as validateIngressTypedLocalObjectReference and its siblings check them. */
export function referenceProblems(
  reference: unknown,
  owner: string,
  { group, names }: { readonly group: string; readonly names: readonly string[] } = {
    group: 'apiGroup',
    names: ['kind', 'name'],
  },
): readonly ReferenceProblem[] {
  const written = member(reference, group);
  return concat(
    typeof written === 'string' && !isDnsSubdomain(written)
      ? [{ key: group, message: `${group} ${shown(written)} is not the name of an API group` }]
      : [],
    flatMap(names, (key) => nameProblems(key, member(reference, key), owner)),
  );
}

function nameProblems(key: string, name: unknown, owner: string): readonly ReferenceProblem[] {
  if (!isSet(name) || name === '') return [{ key, message: `${key} is missing in ${owner}` }];
  if (isNoText(name) || isPathSegment(String(name))) return [];
  return [{ key, message: `${key} ${shown(name)} is not the ${key} of an object: it would not fit into an address` }];
}

/** IsPathSegmentName of apimachinery. */
export function isPathSegment(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/%]/.test(name);
}
