import { oneOf } from '../field-problem';

/** What a text has to be that a pattern of a schema describes, and how to write one. */
export interface PatternWords {
  /** With its article: `a DNS name`. */
  readonly what: string;
  readonly help: string;
}

const GROUP: PatternWords = {
  what: 'an API group',
  help: `write the group alone, without the version; that of Services and Secrets is ''`,
};
const DOMAIN: PatternWords = {
  what: 'a DNS name',
  help: 'use lower-case letters, digits, hyphens and dots',
};
const LABEL_VALUE: PatternWords = {
  what: 'the value of a label',
  help: 'use letters, digits, hyphens, underscores and dots, at most 63',
};
const KEY: PatternWords = {
  what: 'a key',
  help: 'use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be',
};
const AS_NUMBERS: PatternWords = {
  what: 'a community, such as 65000:100',
  help: 'write two numbers up to 65535 with a colon between them, or one up to 4294967295',
};
const LARGE_COMMUNITY: PatternWords = {
  what: 'a large community, such as 65000:100:1',
  help: 'write three numbers up to 4294967295 with colons between them',
};
const ADDRESS: PatternWords = { what: 'an IPv4 or IPv6 address', help: 'write an IPv4 or IPv6 address' };
const CIDR: PatternWords = {
  what: 'a CIDR with its prefix length, such as 192.0.2.0/24',
  help: 'write a CIDR with its prefix length, such as 192.0.2.0/24',
};
const PORT: PatternWords = {
  what: 'the number of a port or its name, as text: "80"',
  help: 'write the number of a port or its name, as text: "80"',
};
const FQDN: PatternWords = {
  what: 'a DNS name, without scheme and port',
  help: 'write a DNS name, without scheme and port',
};
const LISTED: readonly (readonly [start: string, words: PatternWords])[] = [
  ['^$|^[a-z0-9]', GROUP],
  ['^[a-zA-Z]([-a-zA-Z0-9]*', { what: 'a kind', help: 'write it as the objects do: HTTPRoute, Service, Secret' }],
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    { what: 'a namespace', help: 'give the name of one namespace, which has no pattern and no dots' },
  ],
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9',
    {
      what: 'a name under a domain',
      help: 'write it as the implementation is known: example.com/gateway-controller',
    },
  ],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.', DOMAIN],
  [
    '^(\\*\\.)?[a-z0-9]',
    {
      what: 'a host name',
      help: 'write a DNS name in lower case, without scheme and port; a * may stand for its first label',
    },
  ],
  [
    '^(([^:/?#]+):)(//',
    { what: 'a URI with scheme and host', help: 'write it in full, as spiffe://cluster.example.com/ns/shop/sa/web' },
  ],
  ['^(System|', { what: 'System', help: 'write System, or the word of an implementation, as example.com/Word' }],
  ["^[A-Za-z0-9!#$%&'*+", { what: 'the name of a header', help: 'write the name alone, without spaces and colons' }],
  ['^[!-~]+(', { what: 'the value of a header', help: 'write printable characters of ASCII' }],
  [
    '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
    { what: 'a duration', help: 'write whole numbers with units, as a text: 10s, 1m30s, 500ms' },
  ],
  [
    '^Hostname|IPAddress|NamedAddress|',
    {
      what: 'IPAddress, Hostname or the type of an implementation',
      help: 'use IPAddress or Hostname, or the type of an implementation, as example.com/name',
    },
  ],
  ['^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$', LABEL_VALUE],
  ["^(?:[-A-Za-z0-9/._~!$&'", { what: 'a path', help: 'write it percent-encoded' }],
  ['^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|', { what: 'a protocol', help: 'use HTTP, HTTPS, TLS, TCP or UDP' }],
  [
    '(^\\*$)|(^(http(s)?):',
    {
      what: 'an origin',
      help: 'write scheme and host, as https://shop.example.com or https://*.example.com, without a path',
    },
  ],
  ['^[a-z0-9_.-]+$', { what: 'a name', help: 'use lower-case letters, digits, hyphens, underscores and dots' }],
  ['^[a-zA-Z0-9_.:/-]+$', { what: 'a name', help: 'use letters, digits and the marks _ . : / -' }],
  ['^[a-zA-Z0-9_.:/-]+( ', { what: 'words', help: 'use letters, digits and the marks _ . : / -, with single spaces' }],
  ['^(\\*\\.)?([a-zA-Z0-9]', { ...FQDN, what: 'a DNS name of two labels at least' }],
  ['^(\\*\\.)?([a-zA-z0-9]', { ...FQDN, what: 'a DNS name of two labels at least' }],
  ['^([0-9]|[1-9][0-9]|1[0-9]{2}|', { what: 'a type of ICMP', help: 'write its number from 0 to 255, or its name' }],
  ['^([-a-zA-Z0-9_]+[.]?)+$', FQDN],
  [
    '^([-a-zA-Z0-9_*]+[.]?)+$',
    {
      what: 'a DNS name in which * stands for any characters',
      help: 'write a DNS name in which * stands for any characters',
    },
  ],
  ['^(6553[0-5]|', PORT],
  ['^([0-9]{1,4})|', PORT],
  ['^()([1-9]|', PORT],
  ['^\\PC*$', { what: 'printable text', help: 'remove what cannot be seen' }],
  ['^(?:(?:25[0-5]', CIDR],
  ['^s*((([0-9A-Fa-f]{1,4}:){7}', CIDR],
  ['((^\\s*((([0-9]|', ADDRESS],
  ['^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.', KEY],
  ['^(\\d+):(\\d+)$|', { what: 'a community, such as 65000:100', help: 'write two or three numbers with colons' }],
  ['^([0-9]+(\\\\.', { what: 'a duration', help: 'write a number with its unit, as a text: 10s, 1m30s, 500ms' }],
  ['^.*', { what: 'a text', help: 'write one line' }],
  [
    '^([a-zA-Z0-9-_]+=(true|',
    { what: 'a list of switches', help: 'write name=true or name=false, with commas between' },
  ],
  ['^([a-zA-Z0-9-_]+=([^=]+),', { what: 'a list of settings', help: 'write name=value, with commas between' }],
  ['^(\\+|-)?(([0-9]+(', { what: 'a quantity', help: 'write a number, with a suffix if need be: 100m, 1Gi' }],
  ['^[0-9A-Fa-f]{2}-', { what: 'two bytes, as 0A-1F', help: 'write two hexadecimal digits, a hyphen and two more' }],
];

/** `^(?i)(one|two)?$` of Calico: one of a few words, in any case. */
const WORDS = /^\^\(\?i\)\(([\w|]+)\)\?\$$/;

/** Undefined for a pattern that has no words: a test asks for those of every known schema. */
export function patternWords(pattern: string): PatternWords | undefined {
  if (pattern.startsWith('^([0-9]|[1-9][0-9]{1,8}|')) return pattern.includes('$|^') ? AS_NUMBERS : LARGE_COMMUNITY;
  const words = WORDS.exec(pattern)?.[1].split('|');
  if (words !== undefined) return { what: oneOf(words), help: `write ${oneOf(words)}` };
  return LISTED.find(([start]) => pattern.startsWith(start))?.[1];
}
