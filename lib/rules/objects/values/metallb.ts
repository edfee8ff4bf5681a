import { at, below, flatMap, list, nonEmpty } from '../../../model';
import {
  all,
  distinct,
  LABEL_SELECTOR,
  listOf,
  mapping,
  textThat,
  type ValueForm,
  wholeNumber,
} from '../../value-form';
import type { FormsByKind } from './forms-by-kind';

/** MetalLB compares selectors, and the values of each expression, and refuses what appears twice (validateLabelSelectorDuplicate). */
const SELECTORS = all(
  listOf(
    all(LABEL_SELECTOR, (value, path) =>
      flatMap(list(at(value, 'matchExpressions')), (expression, index) =>
        distinct(at(expression, 'values'), below(path, 'matchExpressions', index, 'values')),
      ),
    ),
  ),
  distinct,
);

const NAMES = distinct;

/** `aa:nn` of two bytes each, or `large:aa:nn:mm` of four (internal/bgp/community). */
export function isMetalLbCommunity(value: string): boolean {
  const parts = value.split(':');
  const isLarge = parts.length === 4 && parts[0] === 'large';
  const numbers = isLarge ? parts.slice(1) : parts;
  return (
    (isLarge || parts.length === 2) &&
    numbers.every((part) => /^[0-9]{1,10}$/.test(part) && Number(part) <= (isLarge ? 4294967295 : 65535))
  );
}

const COMMUNITY = textThat(isMetalLbCommunity, 'a community, such as 65000:100 or large:65000:100:1');

/** Anything without colons may be the name of one that a Community defines. */
const COMMUNITY_OR_NAME: ValueForm = (value, path) =>
  typeof value === 'string' && value.includes(':') ? COMMUNITY(value, path) : [];

/** As Go writes it: `90s`, `1m30s`. */
const DURATION = textThat(
  (text) => /^[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$/.test(text) || text === '0',
  'a duration, such as 90s',
);

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

function seconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = [...value.matchAll(/(?<![0-9.])([0-9.]+)(ns|us|µs|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (UNIT_SECONDS.get(unit) ?? NaN), 0);
  return value.startsWith('-') ? -sum : sum;
}

const SHORTEST_HOLD = 3;

/** parseTimers: one that is not set follows from the other, as three times or a third of it. */
const timers: ValueForm = (value, path) => {
  const hold = seconds(at(value, 'holdTime'));
  const keepalive = seconds(at(value, 'keepaliveTime'));
  const held = Math.trunc(hold ?? (keepalive ?? 0) * 3);
  if (held !== 0 && held < SHORTEST_HOLD) {
    return [
      {
        field: [...path, hold === undefined ? 'keepaliveTime' : 'holdTime'],
        message: `the hold time is ${held}s, and must be 0 or at least ${SHORTEST_HOLD}s`,
        help: 'write holdTime: 90s, which is usual',
      },
    ];
  }
  if (hold === undefined || keepalive === undefined || keepalive <= hold) return [];
  return [
    {
      field: below(path, 'keepaliveTime'),
      message: `keepaliveTime is ${String(at(value, 'keepaliveTime'))}, and holdTime is ${String(at(value, 'holdTime'))}`,
      help: 'let keepaliveTime be a third of holdTime',
    },
  ];
};

const onePassword: ValueForm = (value, path) =>
  nonEmpty(at(value, 'password')) !== undefined && nonEmpty(at(value, 'passwordSecret', 'name')) !== undefined
    ? [
        {
          field: below(path, 'password'),
          message: 'the peer has a password and a passwordSecret',
          help: 'leave the password out: anyone who can read the object can read it',
        },
      ]
    : [];

function peer(fields: Readonly<Record<string, ValueForm>>): ValueForm {
  return mapping({
    spec: all(mapping({ holdTime: DURATION, keepaliveTime: DURATION, ...fields }), timers, onePassword),
  });
}

/** What MetalLB refuses beyond the schemas of its CRDs: internal/config/config.go. */
export const METALLB_FORMS: FormsByKind = {
  'metallb.io/v1beta1 BGPAdvertisement': mapping({
    spec: mapping({
      communities: all(NAMES, listOf(COMMUNITY_OR_NAME)),
      ipAddressPools: NAMES,
      ipAddressPoolSelectors: SELECTORS,
      localPref: wholeNumber(0, 4294967295),
      nodeSelectors: SELECTORS,
      peers: NAMES,
      serviceSelectors: SELECTORS,
    }),
  }),
  'metallb.io/v1beta1 BGPPeer': peer({}),
  // An older version has selectors of its own.
  'metallb.io/v1beta2 BGPPeer': peer({ connectTime: DURATION, nodeSelectors: SELECTORS }),
  'metallb.io/v1beta1 Community': mapping({
    spec: mapping({ communities: listOf(mapping({ value: COMMUNITY }, ['value'])) }),
  }),
  'metallb.io/v1beta1 IPAddressPool': mapping({
    spec: mapping({
      serviceAllocation: mapping({
        namespaces: NAMES,
        namespaceSelectors: SELECTORS,
        serviceSelectors: SELECTORS,
      }),
    }),
  }),
  'metallb.io/v1beta1 L2Advertisement': mapping({
    spec: mapping({
      ipAddressPools: NAMES,
      ipAddressPoolSelectors: SELECTORS,
      nodeSelectors: SELECTORS,
      serviceSelectors: SELECTORS,
    }),
  }),
};
