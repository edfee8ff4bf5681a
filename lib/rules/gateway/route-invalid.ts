import {
  at,
  below,
  concat,
  type FieldPath,
  FILTERS_WITH_BACKEND,
  flatMap,
  integer,
  list,
  member,
  nonEmpty,
  type ParentReference,
  record,
  type Route,
  text,
} from '../../model';
import { collisions } from '../collisions';
import { type FieldProblem as Problem, setTo, shown } from '../field-problem';
import { hostHelp } from '../host-name';
import { persistenceProblems } from './filter-settings';
import { filterFormProblems, timeoutProblems } from './route-filters';
import { conditionProblems } from './route-matches';
import { withStructure } from '../structure/structure-problems';
import type { NetworkRule } from '../network-rule';

const MOST_HOSTNAMES = 16;
const MOST_RULES = 16;
const MOST_MATCHES = 64;
const MOST_MATCHES_OF_ALL_RULES = 128;
const MOST_FILTERS = 16;
const MOST_BACKENDS = 16;
const MOST_PARENTS = 32;
const PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'];
const FORBIDDEN_INSIDE = ['//', '/./', '/../', '%2f', '%2F', '#'];
const FORBIDDEN_AT_THE_END = ['/..', '/.'];
const PATH_CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
/** Filters that stand once in a rule. */
const SINGLE_FILTERS: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
  'URLRewrite',
  'CORS',
]);

/** The schema and the validation expressions of the CRDs: apis/v1/*route_types.go and shared_types.go of kubernetes-sigs/gateway-api. */
export const routeInvalid: NetworkRule = {
  code: 'NL431',
  slug: 'route-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A route that the API server refuses',
  check(model, report) {
    for (const route of model.gatewayApi.routes) {
      const rules = list(at(route.object.manifest, 'spec', 'rules'));
      const own = concat(
        parentProblems(route),
        hostnameProblems(route),
        ruleCountProblems(route, rules),
        flatMap(rules, (rule, index) => ruleProblems(route, rule, ['spec', 'rules', index])),
      );
      for (const problem of withStructure(model, route.object, own)) report({ on: route.object, ...problem });
    }
  },
};

function parentProblems({ object, parents }: Route): readonly Problem[] {
  const ofOneParent = collisions(parents, ({ group, kind, namespace, name }) =>
    JSON.stringify([group, kind, namespace, name]),
  );
  return concat(
    flatMap(list(at(object.manifest, 'spec', 'parentRefs')), (parent, index) =>
      record(parent) !== undefined && nonEmpty(member(parent, 'name')) === undefined
        ? [
            {
              field: ['spec', 'parentRefs', index],
              message: 'the parentRef has no name',
              help: 'name the Gateway that the route belongs to',
            },
          ]
        : [],
    ),
    tooMany(parents, MOST_PARENTS, 'parentRefs', ['spec', 'parentRefs']),
    flatMap(ofOneParent, ({ first, others }) => sameParentProblems([first, ...others])),
  );
}

/**
 * What the CRDs of both channels refuse is an error. That of the standard channel does not look at ports, that of the experimental one has
 * all of them set the same fields: what one of the two refuses is a warning.
 */
function sameParentProblems(same: readonly ParentReference[]): readonly Problem[] {
  const sections = same.filter(({ sectionName }) => sectionName !== undefined).length;
  const ports = same.filter(({ port }) => port !== undefined).length;
  const bare = same.find(({ sectionName }) => sectionName === undefined);
  if (bare !== undefined && (sections > 0 || ports < same.length)) {
    return [
      {
        field: bare.path,
        message: `the route refers to ${bare.kind} ${bare.name} ${same.length} times, here without a sectionName`,
        help: 'keep this one alone, or give each of them a sectionName',
      },
    ];
  }
  const twice = collisions(same, ({ sectionName, port }) => JSON.stringify([sectionName, port]));
  if (twice.length > 0) {
    return flatMap(twice, ({ others }) =>
      others.map(({ kind, name, sectionName, path }) => ({
        field: path,
        message: `the route refers to ${sectionName === undefined ? '' : `section ${sectionName} of `}${kind} ${name} twice`,
        help: 'remove one of the two',
      })),
    );
  }
  const [{ kind, name }] = same;
  const oneSection = collisions(same, ({ sectionName }) => sectionName ?? '').at(0)?.others[0];
  const mixed = ports > 0 && ports < same.length ? same.find(({ port }) => port === undefined) : undefined;
  const odd = oneSection ?? mixed;
  if (odd === undefined) return [];
  return [
    {
      field: odd.path,
      ...((oneSection === undefined || mixed === undefined) && { severity: 'warning' as const }),
      message: `the references to ${kind} ${name} ${oneSection === undefined ? 'do not all have a port' : 'are told apart by the port alone'}`,
      help: `give each of them a sectionName of its own${oneSection === undefined ? ', and a port to all or none' : ''}: the CRDs of the ${oneSection === undefined ? 'experimental' : 'standard'} channel refuse the route`,
    },
  ];
}

