import fc from 'fast-check';
import { parseCidr } from '../../lib/address';
import {
  assignServices,
  EMPTY_LOCK,
  type AssignmentRequest,
  type Assignments,
  type TakenValue,
  type WantedAssignment,
} from '../../lib/plan';
import { lockOf, texts } from './fleet';

function assign(more: Partial<AssignmentRequest>): Assignments {
  return assignServices({
    cluster: 'c',
    serviceCidrs: [parseCidr('10.96.0.0/24'), parseCidr('fd00::/112')],
    nodePortRange: { first: 30000, last: 32767 },
    loadBalancerCidrs: [parseCidr('192.168.7.0/30')],
    lock: EMPTY_LOCK,
    wanted: [],
    taken: [],
    ...more,
  });
}

function clusterIp(name: string, family: 'IPv4' | 'IPv6' = 'IPv4'): WantedAssignment {
  return { key: `c/clusterIP/shop/${name}/${family}`, kind: 'clusterIP', family };
}

function nodePort(name: string, port: string, shareGroup?: string): WantedAssignment {
  return { key: `c/nodePort/shop/${name}/${port}`, kind: 'nodePort', shareGroup };
}

function loadBalancerIp(name: string): WantedAssignment {
  return { key: `c/loadBalancerIP/shop/${name}/IPv4`, kind: 'loadBalancerIP' };
}

function taken(kind: TakenValue['kind'], value: string | number, owner = 'Service other/fixed'): TakenValue {
  return { kind, value, owner };
}

function valuesOf({ values }: Assignments): Record<string, string | number> {
  return Object.fromEntries([...values].map(([key, value]) => [key.slice('c/'.length), value]));
}

describe('ClusterIPs', () => {
  test('are the lowest free ones of the static band, without those of every cluster', () => {
    const names = Array.from({ length: 14 }, (_, index) => `s${String(index).padStart(2, '0')}`);
    const { values, findings } = assign({ wanted: names.map((name) => clusterIp(name)).reverse() });
    expect(findings).toEqual([]);
    expect(names.map((name) => values.get(`c/clusterIP/shop/${name}/IPv4`))).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16].map((index) => `10.96.0.${index}`),
    );
  });

  test('of both families', () => {
    expect(valuesOf(assign({ wanted: [clusterIp('a', 'IPv6'), clusterIp('a')] }))).toEqual({
      'clusterIP/shop/a/IPv4': '10.96.0.2',
      'clusterIP/shop/a/IPv6': 'fd00::2',
    });
  });

  test('stay out of the way of fixed ones and stay in the lock', () => {
    const lock = lockOf({ 'c/clusterIP/shop/b/IPv4': '10.96.0.4', 'c/clusterIP/shop/gone/IPv4': '10.96.0.2' });
    const answer = assign({ lock, wanted: [clusterIp('a'), clusterIp('b')], taken: [taken('clusterIP', '10.96.0.2')] });
    expect(valuesOf(answer)).toEqual({ 'clusterIP/shop/a/IPv4': '10.96.0.3', 'clusterIP/shop/b/IPv4': '10.96.0.4' });
    expect(answer.changes).toEqual([
      { key: 'c/clusterIP/shop/a/IPv4', before: null, after: '10.96.0.3' },
      { key: 'c/clusterIP/shop/gone/IPv4', before: '10.96.0.2', after: null },
    ]);
    expect(assign({ lock: answer.lock, wanted: [clusterIp('a'), clusterIp('b')] }).changes).toEqual([]);
  });

  test('a full band is a finding with numbers', () => {
    const answer = assign({
      wanted: Array.from({ length: 13 }, (_, index) => clusterIp(`s${String(index).padStart(2, '0')}`)),
      taken: [taken('clusterIP', '10.96.0.5'), taken('clusterIP', '10.96.0.6'), taken('clusterIP', '10.96.0.200')],
    });
    expect(texts(answer.findings)).toEqual([
      'NL122 no ClusterIP is left for c/clusterIP/shop/s12/IPv4: the static band 10.96.0.1-10.96.0.16 of 10.96.0.0/24 holds 16 (2 of every cluster, 2 fixed, 12 planned)',
    ]);
    expect(answer.values.size).toBe(12);
  });

  test('a range without a band, and a family without a range', () => {
    const answer = assign({
      serviceCidrs: [parseCidr('10.96.0.0/28')],
      wanted: [clusterIp('a'), clusterIp('a', 'IPv6')],
    });
    expect(texts(answer.findings)).toEqual([
      'NL122 no ClusterIP can be planned for c/clusterIP/shop/a/IPv6: cluster c has no IPv6 service CIDR',
      'NL122 no ClusterIP is left for c/clusterIP/shop/a/IPv4: 10.96.0.0/28, which has no static band, holds 0 (0 fixed, 0 planned)',
    ]);
  });
});

