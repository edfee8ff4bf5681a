import { below, concat, type FieldPath, flatMap, list, member, nonEmpty, type RouteKind, text } from '../../model';
import { collisions } from '../collisions';
import { type FieldProblem, isSet, oneOf, shown } from '../field-problem';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const TYPES = ['Exact', 'RegularExpression'];
/** RFC 9110, token. */
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;

/** What the CRDs say about the method, the headers and the query parameters of a match. */
export function conditionProblems(kind: RouteKind, match: unknown, path: FieldPath): readonly FieldProblem[] {
  const method = member(match, 'method');
  return concat(
    kind === 'HTTPRoute' && isSet(method) && !METHODS.some((known) => known === method)
      ? [
          {
            field: below(path, 'method'),
            message: `method is ${shown(method)}, and must be ${oneOf(METHODS)}`,
            help: 'write the method in upper case, or leave it out for all',
          },
        ]
      : [],
    namedProblems('header', list(member(match, 'headers')), below(path, 'headers')),
    kind === 'HTTPRoute'
      ? namedProblems('query parameter', list(member(match, 'queryParams')), below(path, 'queryParams'))
      : [],
  );
}

function namedProblems(what: string, conditions: readonly unknown[], path: FieldPath): readonly FieldProblem[] {
  return concat(
    flatMap(conditions, (condition, index) => {
      const type = member(condition, 'type');
      return concat(
        nameProblems(what, member(condition, 'name'), below(path, index, 'name')),
        isSet(type) && !TYPES.some((known) => known === type)
          ? [
              {
                field: below(path, index, 'type'),
                message: `the type of the ${what} is ${shown(type)}, and must be ${oneOf(TYPES)}`,
                help: 'leave it out for Exact',
              },
            ]
          : [],
        valueProblems(what, member(condition, 'value'), below(path, index, 'value')),
      );
    }),
    sameNames(what, conditions, path),
  );
}

export function nameProblems(what: string, name: unknown, field: FieldPath): readonly FieldProblem[] {
  if (typeof name === 'string' && NAME.test(name)) return [];
  return [
    {
      field,
      message: isSet(name) ? `${shown(name)} is not the name of a ${what}` : `the ${what} has no name`,
      help: 'give the name, without spaces and colons',
    },
  ];
}

export function valueProblems(what: string, value: unknown, field: FieldPath): readonly FieldProblem[] {
  if (nonEmpty(value) !== undefined) return [];
  return [
    {
      field,
      message:
        isSet(value) && value !== '' ? `the value of the ${what} is ${shown(value)}` : `the ${what} has no value`,
      help: 'give the value as a string',
    },
  ];
}

/** Names are the keys of these lists. */
export function sameNames(what: string, conditions: readonly unknown[], path: FieldPath): readonly FieldProblem[] {
  const named = flatMap(conditions, (condition, index) => {
    const name = text(member(condition, 'name'));
    return name === undefined ? [] : [{ name, index }];
  });
  return flatMap(
    collisions(named, ({ name }) => name),
    ({ others }) =>
      others.map(({ name, index }) => ({
        field: below(path, index, 'name'),
        message: `the ${what} ${shown(name)} stands twice`,
        help: 'keep one of the two: all of the list have to hold, or be done',
      })),
  );
}