function hostnameProblems({ object, kind, hostnames }: Route): readonly Problem[] {
  if (kind === 'TLSRoute' && object.ref.apiVersion.endsWith('/v1') && hostnames.length === 0) {
    return [
      {
        field: ['spec', 'hostnames'],
        message: 'a TLSRoute needs hostnames',
        help: 'give the names that clients ask for (SNI)',
      },
    ];
  }
  return concat(
    kind === 'TLSRoute' ? [] : tooMany(hostnames, MOST_HOSTNAMES, 'hostnames', ['spec', 'hostnames']),
    flatMap(hostnames, (hostname, index) => {
      const help = hostHelp(hostname);
      return help === undefined
        ? []
        : [
            {
              field: ['spec', 'hostnames', index],
              message: `hostname ${JSON.stringify(hostname)} is not a host name`,
              help,
              ...(hostHelp(hostname.toLowerCase()) === undefined &&
                setTo(['spec', 'hostnames', index], hostname.toLowerCase())),
            },
          ];
    }),
  );
}

function ruleCountProblems({ object, kind, rules: read }: Route, rules: readonly unknown[]): readonly Problem[] {
  const field = ['spec', 'rules'];
  const written = at(object.manifest, 'spec', 'rules');
  // An HTTPRoute without rules has one for all paths; a GRPCRoute may do without.
  const needed = kind === 'TLSRoute' || kind === 'TCPRoute' || kind === 'UDPRoute' || Array.isArray(written);
  const matches = read.reduce((sum, rule) => sum + rule.matches.length, 0);
  return concat(
    needed && rules.length === 0 && kind !== 'GRPCRoute'
      ? [{ field, message: 'the route has no rules', help: 'give at least one rule' }]
      : [], // Since Gateway API 1.6 a TLSRoute may have many.
    kind === 'TLSRoute' ? [] : tooMany(rules, MOST_RULES, 'rules', field),
    sameRuleNames(rules),
    matches > MOST_MATCHES_OF_ALL_RULES && rules.length <= MOST_RULES
      ? [
          {
            field,
            message: `the rules have ${matches} matches in all, more than ${MOST_MATCHES_OF_ALL_RULES}`,
            help: 'spread them over several routes',
          },
        ]
      : [],
  );
}

/** The experimental channel refuses it; with the standard one only policies and logs mistake one for the other. */
function sameRuleNames(rules: readonly unknown[]): readonly Problem[] {
  const named = flatMap(rules, (rule, index) => {
    const name = nonEmpty(member(rule, 'name'));
    return name === undefined ? [] : [{ name, index }];
  });
  return flatMap(
    collisions(named, ({ name }) => name),
    ({ others }) =>
      others.map(({ name, index }) => ({
        field: ['spec', 'rules', index, 'name'],
        severity: 'warning',
        message: `two rules have the name ${name}`,
        help: 'give each rule a name of its own: the CRDs of the experimental channel refuse the route',
      })),
  );
}

