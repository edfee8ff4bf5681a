import type { Problem } from '../../finding/problem';
import { below, type FieldPath, flatMap, list, member, nonEmpty, text } from '../../model';
import { collisions } from '../collisions';
import { isSet, shown } from '../field-problem';
import { hostHelp, inLowerCase } from '../host-name';
import { LISTENER_RULES } from './listener-rule-words';
import { problem, repeated, type RuleWords, type WordsByStart } from './list-problems';

/** Of references to one object all have the same fields set, which tell them apart, or there is one only. */
function sameReferences(what: string, fields: readonly string[], distinct: boolean): RuleWords {
  return (value, path) => {
    const references = list(value).map((item, index) => ({
      item,
      index,
      object: JSON.stringify(['group', 'kind', 'namespace', 'name'].map((key) => text(member(item, key)) ?? '')),
    }));
    return flatMap(
      collisions(references, ({ object }) => object),
      ({ first, others }): readonly Problem[] => {
        const same = [first, ...others];
        const name = text(member(first.item, 'name')) ?? '';
        const kind = text(member(first.item, 'kind')) ?? 'Gateway';
        if (distinct) {
          return flatMap(
            collisions(same, ({ item }) => JSON.stringify(fields.map((field) => member(item, field) ?? null))),
            (twice) =>
              twice.others.map(({ item, index }) => {
                const section = nonEmpty(member(item, 'sectionName'));
                return {
                  field: below(path, index),
                  message: `${what} ${section === undefined ? '' : `section ${section} of `}${kind} ${name} twice`,
                  help: 'remove one of the two',
                };
              }),
          );
        }
        const bare = same.find(({ item }) => nonEmpty(member(item, 'sectionName')) === undefined) ?? first;
        return problem(
          below(path, bare.index),
          `${what} ${kind} ${name} ${same.length} times, here without a sectionName`,
          'keep this one alone, or give each of them a sectionName',
        );
      },
    );
  };
}

function filterTwice(type: string): RuleWords {
  return (value, path) =>
    repeated(value, (filter) => (member(filter, 'type') === type ? type : undefined)).map(({ index }) => ({
      field: below(path, index),
      message: `the filter ${type} appears twice in the rule`,
      help: 'make one filter of the two',
    }));
}

/** Where a prefix is replaced that is not known. */
function unknownPrefix(field: 'requestRedirect' | 'urlRewrite', ofBackends: boolean): RuleWords {
  const of = (holder: unknown, path: FieldPath): readonly Problem[] =>
    flatMap(list(member(holder, 'filters')), (filter, index) =>
      member(member(member(filter, field), 'path'), 'type') === 'ReplacePrefixMatch'
        ? problem(
            below(path, 'filters', index, field, 'path'),
            'ReplacePrefixMatch needs a rule with exactly one match, of type PathPrefix',
            'make a rule for each prefix, or use ReplaceFullPath',
          )
        : [],
    );
  return (rule, path) =>
    ofBackends
      ? flatMap(list(member(rule, 'backendRefs')), (backend, index) => of(backend, below(path, 'backendRefs', index)))
      : of(rule, path);
}

function tooManyMatches(value: unknown, path: FieldPath): readonly Problem[] {
  const matches = list(value).reduce<number>((sum, rule) => sum + list(member(rule, 'matches')).length, 0);
  return problem(path, `the rules have ${matches} matches in all, more than 128`, 'spread them over several routes');
}

function pathContains(part: string): RuleWords {
  return (match, path) =>
    problem(
      below(path, 'value'),
      `path ${shown(member(match, 'value'))} contains ${part}, which paths of type ${String(member(match, 'type'))} must not`,
      'write the path as requests have it after normalization',
    );
}

/** The name of a gRPC service or method. */
function grpcName(field: 'service' | 'method', help: string): RuleWords {
  return (match, path) =>
    problem(below(path, field), `${shown(member(match, field))} is not the name of a gRPC ${field}`, help);
}

function persistence(field: FieldPath, message: string, help: string): RuleWords {
  return (_, path) => problem(below(path, ...field), message, help);
}

function badHosts(value: unknown, path: FieldPath): readonly Problem[] {
  return flatMap(list(value), (item, index): readonly Problem[] => {
    const host = text(item) ?? '';
    const help = hostHelp(host);
    if (help === undefined) return [];
    const field = below(path, index);
    return [
      {
        field,
        message: `hostname ${JSON.stringify(host)} is not a host name`,
        help,
        ...inLowerCase(field, host),
      },
    ];
  });
}

const TWICE_SAID = 'the share of mirrored requests is said twice, as percent and as fraction';

