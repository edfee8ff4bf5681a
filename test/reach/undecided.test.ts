import { parseCidr } from '../../lib/address';
import { networkModel } from '../../lib/model';
import { type Expectation, expectationFindings } from '../../lib/reach';
import { facts, objects } from '../rules/expectations';

/** `web` of shop and `job` of back may send to all; nothing may reach `db`. */
const CLOSED = `
  - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
  - Deployment shop/db: { labels: { app: db }, ports: [{ containerPort: 5432 }] }
  - Deployment back/job: { labels: { app: job } }
  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress] }
`;

const other = (apiVersion: string, kind: string, namespace?: string): string =>
  `  - manifest: { apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: other${namespace === undefined ? '' : `, namespace: ${namespace}`} }, spec: {} }\n`;
const egressTo = (cidr: string, ...except: string[]): string =>
  `  - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr}, except: [${except.join(', ')}] } }] }] }\n`;

const pair = (kind: 'reach' | 'not-reach', from: string, to: string): Expectation => ({
  kind,
  from: { text: from },
  to: { text: to },
});

const told = (input: string, expectation: Expectation, known = facts()): string[] =>
  expectationFindings(networkModel(objects(input), known), [
    { expectation, origin: { file: null, line: null, column: null, construct: null } },
  ]).map(({ severity, code, message }) => `${severity} ${code} ${message}`);

const UNDECIDED = (who: string, why = 'GlobalNetworkPolicy other may decide it'): string =>
  `NL706 ${who} cannot be decided: ${why}`;
const WEB_DB = 'whether shop/web[Deployment] can reach shop/db[Deployment]';
/** The input does not have its tier. */
const GLOBAL = other('projectcalico.org/v3', 'GlobalNetworkPolicy').replace('spec: {}', 'spec: { tier: platform }');

test.each<[string, string, Expectation, readonly string[]]>([
  ['nothing else decides', '', pair('not-reach', 'shop/web', 'shop/db'), []],
  ['what is denied may be allowed', GLOBAL, pair('not-reach', 'shop/web', 'shop/db'), [`error ${UNDECIDED(WEB_DB)}`]],
  [
    'what is allowed may be denied',
    GLOBAL,
    pair('reach', 'shop/db', 'shop/web'),
    [`warning ${UNDECIDED('whether shop/db[Deployment] can reach shop/web[Deployment]')}`],
  ],
  [
    'from outside',
    GLOBAL,
    { kind: 'not-from-outside', of: { text: 'shop/db' } },
    [`error ${UNDECIDED('whether 0.0.0.0-255.255.255.255 can reach shop/db[Deployment]')}`],
  ],
  [
    'isolation',
    GLOBAL,
    { kind: 'isolated', of: { text: 'shop/db' } },
    [`error ${UNDECIDED('whether shop/db[Deployment] is isolated')}`],
  ],
  [
    'a policy of the namespace of one end cannot open what the other end closes',
    other('cilium.io/v2', 'CiliumNetworkPolicy', 'back'),
    pair('not-reach', 'back/job', 'shop/db'),
    [],
  ],
  [
    'but can close it',
    other('cilium.io/v2', 'CiliumNetworkPolicy', 'back'),
    pair('reach', 'back/job', 'shop/web'),
    [
      `warning ${UNDECIDED('whether back/job[Deployment] can reach shop/web[Deployment]', 'CiliumNetworkPolicy back/other may decide it')}`,
    ],
  ],
  [
    'and what the other end closes is closed for certain',
    other('cilium.io/v2', 'CiliumNetworkPolicy', 'back'),
    pair('reach', 'back/job', 'shop/db'),
    ['error NL701 back/job[Deployment] must reach shop/db[Deployment], and policies do not let it'],
  ],
  [
    'a policy of a third namespace decides nothing',
    other('crd.antrea.io/v1beta1', 'NetworkPolicy', 'web'),
    pair('not-reach', 'shop/web', 'shop/db'),
    [],
  ],
])('policies that are not evaluated: %s', (_, policy, expectation, expected) => {
  expect(told(CLOSED + policy, expectation)).toEqual(expected);
});