function ruleProblems({ kind }: Route, rule: unknown, path: FieldPath): readonly Problem[] {
  const matches = list(member(rule, 'matches'));
  const filters = list(member(rule, 'filters'));
  const backends = list(member(rule, 'backendRefs'));
  return concat(
    tooMany(matches, MOST_MATCHES, 'matches', below(path, 'matches')),
    tooMany(filters, MOST_FILTERS, 'filters', below(path, 'filters')),
    tooMany(backends, MOST_BACKENDS, 'backendRefs', below(path, 'backendRefs')),
    flatMap(matches, (match, index) =>
      kind === 'HTTPRoute'
        ? pathProblems(member(match, 'path'), below(path, 'matches', index, 'path'))
        : kind === 'GRPCRoute'
          ? methodProblems(member(match, 'method'), below(path, 'matches', index, 'method'))
          : [],
    ),
    flatMap(matches, (match, index) => conditionProblems(kind, match, below(path, 'matches', index))),
    flatMap(filters, (filter, index) => filterFormProblems(kind, filter, below(path, 'filters', index))),
    filterProblems(filters, below(path, 'filters')),
    kind === 'HTTPRoute' ? timeoutProblems(member(rule, 'timeouts'), below(path, 'timeouts')) : [],
    kind === 'HTTPRoute' ? redirectProblems(filters, backends, path) : [],
    kind === 'HTTPRoute' ? prefixReplacementProblems(rule, filters, below(path, 'filters')) : [],
    persistenceProblems(member(rule, 'sessionPersistence'), below(path, 'sessionPersistence')),
    flatMap(backends, (backend, index) => {
      const under = below(path, 'backendRefs', index);
      return concat(
        backendProblems(backend, under),
        flatMap(list(member(backend, 'filters')), (filter, place) =>
          filterFormProblems(kind, filter, below(under, 'filters', place)),
        ),
        filterProblems(list(member(backend, 'filters')), below(under, 'filters')),
        kind === 'HTTPRoute'
          ? prefixReplacementProblems(rule, list(member(backend, 'filters')), below(under, 'filters'))
          : [],
      );
    }),
    filterBackendProblems(filters, below(path, 'filters')),
  );
}

function pathProblems(match: unknown, path: FieldPath): readonly Problem[] {
  if (record(match) === undefined) return [];
  const type = text(member(match, 'type')) ?? 'PathPrefix';
  const value = text(member(match, 'value')) ?? '/';
  if (!PATH_TYPES.includes(type)) {
    return [
      {
        field: below(path, 'type'),
        message: `there is no path type ${JSON.stringify(type)}`,
        help: type === 'Prefix' ? 'did you mean PathPrefix?' : 'use Exact, PathPrefix or RegularExpression',
      },
    ];
  }
  if (type === 'RegularExpression') return [];
  const field = below(path, 'value');
  if (!value.startsWith('/')) {
    return [
      {
        field,
        message: `path ${JSON.stringify(value)} does not begin with /`,
        help: `did you mean ${JSON.stringify(`/${value}`)}?`,
      },
    ];
  }
  const forbidden = concat(
    FORBIDDEN_INSIDE.filter((part) => value.includes(part)),
    FORBIDDEN_AT_THE_END.filter((part) => value.endsWith(part)),
  );
  if (forbidden.length === 0 && !PATH_CHARACTERS.test(value)) {
    return [
      {
        field,
        message: `path ${JSON.stringify(value)} has characters that a path cannot have`,
        help: 'write them percent-encoded, or use the type RegularExpression if it is one',
      },
    ];
  }
  return forbidden.map((part) => ({
    field,
    message: `path ${JSON.stringify(value)} contains ${part}, which paths of type ${type} must not`,
    help: 'write the path as requests have it after normalization',
  }));
}

function methodProblems(method: unknown, path: FieldPath): readonly Problem[] {
  if (record(method) === undefined) return [];
  const service = nonEmpty(member(method, 'service'));
  const name = nonEmpty(member(method, 'method'));
  if (service === undefined && name === undefined) {
    return [
      { field: path, message: 'the match names neither a service nor a method', help: 'give at least one of them' },
    ];
  }
  const type = nonEmpty(member(method, 'type')) ?? 'Exact';
  if (type !== 'Exact') return [];
  return concat(
    service === undefined || GRPC_SERVICE.test(service)
      ? []
      : [
          {
            field: below(path, 'service'),
            message: `${shown(service)} is not the name of a gRPC service`,
            help: 'write it as in the package of the service, as shop.v1.Cart, or use the type RegularExpression',
          },
        ],
    name === undefined || GRPC_METHOD.test(name)
      ? []
      : [
          {
            field: below(path, 'method'),
            message: `${shown(name)} is not the name of a gRPC method`,
            help: 'use letters, digits and underscores, or the type RegularExpression',
          },
        ],
  );
}

