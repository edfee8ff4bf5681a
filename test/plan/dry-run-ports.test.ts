import fc from 'fast-check';
import { parseCidr } from '../../lib/address';
import { assignServices, EMPTY_LOCK, guessedPorts, type WantedAssignment, type WantedPort } from '../../lib/plan';

/** Node ports of one Service `shop/web`: `p` planned, `-` left to the API server, or a number. */
function planned(
  ports: readonly ('p' | '-' | number)[],
  lock: ReadonlyMap<string, string> = new Map(),
): (number | null)[] {
  const all = ports.map((kind, index): WantedPort => {
    const key = kind === 'p' ? `prod/nodePort/shop/web/p${index}` : undefined;
    return { port: index + 1, nodePort: typeof kind === 'number' ? kind : undefined, key };
  });
  const isOpen = ports.includes('-');
  const wanted = all.flatMap(({ key }): WantedAssignment[] =>
    key === undefined ? [] : [{ key, kind: 'nodePort', ports: isOpen ? all : undefined }],
  );
  const { values, findings } = assignServices({
    cluster: 'prod',
    serviceCidrs: [parseCidr('10.96.0.0/16')],
    nodePortRange: { first: 30000, last: 32767 },
    loadBalancerCidrs: [],
    lock: { ...EMPTY_LOCK, allocations: lock },
    wanted,
    taken: all.flatMap(({ nodePort }) =>
      nodePort === undefined ? [] : [{ kind: 'nodePort' as const, value: nodePort, owner: 'Service shop/web' }],
    ),
  });
  expect(findings).toEqual([]);
  return all.map(({ key, nodePort }) => nodePort ?? (key === undefined ? null : Number(values.get(key))));
}

test.each<[string, ('p' | '-' | number)[], (number | null)[]]>([
  ['planned, unplanned, planned', ['p', '-', 'p'], [30000, null, 30002]],
  ['all planned', ['p', 'p', 'p'], [30000, 30001, 30002]],
  ['unplanned last', ['p', 'p', '-'], [30000, 30001, null]],
  ['two guesses', ['p', '-', '-', 'p'], [30000, null, null, 30003]],
  ['beside a fixed one', [30000, '-', 'p'], [30000, null, 30002]],
  ['a number that does not suit one port suits the next', ['p', '-', 'p', 'p'], [30000, null, 30002, 30003]],
])('%s', (_name, ports, expected) => {
  expect(planned(ports)).toEqual(expected);
});

test('what is locked stays where it is', () => {
  const lock = new Map([
    ['prod/nodePort/shop/web/p0', '30000'],
    ['prod/nodePort/shop/web/p2', '30001'],
  ]);
  expect(planned(['p', '-', 'p'], lock)).toEqual([30000, null, 30001]);
});

test('no dry run guesses a planned port, unless it is a fixed one that it guesses', () => {
  const kinds = fc.array(fc.constantFrom<'p' | '-'>('p', '-'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(kinds, (ports) => {
      const numbers = planned(ports);
      const asked = numbers.map((nodePort, index) => ({ port: index + 1, nodePort: nodePort ?? undefined }));
      expect(guessedPorts(asked, undefined)).toEqual([]);
      const given = numbers.filter((number) => number !== null);
      expect(new Set(given).size).toBe(given.length);
    }),
  );
});