/** What is said of paths that are compared with those of requests. */
const PATHS: WordsByStart = new Map<string, RuleWords>([
  ...['//', '/./', '/../', '%2f', '%2F', '#'].map(
    (part) => [`(self.type in ['Exact','PathPrefix']) ? !self.value.contains('${part}')`, pathContains(part)] as const,
  ),
  ...['/..', '/.'].map(
    (part) => [`(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('${part}')`, pathContains(part)] as const,
  ),
  [
    "(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/')",
    (match, path) =>
      problem(
        below(path, 'value'),
        `path ${shown(member(match, 'value'))} does not begin with /`,
        `did you mean ${shown(`/${text(member(match, 'value')) ?? ''}`)}?`,
      ),
  ],
  [
    "(self.type in ['Exact','PathPrefix']) ? self.value.matches(",
    (match, path) =>
      problem(
        below(path, 'value'),
        `path ${shown(member(match, 'value'))} has characters that a path cannot have`,
        'write them percent-encoded, or use the type RegularExpression if it is one',
      ),
  ],
  [
    "self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
    (match, path) =>
      problem(
        below(path, 'type'),
        `there is no path type ${shown(member(match, 'type'))}`,
        member(match, 'type') === 'Prefix' ? 'did you mean PathPrefix?' : 'use Exact, PathPrefix or RegularExpression',
      ),
  ],
]);

const FILTERS: WordsByStart = new Map<string, RuleWords>([
  ...['CORS', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'].map(
    (type) => [`self.filter(f, f.type == '${type}').size() <= 1`, filterTwice(type)] as const,
  ),
  [
    "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
    (value, path) => {
      const places = ['RequestRedirect', 'URLRewrite'].map((type) =>
        list(value).findIndex((filter) => member(filter, 'type') === type),
      );
      return problem(
        below(path, Math.max(...places)),
        'a rule must not have the filters RequestRedirect and URLRewrite',
        'keep one of the two: a redirected request is not rewritten',
      );
    },
  ],
  [
    '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters)',
    (rule, path) =>
      flatMap(list(member(rule, 'filters')), (filter, index) =>
        isSet(member(filter, 'requestRedirect'))
          ? problem(
              below(path, 'filters', index),
              'a rule that redirects must not have backendRefs',
              'remove the backendRefs, or the filter: a redirected request reaches no backend',
            )
          : [],
      ),
  ],
  ['(has(self.filters) && self.filters.exists_one(f, has(f.requestRedirect)', unknownPrefix('requestRedirect', false)],
  ['(has(self.filters) && self.filters.exists_one(f, has(f.urlRewrite)', unknownPrefix('urlRewrite', false)],
  [
    '(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.requestRedirect)',
    unknownPrefix('requestRedirect', true),
  ],
  [
    '(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.urlRewrite)',
    unknownPrefix('urlRewrite', true),
  ],
  [
    '!(has(self.percent) && has(self.fraction))',
    (_, path) => problem(below(path, 'fraction'), TWICE_SAID, 'keep one of the two'),
  ],
  [
    'self.numerator <= self.denominator',
    (value, path) =>
      problem(
        path,
        `${shown(member(value, 'numerator'))} of ${shown(member(value, 'denominator') ?? 100)} is no part of the requests`,
        'give a numerator from 0 up to the denominator, which is 100 unless set',
      ),
  ],
  [
    "!('*' in self && self.size() > 1)",
    (value, path) =>
      problem(
        below(path, list(value).indexOf('*')),
        `${String(path.at(-1))} has "*" beside other values`,
        'keep "*" alone, which allows all, or remove it',
      ),
  ],
]);

const POLICIES: WordsByStart = new Map<string, RuleWords>([
  [
    'self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name ?',
    sameReferences('the policy refers to', ['sectionName'], false),
  ],
  [
    'self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.sectionName)',
    sameReferences('the policy refers to', ['sectionName'], true),
  ],
  ...[
    '(has(self.caCertificateRefs)?1:0)+',
    '!(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 &&',
    '(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 ||',
  ].map((start) => [start, certificates] as const),
  ['!(self.type == "Hostname" && (!has(self.hostname)', alternativeName('Hostname', 'hostname')],
  ['!(self.type != "Hostname" && has(self.hostname)', alternativeName('Hostname', 'hostname')],
  ['!(self.type == "URI" && (!has(self.uri)', alternativeName('URI', 'uri')],
  ['!(self.type != "URI" && has(self.uri)', alternativeName('URI', 'uri')],
]);

function certificates(value: unknown, path: FieldPath): readonly Problem[] {
  const hasBoth = isSet(member(value, 'caCertificateRefs')) && isSet(member(value, 'wellKnownCACertificates'));
  return problem(
    path,
    `validation has ${hasBoth ? 'both' : 'neither'} caCertificateRefs ${hasBoth ? 'and' : 'nor'} wellKnownCACertificates`,
    'give one of them: a ConfigMap with the CA in ca.crt, or System for the CAs that the gateway trusts anyway',
  );
}