describe('node ports', () => {
  test('are the lowest free ones of the static band, one for all that share', () => {
    const wanted = [
      nodePort('dns', 'tcp', 'dns/53'),
      nodePort('dns', 'udp', 'dns/53'),
      nodePort('web', '80'),
      nodePort('api', '80'),
    ];
    const answer = assign({ wanted, taken: [taken('nodePort', 30001), taken('clusterIP', 30000)] });
    expect(valuesOf(answer)).toEqual({
      'nodePort/shop/api/80': 30000,
      'nodePort/shop/dns/tcp': 30002,
      'nodePort/shop/dns/udp': 30002,
      'nodePort/shop/web/80': 30003,
    });
    expect(answer.lock.allocations.get('c/nodePort/shop/dns/udp')).toBe('30002');
  });

  test('are none on which a component of the cluster listens, however wide the range', () => {
    const wanted = ['a', 'b', 'c'].map((name) => nodePort(name, '80'));
    const answer = assign({ nodePortRange: { first: 10249, last: 30000 }, wanted });
    expect(valuesOf(answer)).toEqual({
      'nodePort/shop/a/80': 10249,
      'nodePort/shop/b/80': 10251,
      'nodePort/shop/c/80': 10252,
    });
  });

  test('a port that joins takes the number of the lock', () => {
    const answer = assign({
      wanted: [nodePort('dns', 'a-new', 'dns/53'), nodePort('dns', 'udp', 'dns/53')],
      lock: lockOf({ 'c/nodePort/shop/dns/udp': '30007' }),
    });
    expect(valuesOf(answer)).toEqual({ 'nodePort/shop/dns/a-new': 30007, 'nodePort/shop/dns/udp': 30007 });
    expect(answer.findings).toEqual([]);
  });

  test('ports that share and have two numbers in the lock', () => {
    const answer = assign({
      wanted: [nodePort('dns', 'tcp', 'dns/53'), nodePort('dns', 'udp', 'dns/53')],
      lock: lockOf({ 'c/nodePort/shop/dns/tcp': '30007', 'c/nodePort/shop/dns/udp': '30008' }),
    });
    expect(texts(answer.findings)).toEqual([
      'NL120 ports that share one node port have several in the lock: c/nodePort/shop/dns/tcp 30007, c/nodePort/shop/dns/udp 30008',
    ]);
  });

  test('86 of the default range can be planned', () => {
    const answer = assign({ wanted: Array.from({ length: 90 }, (_, index) => nodePort('web', String(1000 + index))) });
    expect(answer.values.size).toBe(86);
    expect(Math.max(...[...answer.values.values()].map(Number))).toBe(30085);
    expect(texts(answer.findings)[0]).toBe(
      'NL122 no node port is left for c/nodePort/shop/web/1086: the static band 30000-30085 of 30000-32767 holds 86 (0 fixed, 86 planned)',
    );
    expect(answer.findings).toHaveLength(4);
  });
});

describe('load balancer IPs', () => {
  test('the first and last address of a range and .0 and .255 come last', () => {
    const answer = assign({ wanted: ['a', 'b', 'c', 'd', 'e'].map(loadBalancerIp) });
    expect(Object.values(valuesOf(answer))).toEqual(['192.168.7.1', '192.168.7.2', '192.168.7.0', '192.168.7.3']);
    expect(texts(answer.findings)).toEqual([
      'NL122 no load balancer IP is left for c/loadBalancerIP/shop/e/IPv4: 192.168.7.0/30 holds 4 (0 fixed, 4 planned)',
    ]);
  });

  test('from the lowest range up', () => {
    const answer = assign({
      loadBalancerCidrs: [parseCidr('10.1.0.0/29'), parseCidr('10.0.0.254/31'), parseCidr('10.0.0.7/32')],
      wanted: ['a', 'b', 'c'].map(loadBalancerIp),
      taken: [taken('loadBalancerIP', '10.1.0.1')],
    });
    expect(Object.values(valuesOf(answer))).toEqual(['10.1.0.2', '10.1.0.3', '10.1.0.4']);
  });
});

