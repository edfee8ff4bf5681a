import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  integer,
  list,
  member,
  nonEmpty,
  record,
  type RouteKind,
  texts,
} from '../../model';
import { type FieldProblem, isSet, oneOf, shown } from '../field-problem';

/** HTTPRequestMirrorFilter: of all requests, or of one part of them that is said in one way. */
export function mirrorShareProblems(kind: RouteKind, mirror: unknown, path: FieldPath): readonly FieldProblem[] {
  const percent = member(mirror, 'percent');
  const fraction = record(member(mirror, 'fraction'));
  const numerator = integer(member(fraction, 'numerator'));
  const denominator = integer(member(fraction, 'denominator')) ?? DEFAULT_DENOMINATOR;
  const share = integer(percent) ?? -1;
  return concat(
    isSet(percent) && fraction !== undefined
      ? [
          {
            field: below(path, 'fraction'),
            // Of a GRPCRoute the standard channel does not ask.
            ...(kind === 'GRPCRoute' && { severity: 'warning' as const }),
            message: 'the share of mirrored requests is said twice, as percent and as fraction',
            help: 'keep one of the two',
          },
        ]
      : [],
    isSet(percent) && (share < 0 || share > 100)
      ? [
          {
            field: below(path, 'percent'),
            message: `percent is ${shown(percent)}`,
            help: 'use a whole number from 0 to 100',
          },
        ]
      : [],
    fraction !== undefined && (numerator === undefined || numerator < 0 || denominator < 1 || numerator > denominator)
      ? [
          {
            field: below(path, 'fraction'),
            message: `${shown(member(fraction, 'numerator') ?? 'nothing')} of ${denominator} is no part of the requests`,
            help: 'give a numerator from 0 up to the denominator, which is 100 unless set',
          },
        ]
      : [],
  );
}

const DEFAULT_DENOMINATOR = 100;

const CORS_ORIGIN = /^(?:\*|https?:\/\/(?:(?:\*\.)?(?:[a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(?::[0-9]{1,5})?)$/;

/** HTTPCORSFilter: all of something, or a list. */
export function corsProblems(cors: unknown, path: FieldPath): readonly FieldProblem[] {
  const maxAge = member(cors, 'maxAge');
  return concat(
    flatMap(['allowOrigins', 'allowMethods', 'allowHeaders'], (field) => {
      const values = texts(member(cors, field));
      const all = values.indexOf('*');
      return all >= 0 && values.length > 1
        ? [
            {
              field: below(path, field, all),
              message: `${field} has "*" beside other values`,
              help: 'keep "*" alone, which allows all, or remove it',
            },
          ]
        : [];
    }),
    flatMap(list(member(cors, 'allowOrigins')), (origin, index) =>
      typeof origin === 'string' && CORS_ORIGIN.test(origin)
        ? []
        : [
            {
              field: below(path, 'allowOrigins', index),
              // Until Gateway API 1.4 any URI was one, with whatever scheme and path.
              ...(typeof origin === 'string' && origin.includes('://') && { severity: 'warning' as const }),
              message: `${shown(origin)} is not an origin`,
              help: 'write scheme and host, as https://shop.example.com or https://*.example.com, without a path',
            },
          ],
    ),
    isSet(maxAge) && (integer(maxAge) ?? 0) < 1
      ? [
          {
            field: below(path, 'maxAge'),
            message: `maxAge is ${shown(maxAge)}`,
            help: 'use a number of seconds from 1',
          },
        ]
      : [],
  );
}

const AUTH_PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['GRPC', 'grpc'],
  ['HTTP', 'http'],
]);

/** HTTPExternalAuthFilter: a union, of which the protocol says which field is set. */
export function externalAuthProblems(auth: unknown, path: FieldPath): readonly FieldProblem[] {
  if (record(auth) === undefined) return [];
  const protocol = nonEmpty(member(auth, 'protocol')) ?? '';
  const own = AUTH_PROTOCOLS.get(protocol);
  if (own === undefined) {
    return [
      {
        field: below(path, 'protocol'),
        message: protocol === '' ? 'externalAuth has no protocol' : `externalAuth has no protocol ${shown(protocol)}`,
        help: `use ${oneOf([...AUTH_PROTOCOLS.keys()])}`,
      },
    ];
  }
  return concat(
    isSet(member(auth, own))
      ? []
      : [{ field: path, message: `externalAuth of protocol ${protocol} has no ${own}`, help: `give ${own}: {}` }],
    [...AUTH_PROTOCOLS.values()]
      .filter((field) => field !== own && isSet(member(auth, field)))
      .map((field) => ({
        field: below(path, field),
        message: `externalAuth of protocol ${protocol} has ${field}, which belongs to the other protocol`,
        help: `remove ${field}, or change the protocol`,
      })),
  );
}

/** SessionPersistence. */
export function persistenceProblems(persistence: unknown, path: FieldPath): readonly FieldProblem[] {
  if (at(persistence, 'cookieConfig', 'lifetimeType') !== 'Permanent') return [];
  if (isSet(member(persistence, 'absoluteTimeout'))) return [];
  return [
    {
      field: path,
      message: 'a permanent cookie needs an absoluteTimeout',
      help: 'give absoluteTimeout, or use the lifetimeType Session',
    },
  ];
}
