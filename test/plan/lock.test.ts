import fc from 'fast-check';
import { EMPTY_LOCK, formatLock, parseLock } from '../../lib/plan';
import { lockOf, texts } from './fleet';

const LOCK = `{
  "version": 1,
  "allocations": {
    "a/nodePort/shop/web/http": "30001",
    "a/pods/IPv4": "10.0.0.0/24",
    "b/services/IPv6": "fd00::/112"
  }
}
`;

test('one allocation a line, sorted', () => {
  const lock = lockOf({
    'b/services/IPv6': 'fd00::/112',
    'a/pods/IPv4': '10.0.0.0/24',
    'a/nodePort/shop/web/http': '30001',
  });
  expect(formatLock(lock)).toBe(LOCK);
  expect(parseLock(LOCK)).toEqual({ lock, findings: [] });
});

test('an empty lock', () => {
  expect(formatLock(EMPTY_LOCK)).toBe('{\n  "version": 1,\n  "allocations": {}\n}\n');
  expect(parseLock(formatLock(EMPTY_LOCK))).toEqual({ lock: EMPTY_LOCK, findings: [] });
});

test('what is written is read back', () => {
  const name = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const fleetKey = fc
    .tuple(name, fc.constantFrom('pods', 'services', 'loadBalancers'), fc.constantFrom('IPv4', 'IPv6'))
    .map((segments) => segments.join('/'));
  const portKey = fc
    .tuple(name, name, name, fc.string({ minLength: 1 }))
    .map(([cluster, namespace, service, port]) =>
      [cluster, 'nodePort', namespace, service, port.replaceAll('/', '-')].join('/'),
    );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(fleetKey, portKey), fc.string())), (entries) => {
      const lock = { allocations: new Map(entries) };
      const read = parseLock(formatLock(lock));
      expect(read.findings).toEqual([]);
      expect(formatLock(read.lock)).toBe(formatLock(lock));
    }),
  );
});

describe('what cannot be read is one clear finding', () => {
  test.each([
    ['', 'is empty', 1, 1],
    ['\n\n', 'is empty', 3, 1],
    [LOCK.slice(0, 60), 'ends in the middle', 4, 24],
    [LOCK.slice(0, 77), 'ends in the middle', 4, 41],
    [LOCK.replace('"10.0.0.0/24",', '"10.0.0.0/24"'), 'is no JSON at line 6, column 5', 6, 5],
    [LOCK.replace('1,', '1,,'), 'is no JSON at line 2, column 16', 2, 16],
    ['{"version": 1, "allocations": {}} {}', 'is no JSON at line 1, column 35', 1, 35],
    ['[]', 'is no JSON object', null, null],
    ['null', 'is no JSON object', null, null],
    ['{"version": 2, "allocations": {}}', 'has version 2, and this netloom reads version 1', null, null],
    ['{"version": "1", "allocations": {}}', 'has version "1", and this netloom reads version 1', null, null],
    ['{"allocations": {}}', 'has no version, and this netloom reads version 1', null, null],
    ['{"version": 1}', 'has no object "allocations"', null, null],
    ['{"version": 1, "allocations": []}', 'has no object "allocations"', null, null],
  ])('%j', (text, problem, line, column) => {
    const { lock, findings } = parseLock(text, 'lock.json');
    expect(lock).toEqual(EMPTY_LOCK);
    expect(texts(findings)).toEqual([`NL903 lock.json ${problem}`]);
    expect(findings[0].origin).toEqual({ file: 'lock.json', line, column, construct: null });
  });

  test.each(['<<<<<<< HEAD', '=======', '>>>>>>> branch', '||||||| base'])('the conflict marker %s', (marker) => {
    const { lock, findings } = parseLock(LOCK.replace('    "a/pods', `${marker}\n    "a/pods`));
    expect(lock).toEqual(EMPTY_LOCK);
    expect(texts(findings)).toEqual(['NL903 netloom.lock.json has the conflict markers of an unfinished merge']);
    expect(findings[0].origin?.line).toBe(5);
  });
});

describe('what is wrong with single entries is all reported, and the others are kept', () => {
  const read = (allocations: string): { kept: string[]; problems: string[] } => {
    const { lock, findings } = parseLock(
      `{"version": 1, "allocations": {"a/pods/IPv4": "10.0.0.0/24", ${allocations}}}`,
    );
    return { kept: [...lock.allocations.keys()], problems: texts(findings) };
  };

  test.each([
    [
      '"b/pod/IPv4": "x"',
      'has the key "b/pod/IPv4", in which "pod" is none of pods, services, loadBalancers (did you mean pods?)',
    ],
    ['"b/pods/IPv5": "x"', 'has the key "b/pods/IPv5", in which "IPv5" is none of IPv4, IPv6 (did you mean IPv4?)'],
    ['"b/pods": "x"', 'has the key "b/pods", which has 2 segments'],
    ['"b//IPv4": "x"', 'has the key "b//IPv4", which has an empty segment'],
    ['"__proto__": "x"', 'has the key "__proto__", which has 1 segment'],
    ['"b/clusterIP/ns/web/http": "x"', 'has the key "b/clusterIP/ns/web/http", in which "http" is none of IPv4, IPv6'],
    ['"b/pods/IPv4": 5', 'has for b/pods/IPv4 the value 5, which is no string'],
    ['"a/pods/IPv4": "10.0.1.0/24"', 'has the key "a/pods/IPv4" twice'],
  ])('%s', (entry, problem) => {
    expect(read(entry)).toEqual({ kept: ['a/pods/IPv4'], problems: [`NL903 netloom.lock.json ${problem}`] });
  });

  test('several at once, and unknown keys beside the allocations', () => {
    expect(read('"b/pods": "x", "c/pods": "x"').problems).toHaveLength(2);
    expect(texts(parseLock('{"version": 1, "allocation": {}, "allocations": {}}').findings)).toEqual([
      'NL903 netloom.lock.json has the unknown key "allocation"',
    ]);
  });
});
