import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  integer,
  isDnsSubdomain,
  list,
  member,
  nonEmpty,
  record,
  type RouteKind,
  text,
} from '../../model';
import { nearestWord } from '../../plan';
import { type FieldProblem, isSet, oneOf, shown } from '../field-problem';
import { corsProblems, externalAuthProblems, mirrorShareProblems } from './filter-settings';
import { nameProblems, sameNames, valueProblems } from './route-matches';

/** Each type of filter, and the field that has its settings. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['CORS', 'cors'],
  ['ExternalAuth', 'externalAuth'],
  ['DirectResponse', 'directResponse'],
  ['ExtensionRef', 'extensionRef'],
]);
const OF_GRPC = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror', 'ExtensionRef'];
const SCHEMES = ['http', 'https'];
const STATUS_CODES = [301, 302, 303, 307, 308];
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['ReplaceFullPath', 'replaceFullPath'],
  ['ReplacePrefixMatch', 'replacePrefixMatch'],
]);

/** HTTPRouteFilter and GRPCRouteFilter: a union, of which the type says which field is set, and what the fields may hold. */
export function filterFormProblems(kind: RouteKind, filter: unknown, path: FieldPath): readonly FieldProblem[] {
  const type = member(filter, 'type');
  const types = kind === 'GRPCRoute' ? OF_GRPC : [...FIELDS.keys()];
  if (typeof type !== 'string' || !types.includes(type)) {
    const near = typeof type === 'string' ? nearestWord(type, types) : null;
    return [
      {
        field: isSet(type) ? below(path, 'type') : path,
        message: isSet(type) ? `${kind} has no filter of type ${shown(type)}` : 'the filter has no type',
        help: near === null ? `use ${oneOf(types)}` : `write ${near}`,
      },
    ];
  }
  const own = FIELDS.get(type) ?? '';
  const others = [...FIELDS.values()].filter((field) => field !== own && isSet(member(filter, field)));
  return concat(
    record(member(filter, own)) === undefined
      ? [
          {
            field: path,
            message: `the filter of type ${type} has no ${own}`,
            help: `give ${own}, or remove the filter`,
          },
        ]
      : [],
    others.map((field) => ({
      field: below(path, field),
      message: `the filter of type ${type} has ${field}, which belongs to another type`,
      help: 'make a filter of its own for each',
    })),
    flatMap(['requestHeaderModifier', 'responseHeaderModifier'], (field) =>
      modifierProblems(member(filter, field), below(path, field)),
    ),
    redirectProblems(member(filter, 'requestRedirect'), below(path, 'requestRedirect')),
    mirrorShareProblems(kind, member(filter, 'requestMirror'), below(path, 'requestMirror')),
    corsProblems(member(filter, 'cors'), below(path, 'cors')),
    externalAuthProblems(member(filter, 'externalAuth'), below(path, 'externalAuth')),
    hostnameProblems(at(filter, 'urlRewrite', 'hostname'), below(path, 'urlRewrite', 'hostname')),
    flatMap(['requestRedirect', 'urlRewrite'], (field) =>
      replacementProblems(at(filter, field, 'path'), below(path, field, 'path')),
    ),
  );
}

function modifierProblems(modifier: unknown, path: FieldPath): readonly FieldProblem[] {
  return flatMap(['set', 'add'], (field) => {
    const headers = list(member(modifier, field));
    return concat(
      flatMap(headers, (header, index) =>
        concat(
          nameProblems('header', member(header, 'name'), below(path, field, index, 'name')),
          valueProblems('header', member(header, 'value'), below(path, field, index, 'value')),
        ),
      ),
      sameNames('header', headers, below(path, field)),
    );
  });
}

function redirectProblems(redirect: unknown, path: FieldPath): readonly FieldProblem[] {
  if (record(redirect) === undefined) return [];
  const scheme = member(redirect, 'scheme');
  const status = member(redirect, 'statusCode');
  const port = member(redirect, 'port');
  const number = integer(port) ?? 0;
  return concat(
    isSet(scheme) && !SCHEMES.some((known) => known === scheme)
      ? [
          {
            field: below(path, 'scheme'),
            message: `scheme is ${shown(scheme)}, and must be ${oneOf(SCHEMES)}`,
            help: 'leave it out to keep that of the request',
          },
        ]
      : [],
    isSet(status) && !STATUS_CODES.some((known) => known === status)
      ? [
          {
            field: below(path, 'statusCode'),
            message: `statusCode ${shown(status)} is none of a redirect`,
            help: `use ${oneOf(STATUS_CODES.map(String))}`,
          },
        ]
      : [],
    isSet(port) && (number < 1 || number > 65535)
      ? [{ field: below(path, 'port'), message: `${shown(port)} is not a port`, help: 'use a number from 1 to 65535' }]
      : [],
    hostnameProblems(member(redirect, 'hostname'), below(path, 'hostname')),
  );
}

/** PreciseHostname: without a wildcard. */
function hostnameProblems(hostname: unknown, field: FieldPath): readonly FieldProblem[] {
  if (!isSet(hostname) || (typeof hostname === 'string' && isDnsSubdomain(hostname))) return [];
  return [
    {
      field,
      message: `hostname ${shown(hostname)} is not a host name`,
      help: 'use one DNS name in lower case, without scheme, port and wildcard',
    },
  ];
}

function replacementProblems(replacement: unknown, path: FieldPath): readonly FieldProblem[] {
  if (record(replacement) === undefined) return [];
  const type = text(member(replacement, 'type')) ?? '';
  const field = REPLACEMENTS.get(type);
  if (field === undefined) {
    return [
      {
        field: below(path, 'type'),
        message: `there is no replacement of type ${shown(type)}`,
        help: `use ${oneOf([...REPLACEMENTS.keys()])}`,
      },
    ];
  }
  const others = [...REPLACEMENTS.values()].filter((other) => other !== field && isSet(member(replacement, other)));
  return concat(
    isSet(member(replacement, field))
      ? []
      : [{ field: path, message: `the replacement of type ${type} has no ${field}`, help: `give ${field}` }],
    others.map((other) => ({
      field: [...path, other],
      message: `the replacement of type ${type} has ${other}, which belongs to the other type`,
      help: `remove ${other}, or change the type`,
    })),
  );
}

const DURATION = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** HTTPRouteTimeouts, in durations of GEP-2257. */
export function timeoutProblems(timeouts: unknown, path: FieldPath): readonly FieldProblem[] {
  const wrong = flatMap(['request', 'backendRequest'], (field) => {
    const value = member(timeouts, field);
    if (!isSet(value) || (typeof value === 'string' && DURATION.test(value))) return [];
    return [
      {
        field: below(path, field),
        message: `${field} is ${shown(value)}, which is not a duration`,
        help: 'write whole numbers with units, as a string: 10s, 1m30s, 500ms',
      },
    ];
  });
  if (wrong.length > 0) return wrong;
  const request = milliseconds(nonEmpty(member(timeouts, 'request')));
  const backend = milliseconds(nonEmpty(member(timeouts, 'backendRequest')));
  // Zero stands for no limit.
  if (request === undefined || backend === undefined || request === 0 || backend <= request) return [];
  return [
    {
      field: below(path, 'backendRequest'),
      message: 'backendRequest is longer than request, of which it is a part',
      help: 'make request at least as long as backendRequest',
    },
  ];
}

function milliseconds(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  return [...duration.matchAll(/(?<![0-9])([0-9]+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MILLISECONDS.get(unit) ?? 0),
    0,
  );
}