const ADDRESSES = 'an ipBlock holds some of the addresses that the pods may have, and their ranges are not known';
const WEB_JOB = 'whether shop/web[Deployment] can reach back/job[Deployment]';

test.each<[string, string, string | undefined, readonly string[], readonly string[]]>([
  ['an exception of no pod', egressTo('0.0.0.0/0', '169.254.169.254/32'), undefined, [], ['open']],
  ['all addresses that pods may have', egressTo('0.0.0.0/0', '224.0.0.0/3', '127.0.0.0/8'), undefined, [], ['open']],
  ['private addresses excepted', egressTo('0.0.0.0/0', '10.0.0.0/8'), undefined, ['unknown'], ['unknown']],
  ['and pods elsewhere', egressTo('0.0.0.0/0', '10.0.0.0/8'), '192.168.0.0/16', [], ['open']],
  ['and pods there', egressTo('0.0.0.0/0', '10.0.0.0/8'), '10.244.0.0/16', ['blocked'], []],
  ['a part of the pods', egressTo('10.244.0.0/17'), '10.244.0.0/16', ['unknown'], ['unknown']],
])('addresses of pods: %s', (_, policy, podCidrs, whenReach, whenNot) => {
  const known = { ...facts(), podCidrs: podCidrs === undefined ? undefined : [parseCidr(podCidrs)] };
  const messages: Record<string, string> = {
    'reach unknown': `warning ${UNDECIDED(WEB_JOB, ADDRESSES)}`,
    'not-reach unknown': `error ${UNDECIDED(WEB_JOB, ADDRESSES)}`,
    'reach blocked': 'error NL701 shop/web[Deployment] must reach back/job[Deployment], and policies do not let it',
    'not-reach open': 'error NL702 shop/web[Deployment] must not reach back/job[Deployment], and can: All Connections',
  };
  for (const [kind, expected] of [
    ['reach', whenReach],
    ['not-reach', whenNot],
  ] as const) {
    expect(told(CLOSED + policy, pair(kind, 'shop/web', 'back/job'), known)).toEqual(
      expected.map((text) => messages[`${kind} ${text}`]),
    );
  }
});

const admin = (spec: string, kind = 'AdminNetworkPolicy', name = 'rails'): string =>
  `  - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: ${kind}, metadata: { name: ${name} }, spec: ${spec} }\n`;
const ALLOW = '{ priority: 5, subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }] }] }';
const DENY = '{ priority: 5, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }';

test.each<[string, string, Expectation, readonly string[]]>([
  [
    'one that allows opens what a NetworkPolicy closes',
    admin(ALLOW),
    pair('not-reach', 'shop/web', 'shop/db'),
    ['error NL702 shop/web[Deployment] must not reach shop/db[Deployment], and can: All Connections'],
  ],
  ['and for pods alone', admin(ALLOW), { kind: 'not-from-outside', of: { text: 'shop/db' } }, []],
  [
    'one that denies closes what is open',
    admin(DENY),
    pair('reach', 'shop/db', 'shop/web'),
    ['error NL701 shop/db[Deployment] must reach shop/web[Deployment], and policies do not let it'],
  ],
  [
    'it isolates nobody',
    admin(DENY),
    { kind: 'isolated', of: { text: 'shop/web' } },
    ['error NL703 shop/web[Deployment] must be isolated, and no policy selects all of its pods for ingress and egress'],
  ],
  [
    'two of one priority that contradict each other',
    admin(ALLOW) + admin(DENY, 'AdminNetworkPolicy', 'rules'),
    pair('not-reach', 'shop/web', 'shop/db'),
    [`error ${UNDECIDED(WEB_DB, 'AdminNetworkPolicy rails, AdminNetworkPolicy rules may decide it')}`],
  ],
  [
    'a peer by domain name',
    admin(
      '{ priority: 5, subject: { namespaces: {} }, egress: [{ action: Allow, to: [{ domainNames: [example.com] }] }] }',
    ),
    pair('not-reach', 'shop/web', 'shop/db'),
    [`error ${UNDECIDED(WEB_DB, 'AdminNetworkPolicy rails may decide it')}`],
  ],
])('policies of administrators: %s', (_, policy, expectation, expected) => {
  expect(told(CLOSED + policy, expectation)).toEqual(expected);
});
