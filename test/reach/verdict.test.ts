import { ConnectionSets } from '../../lib/reach/connection-set';
import type { Action } from '../../lib/reach/tiers';
import { isIsolated, verdict } from '../../lib/reach/verdict';

/** `action peers ports`: peers 0 is the other end, 1 is somebody else. */
type RuleText = `${Action} ${0 | 1} ${string}`;

interface TierText {
  readonly rules: readonly RuleText[];
  readonly isolates?: boolean;
}

/** What two tiers, as AdminNetworkPolicy and NetworkPolicy are, let through. */
function answer(tiers: readonly TierText[]): string {
  const sets = new ConnectionSets();
  const all = { first: 1, last: 65535 };
  const lists = [
    sets.of({ SCTP: [all], TCP: [all], UDP: [all] }),
    sets.of({ TCP: [{ first: 80, last: 80 }] }),
    sets.of({ TCP: [{ first: 80, last: 90 }] }),
    sets.of({ TCP: [all] }),
    sets.of({}),
  ];
  const names = ['all', '80', '80-90', 'tcp', 'none'];
  const side = tiers.map(({ rules, isolates = false }) => ({
    isolates,
    rules: rules.map((rule) => {
      const [action, peers, ports] = rule.split(' ');
      return { action: action as Action, peers: Number(peers), ports: names.indexOf(ports) };
    }),
  }));
  return sets.text(
    verdict(
      sets,
      side,
      (peers) => peers === 0,
      (list) => lists[list],
    ),
  );
}

const NETWORK_POLICY = { rules: ['allow 0 80'], isolates: true } as const;

test.each<[string, readonly TierText[], string]>([
  ['no tier says anything', [], 'All Connections'],
  ['a tier that isolates allows what its rules allow', [NETWORK_POLICY], 'TCP 80'],
  ['rules for others do not count', [{ rules: ['allow 1 all'], isolates: true }], 'No Connections'],
  [
    'a tier that does not isolate leaves the rest open',
    [{ rules: ['deny 0 80'] }],
    'SCTP 1-65535; TCP 1-79,81-65535; UDP 1-65535',
  ],
  ['the first rule wins: allow', [{ rules: ['allow 0 80', 'deny 0 all'] }], 'TCP 80'],
  ['the first rule wins: deny', [{ rules: ['deny 0 80', 'allow 0 80-90', 'deny 0 all'] }], 'TCP 81-90'],
  ['an allow of the first tier is final', [{ rules: ['allow 0 80-90'] }, { rules: [], isolates: true }], 'TCP 80-90'],
  ['a deny of the first tier is final', [{ rules: ['deny 0 all'] }, NETWORK_POLICY], 'No Connections'],
  [
    'pass skips the rest of the tier',
    [{ rules: ['pass 0 80', 'deny 0 all'] }, { rules: ['allow 0 all'], isolates: true }],
    'TCP 80',
  ],
  ['what is passed to nobody is open', [{ rules: ['pass 0 80', 'deny 0 all'] }], 'TCP 80'],
  [
    'what no rule matched goes to the next tier',
    [{ rules: ['deny 0 80'] }, { rules: ['allow 0 80-90'], isolates: true }],
    'TCP 81-90',
  ],
  ['an isolating tier is final for all but what it passes', [NETWORK_POLICY, { rules: ['allow 0 all'] }], 'TCP 80'],
  ['an isolating tier may pass', [{ rules: ['pass 0 80-90'], isolates: true }, { rules: ['deny 0 80'] }], 'TCP 81-90'],
  [
    'a baseline tier denies what is left',
    [{ rules: ['pass 0 80'] }, { rules: [], isolates: false }, { rules: ['deny 0 tcp'] }],
    'SCTP 1-65535; UDP 1-65535',
  ],
  ['a rule of no port decides nothing', [{ rules: ['deny 0 none', 'allow 0 all'] }], 'All Connections'],
])('%s', (_name, tiers, expected) => {
  expect(answer(tiers)).toBe(expected);
});

test('pods are isolated as soon as one tier isolates them', () => {
  expect(isIsolated([])).toBe(false);
  expect(isIsolated([{ rules: [], isolates: false }])).toBe(false);
  expect(
    isIsolated([
      { rules: [], isolates: false },
      { rules: [], isolates: true },
    ]),
  ).toBe(true);
});
