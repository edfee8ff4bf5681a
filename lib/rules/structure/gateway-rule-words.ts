import { below, type FieldPath, flatMap, list, member, nonEmpty, record, text } from '../../model';
import { isQualifiedName } from '../../syntax/name-syntax';
import { collisions } from '../collisions';
import { type FieldProblem, isSet, setTo, shown } from '../field-problem';
import { hostHelp } from '../host-name';
import type { RuleWords } from './rule-words';

function problem(field: FieldPath, message: string, help: string): readonly FieldProblem[] {
  return [{ field, message, help }];
}

/** The items of a list that say again what one before them said, by what tells them apart. */
function repeated(
  value: unknown,
  keyOf: (item: unknown) => string | undefined,
): readonly { readonly item: unknown; readonly index: number; readonly first: number }[] {
  const keyed = flatMap(list(value), (item, index) => {
    const key = keyOf(item);
    return key === undefined ? [] : [{ key, item, index }];
  });
  return flatMap(
    collisions(keyed, ({ key }) => key),
    ({ first, others }) => others.map(({ item, index }) => ({ item, index, first: first.index })),
  );
}

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
      ({ first, others }): readonly FieldProblem[] => {
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

function eachListener(
  problemOf: (listener: unknown, path: FieldPath, protocol: string) => readonly FieldProblem[],
): RuleWords {
  return (value, path) =>
    flatMap(list(value), (listener, index) =>
      problemOf(listener, below(path, index), text(member(listener, 'protocol')) ?? ''),
    );
}

function filterTwice(type: string): RuleWords {
  return (value, path) =>
    repeated(value, (filter) => (member(filter, 'type') === type ? type : undefined)).map(({ index }) => ({
      field: below(path, index),
      message: `the filter ${type} stands twice in the rule`,
      help: 'make one filter of the two',
    }));
}

/** Where a prefix is replaced that is not known. */
function unknownPrefix(field: 'requestRedirect' | 'urlRewrite', ofBackends: boolean): RuleWords {
  const of = (holder: unknown, path: FieldPath): readonly FieldProblem[] =>
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

function tooManyMatches(value: unknown, path: FieldPath): readonly FieldProblem[] {
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
  return (_, path) => problem([...path, ...field], message, help);
}

function badHosts(value: unknown, path: FieldPath): readonly FieldProblem[] {
  return flatMap(list(value), (item, index): readonly FieldProblem[] => {
    const host = text(item) ?? '';
    const help = hostHelp(host);
    if (help === undefined) return [];
    const field = below(path, index);
    return [
      {
        field,
        message: `hostname ${JSON.stringify(host)} is not a host name`,
        help,
        ...(hostHelp(host.toLowerCase()) === undefined && setTo(field, host.toLowerCase())),
      },
    ];
  });
}

function listenersOfOnePlace(value: unknown, path: FieldPath): readonly FieldProblem[] {
  const placeOf = (listener: unknown): string | undefined =>
    isSet(member(listener, 'port'))
      ? JSON.stringify(['port', 'protocol', 'hostname'].map((field) => member(listener, field) ?? null))
      : undefined;
  return repeated(value, placeOf).map(({ item, index, first }) => ({
    field: below(path, index),
    message: `listeners ${nameAt(value, first)} and ${nameAt(value, index)} have the same port, protocol and hostname: ${shown(member(item, 'port'))}, ${String(member(item, 'protocol'))}, ${text(member(item, 'hostname')) ?? 'all hosts'}`,
    help: 'give them different hostnames, or make one listener of the two',
  }));
}

function nameAt(listeners: unknown, index: number): string {
  return text(member(list(listeners)[index], 'name')) ?? '';
}

function addressTwice(type: string): RuleWords {
  return (value, path) =>
    repeated(value, (address) =>
      member(address, 'type') === type ? nonEmpty(member(address, 'value')) : undefined,
    ).map(({ item, index }) => ({
      field: below(path, index, 'value'),
      message: `the address ${String(member(item, 'value'))} stands twice`,
      help: 'remove one of the two',
    }));
}

function badKeys(value: unknown, path: FieldPath, isFit: (key: string) => boolean): readonly FieldProblem[] {
  return Object.keys(record(value) ?? {})
    .filter((key) => !isFit(key))
    .map((key) => ({
      field: below(path, key),
      message: `${JSON.stringify(key)} is not the key of one of the ${String(path.at(-1))}`,
      help: 'use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be',
    }));
}

const KEY =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/;

const TWICE_SAID = 'the share of mirrored requests is said twice, as percent and as fraction';

/** What is said of paths that are compared with those of requests. */
const PATHS: readonly (readonly [start: string, words: RuleWords])[] = [
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
];

const LISTENERS: readonly (readonly [start: string, words: RuleWords])[] = [
  [
    "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls)",
    eachListener((listener, path, protocol) =>
      ['HTTP', 'TCP', 'UDP'].includes(protocol) && isSet(member(listener, 'tls'))
        ? problem(
            below(path, 'tls'),
            `a listener of protocol ${protocol} must not have tls`,
            protocol === 'HTTP' ? 'did you mean protocol HTTPS?' : 'use protocol TLS, or remove tls',
          )
        : [],
    ),
  ],
  [
    "self.all(l, (l.protocol == 'HTTPS' && has(l.tls))",
    eachListener((listener, path, protocol) => {
      const mode = member(member(listener, 'tls'), 'mode');
      return protocol === 'HTTPS' && isSet(mode) && mode !== 'Terminate' && mode !== ''
        ? problem(
            below(path, 'tls', 'mode'),
            `the tls.mode of a listener of protocol HTTPS is ${String(mode)}, and must be Terminate`,
            'use protocol TLS and a TLSRoute to pass TLS through',
          )
        : [];
    }),
  ],
  [
    "self.all(l, (l.protocol == 'TLS' ? has(l.tls)",
    eachListener((listener, path, protocol) =>
      protocol === 'TLS' && nonEmpty(member(member(listener, 'tls'), 'mode')) === undefined
        ? problem(
            below(path, 'tls'),
            'a listener of protocol TLS has to say its tls.mode',
            'set tls.mode to Passthrough, or to Terminate together with tls.certificateRefs',
          )
        : [],
    ),
  ],
  [
    "self.all(l, l.protocol in ['TCP', 'UDP']  ? (!has(l.hostname)",
    eachListener((listener, path, protocol) =>
      ['TCP', 'UDP'].includes(protocol) && nonEmpty(member(listener, 'hostname')) !== undefined
        ? problem(
            below(path, 'hostname'),
            `a listener of protocol ${protocol} must not have a hostname`,
            `remove the hostname: ${protocol} knows no hosts`,
          )
        : [],
    ),
  ],
  [
    'self.all(l1, self.exists_one(l2, l1.name == l2.name))',
    (value, path) =>
      repeated(value, (listener) => nonEmpty(member(listener, 'name'))).map(({ item, index }) => ({
        field: below(path, index, 'name'),
        message: `two listeners have the name ${text(member(item, 'name')) ?? ''}`,
        help: 'give each listener a name of its own',
      })),
  ],
  ['self.all(l1, self.exists_one(l2, l1.port == l2.port', listenersOfOnePlace],
  ['self.all(l1, !has(l1.port) || self.exists_one(l2, has(l2.port)', listenersOfOnePlace],
  [
    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0",
    (_, path) =>
      problem(
        path,
        'tls.mode Terminate needs a certificate',
        'give tls.certificateRefs, or the tls.options that your implementation knows',
      ),
  ],
  [
    "!has(self.filters) || self.protocol in ['HTTP', 'HTTPS']",
    (value, path) =>
      problem(
        below(path, 'filters'),
        `a listener of protocol ${String(member(value, 'protocol'))} must not have filters`,
        'remove them: filters are of HTTP and HTTPS',
      ),
  ],
];

const FILTERS: readonly (readonly [start: string, words: RuleWords])[] = [
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
        `${shown(member(value, 'numerator'))} of ${String(member(value, 'denominator') ?? 100)} is no part of the requests`,
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
];

const POLICIES: readonly (readonly [start: string, words: RuleWords])[] = [
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
];

function certificates(value: unknown, path: FieldPath): readonly FieldProblem[] {
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
export const GATEWAY_RULES: readonly (readonly [start: string, words: RuleWords])[] = [
  ...PATHS,
  ...LISTENERS,
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
        help: 'give each rule a name of its own',
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
  ["self.all(a1, a1.type == 'IPAddress'", addressTwice('IPAddress')],
  ["self.all(a1, a1.type == 'Hostname'", addressTwice('Hostname')],
  [
    "self.type == 'Hostname' ? (!has(self.value) || self.value.matches(",
    (value, path) =>
      problem(
        below(path, 'value'),
        `address of type Hostname: ${shown(member(value, 'value'))} is not a host name`,
        'write a DNS name in lower case, without scheme and port',
      ),
  ],
  [
    "self.type == 'Hostname' ? self.value.matches(",
    (value, path) =>
      problem(
        below(path, 'value'),
        `address of type Hostname: ${shown(member(value, 'value'))} is not a host name`,
        'write a DNS name in lower case, without scheme and port',
      ),
  ],
  ['self.all(key, key.matches(', (value, path) => badKeys(value, path, (key) => KEY.test(key))],
  ['self.all(key, !format.qualifiedName()', (value, path) => badKeys(value, path, isQualifiedName)],
  [
    'self.all(key, key.split("/")[0].size() < 253)',
    (value, path) => badKeys(value, path, (key) => key.split('/')[0].length < 253),
  ],
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
    "self.all(r, !(r.group == 'certificates.k8s.io' && r.kind == 'ClusterTrustBundle'",
    (value, path) =>
      flatMap(list(value), (reference, index) =>
        member(reference, 'kind') === 'ClusterTrustBundle' && isSet(member(reference, 'namespace'))
          ? problem(below(path, index, 'namespace'), 'a ClusterTrustBundle has no namespace', 'leave the namespace out')
          : [],
      ),
  ],
  [
    'self.all(t1, self.exists_one(t2, t1.port == t2.port))',
    (value, path) =>
      repeated(value, (entry) => (isSet(member(entry, 'port')) ? String(member(entry, 'port')) : undefined)).map(
        ({ item, index }) => ({
          field: below(path, index, 'port'),
          message: `port ${String(member(item, 'port'))} stands twice in ${String(path.at(-1))}`,
          help: 'keep one of the two',
        }),
      ),
  ],
  [
    "size(self) == 0 || self == 'Cluster'",
    (value, path) =>
      problem(path, `${shown(value)} is no scope`, 'use Cluster, or a word of an implementation, as example.com/word'),
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
];