const GRPC_SERVICE = /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i;
const GRPC_METHOD = /^[A-Za-z_][A-Za-z_0-9]*$/;

function filterProblems(filters: readonly unknown[], path: FieldPath): readonly Problem[] {
  const typed = filters.map((filter, index) => ({ index, type: text(member(filter, 'type')) ?? '' }));
  const redirect = typed.find(({ type }) => type === 'RequestRedirect');
  const rewrite = typed.find(({ type }) => type === 'URLRewrite');
  return concat(
    flatMap(
      collisions(
        typed.filter(({ type }) => SINGLE_FILTERS.has(type)),
        ({ type }) => type,
      ),
      ({ others }) =>
        others.map(({ type, index }) => ({
          field: below(path, index),
          message: `the filter ${type} stands twice in the rule`,
          help: 'make one filter of the two',
        })),
    ),
    redirect !== undefined && rewrite !== undefined
      ? [
          {
            field: below(path, Math.max(redirect.index, rewrite.index)),
            message: 'a rule must not have the filters RequestRedirect and URLRewrite',
            help: 'keep one of the two: a redirected request is not rewritten',
          },
        ]
      : [],
  );
}

function redirectProblems(
  filters: readonly unknown[],
  backends: readonly unknown[],
  path: FieldPath,
): readonly Problem[] {
  return flatMap(filters, (filter, index) => {
    const redirect = record(member(filter, 'requestRedirect'));
    return redirect !== undefined && backends.length > 0
      ? [
          {
            field: below(path, 'filters', index),
            message: 'a rule that redirects must not have backendRefs',
            help: 'remove the backendRefs, or the filter: a redirected request reaches no backend',
          },
        ]
      : [];
  });
}

/** What is replaced has to be known: the prefix of the one match. */
function prefixReplacementProblems(rule: unknown, filters: readonly unknown[], path: FieldPath): readonly Problem[] {
  const written = member(rule, 'matches');
  // Without matches a rule has one, of the prefix /.
  const matches = written === undefined ? [{ path: { type: 'PathPrefix' } }] : list(written);
  const [match] = matches;
  const single =
    matches.length === 1 &&
    // The CRD has a default for the path, which is a prefix.
    (text(at(match, 'path', 'type')) ?? 'PathPrefix') === 'PathPrefix';
  if (single) return [];
  return flatMap(filters, (filter, index) =>
    ['requestRedirect', 'urlRewrite']
      .filter((field) => at(filter, field, 'path', 'type') === 'ReplacePrefixMatch')
      .map((field) => ({
        field: below(path, index, field, 'path'),
        message: 'ReplacePrefixMatch needs a rule with exactly one match, of type PathPrefix',
        help: 'make a rule for each prefix, or use ReplaceFullPath',
      })),
  );
}

/** Filters that send requests somewhere. */
function filterBackendProblems(filters: readonly unknown[], path: FieldPath): readonly Problem[] {
  return flatMap(filters, (filter, index) =>
    flatMap(FILTERS_WITH_BACKEND, (field) => {
      const backend = at(filter, field, 'backendRef');
      return record(backend) === undefined ? [] : backendProblems(backend, below(path, index, field, 'backendRef'));
    }),
  );
}

function backendProblems(backend: unknown, path: FieldPath): readonly Problem[] {
  const name = nonEmpty(member(backend, 'name'));
  if (name === undefined) {
    return [{ field: below(path, 'name'), message: 'the backend has no name', help: 'give the name of a Service' }];
  }
  const group = text(member(backend, 'group')) ?? '';
  const kind = nonEmpty(member(backend, 'kind')) ?? 'Service';
  const port = integer(member(backend, 'port'));
  if (port === undefined && group === '' && kind === 'Service') {
    return [
      {
        field: path,
        message: `the reference to Service ${name} has no port`,
        help: 'give the port of the Service, as a number',
      },
    ];
  }
  if (port === undefined || (port >= 1 && port <= 65535)) return [];
  return [{ field: below(path, 'port'), message: `${port} is not a port`, help: 'use a number from 1 to 65535' }];
}

function tooMany(items: readonly unknown[], most: number, what: string, field: FieldPath): readonly Problem[] {
  if (items.length <= most) return [];
  return [
    { field, message: `there are ${items.length} ${what}, more than ${most}`, help: 'spread them over several routes' },
  ];
}