function alternativeName(type: string, field: string): RuleWords {
  return (name, path) => {
    const isOwn = member(name, 'type') === type;
    return problem(
      below(path, field),
      `a name of type ${String(member(name, 'type'))} has ${isOwn ? 'no' : 'a'} ${field}`,
      isOwn ? `give the ${field}` : `leave ${field} out, or change the type`,
    );
  };
}

/** The words for the rules of Gateway API, by how these begin. */
export const GATEWAY_RULES: WordsByStart = new Map<string, RuleWords>([
  ...PATHS,
  ...LISTENER_RULES,
  ...FILTERS,
  ...POLICIES,
  [
    'self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__)',
    sameReferences('the route refers to', ['sectionName', 'port'], false),
  ],
  [
    'self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__)',
    sameReferences('the route refers to', ['sectionName', 'port'], true),
  ],
  [
    'self.all(l1, !has(l1.name) || self.exists_one(l2, has(l2.name)',
    (value, path) =>
      repeated(value, (rule) => nonEmpty(member(rule, 'name'))).map(({ item, index }) => ({
        field: below(path, index, 'name'),
        message: `two rules have the name ${text(member(item, 'name')) ?? ''}`,
        help: 'give each rule a name of its own: the CRDs of the experimental channel refuse the route',
      })),
  ],
  [
    "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port)",
    (value, path) =>
      problem(
        path,
        `the reference to Service ${text(member(value, 'name')) ?? ''} has no port`,
        'give the port of the Service, as a number',
      ),
  ],
  [
    "(self.group == 'gateway.networking.x-k8s.io' && self.kind == 'XBackend')",
    (_, path) =>
      problem(
        below(path, 'port'),
        'the reference to an XBackend has a port',
        'leave it out: the XBackend says the port',
      ),
  ],
  ['(self.size() > 0 ?', tooManyMatches],
  [
    'has(self.type) ? has(self.service) || has(self.method)',
    (_, path) => problem(path, 'the match names neither a service nor a method', 'give at least one of them'),
  ],
  [
    "(!has(self.type) || self.type == 'Exact') && has(self.service)",
    grpcName(
      'service',
      'write it as in the package of the service, as shop.v1.Cart, or use the type RegularExpression',
    ),
  ],
  [
    "(!has(self.type) || self.type == 'Exact') && has(self.method)",
    grpcName('method', 'use letters, digits and underscores, or the type RegularExpression'),
  ],
  ...[
    '!has(self.cookieConfig) || !has(self.cookieConfig.lifetimeType)',
    '!has(self.cookie) || !has(self.cookie.lifetimeType)',
  ].map(
    (start) =>
      [
        start,
        persistence(
          [],
          'a permanent cookie needs an absoluteTimeout',
          'give absoluteTimeout, or use the lifetimeType Session',
        ),
      ] as const,
  ),
  ['self.all(h, ', badHosts],
  [
    '!(has(self.request) && has(self.backendRequest)',
    (_, path) =>
      problem(
        below(path, 'backendRequest'),
        'backendRequest is longer than request, of which it is a part',
        'make request at least as long as backendRequest',
      ),
  ],
  [
    "!self.endsWith('.cluster.local')",
    (value, path) => problem(path, `${shown(value)} is a name inside of the cluster`, 'refer to the Service instead'),
  ],
  ...['!(duration(self) < duration(', '!(duration(self) == duration('].map(
    (start) =>
      [
        start,
        (value: unknown, path: FieldPath) =>
          problem(path, `${String(path.at(-1))} is ${shown(value)}, which is out of its limits`, 'use at most 1h'),
      ] as const,
  ),
  [
    "self.mode == 'None' ? !has(self.validation)",
    (value, path) =>
      isSet(member(value, 'validation'))
        ? problem(below(path, 'validation'), 'the mode None has a validation', 'leave it out, or use another mode')
        : problem(
            path,
            `the mode ${String(member(value, 'mode'))} needs a validation`,
            'add validation, or use the mode None',
          ),
  ],
  ...['H2C', 'HTTP2', 'WSS'].map(
    (protocol) =>
      [
        `!has(self.protocol) || self.protocol != '${protocol}'`,
        (_: unknown, path: FieldPath) =>
          problem(
            below(path, 'tls'),
            `the protocol ${protocol} ${protocol === 'H2C' ? 'is without TLS' : 'needs TLS'}`,
            protocol === 'H2C' ? 'set tls.mode: None, or use HTTP2' : 'set tls with a mode other than None',
          ),
      ] as const,
  ),
]);