describe('a locked value that cannot be', () => {
  const key = 'c/clusterIP/shop/a/IPv4';
  test.each([
    [
      '10.96.1.2',
      [],
      'the lock holds the ClusterIP 10.96.1.2 for c/clusterIP/shop/a/IPv4, which no Service can have: the service CIDR of cluster c is 10.96.0.0/24',
    ],
    [
      '10.96.0.255',
      [],
      'the lock holds the ClusterIP 10.96.0.255 for c/clusterIP/shop/a/IPv4, which no Service can have: the service CIDR of cluster c is 10.96.0.0/24',
    ],
    [
      '10.96.0.10',
      [],
      'the lock holds the ClusterIP 10.96.0.10 for c/clusterIP/shop/a/IPv4, and the DNS Service has it too',
    ],
    [
      '10.96.0.7',
      [taken('clusterIP', '10.96.0.7')],
      'the lock holds the ClusterIP 10.96.0.7 for c/clusterIP/shop/a/IPv4, and Service other/fixed has it too',
    ],
  ])('%s stays, with a finding', (value, fixed, problem) => {
    const answer = assign({ lock: lockOf({ [key]: value }), wanted: [clusterIp('a')], taken: fixed });
    expect(texts(answer.findings)).toEqual([`NL120 ${problem}`]);
    expect(answer.findings[0].help).toBe(
      `what is locked never moves by itself: move it with --renumber ${key}, or change what it meets`,
    );
    expect(answer.changes).toEqual([]);
    expect(answer.values.get(key)).toBe(value);
  });

  test('one that is no address is kept, and nothing is assigned', () => {
    const answer = assign({ lock: lockOf({ [key]: '30001' }), wanted: [clusterIp('a')] });
    expect(texts(answer.findings)).toEqual([
      `NL120 the lock gives ${key} the value "30001", which is no IPv4 ClusterIP`,
    ]);
    expect([answer.values.size, answer.changes]).toEqual([0, []]);
  });

  test('one value for two Services, and renumber moves the one it names', () => {
    const lock = lockOf({ [key]: '10.96.0.2', 'c/clusterIP/shop/b/IPv4': '10.96.0.2' });
    const wanted = [clusterIp('b'), clusterIp('a')];
    expect(texts(assign({ lock, wanted }).findings)).toEqual([
      `NL120 the lock holds the ClusterIP 10.96.0.2 for c/clusterIP/shop/b/IPv4, and ${key} has it too`,
    ]);
    const moved = assign({ lock, wanted, renumber: new Set(['c/clusterIP/shop/b/IPv4']) });
    expect(moved.findings).toEqual([]);
    expect(moved.changes).toEqual([{ key: 'c/clusterIP/shop/b/IPv4', before: '10.96.0.2', after: '10.96.0.3' }]);
  });

  test('renumber moves for certain', () => {
    const answer = assign({ lock: lockOf({ [key]: '10.96.0.2' }), wanted: [clusterIp('a')], renumber: new Set([key]) });
    expect(answer.changes).toEqual([{ key, before: '10.96.0.2', after: '10.96.0.3' }]);
  });

  test('an address of the dynamic band is kept', () => {
    const answer = assign({ lock: lockOf({ [key]: '10.96.0.77' }), wanted: [clusterIp('a')] });
    expect([answer.findings, answer.values.get(key)]).toEqual([[], '10.96.0.77']);
  });
});

test('other clusters and ranges in the same lock are left alone', () => {
  const lock = lockOf({ 'c/pods/IPv4': '10.0.0.0/24', 'd/clusterIP/shop/a/IPv4': '10.96.0.2' });
  const answer = assign({ lock, wanted: [clusterIp('a')] });
  expect(answer.changes).toEqual([{ key: 'c/clusterIP/shop/a/IPv4', before: null, after: '10.96.0.2' }]);
  expect([...answer.lock.allocations]).toEqual([['c/clusterIP/shop/a/IPv4', '10.96.0.2']]);
});

test('no value twice, none of a fixed one, all stable, in any order', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,2}$/), { maxLength: 12 });
  const fixed = fc.uniqueArray(fc.integer({ min: 30000, max: 30020 }), { maxLength: 8 });
  fc.assert(
    fc.property(names, names, fixed, (first, more, ports) => {
      const fixedPorts = ports.map((port) => taken('nodePort', port));
      const wantedOf = (list: readonly string[]): WantedAssignment[] =>
        list.flatMap((name) => [clusterIp(name), nodePort(name, 'http')]);
      const before = assign({ wanted: wantedOf(first), taken: fixedPorts });
      const all = wantedOf([...new Set([...first, ...more])]);
      const after = assign({ wanted: all, taken: fixedPorts, lock: before.lock });
      const shuffled = assign({ wanted: [...all].reverse(), taken: [...fixedPorts].reverse(), lock: before.lock });
      expect([...shuffled.lock.allocations]).toEqual([...after.lock.allocations]);
      for (const [key, value] of before.values) expect(after.values.get(key)).toBe(value);
      const values = [...after.values.values()];
      expect(new Set(values).size).toBe(values.length);
      for (const port of ports) expect(values).not.toContain(port);
    }),
  );
});
