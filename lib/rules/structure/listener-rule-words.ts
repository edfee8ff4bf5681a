import type { Problem } from '../../finding/problem';
import { below, type FieldPath, flatMap, list, member, nonEmpty, record, text } from '../../model';
import { isQualifiedName } from '../../syntax/name-syntax';
import { isSet, shown } from '../field-problem';
import { problem, repeated, type RuleWords, type WordsByStart } from './list-problems';

function eachListener(
  problemOf: (listener: unknown, path: FieldPath, protocol: string) => readonly Problem[],
): RuleWords {
  return (value, path) =>
    flatMap(list(value), (listener, index) =>
      problemOf(listener, below(path, index), text(member(listener, 'protocol')) ?? ''),
    );
}

function listenersOfOnePlace(value: unknown, path: FieldPath): readonly Problem[] {
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
      message: `the address ${String(member(item, 'value'))} appears twice`,
      help: 'remove one of the two',
    }));
}

function badKeys(value: unknown, path: FieldPath, isFit: (key: string) => boolean): readonly Problem[] {
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

/** The words for the rules of Gateways and their listeners. */
export const LISTENER_RULES: WordsByStart = new Map<string, RuleWords>([
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
          message: `port ${String(member(item, 'port'))} appears twice in ${String(path.at(-1))}`,
          help: 'keep one of the two',
        }),
      ),
  ],
  [
    "size(self) == 0 || self == 'Cluster'",
    (value, path) =>
      problem(path, `${shown(value)} is no scope`, 'use Cluster, or a word of an implementation, as example.com/word'),
  ],
]);
