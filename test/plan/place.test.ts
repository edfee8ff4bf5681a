import fc from 'fast-check';
import { cidrAt, cidrsOverlap, formatCidr, parseCidr, rangeOfCidr, type Cidr } from '../../lib/address';
import {
  compete,
  placeClaims,
  sortOpenClaims,
  type Arena,
  type OpenClaim,
  type TakenRange,
} from '../../lib/plan/place';
import type { Growth } from '../../lib/plan/spec';

/** A space of 2^5 addresses: small enough to search all of it. */
const SPACE = parseCidr('10.0.0.0/27');

function claim(key: string, prefix: number, arena: Arena = 'shared', growth: Growth = 'none'): OpenClaim {
  return { key, prefix, arena, growth };
}

function taken(text: string, arena: Arena = 'everyone'): TakenRange {
  return { arena, range: rangeOfCidr(parseCidr(text)) };
}

function place(
  claims: readonly OpenClaim[],
  fixed: readonly TakenRange[],
  supernets = [SPACE],
): Record<string, string> {
  const request = {
    family: 'IPv4' as const,
    supernets,
    taken: fixed,
    claims: sortOpenClaims(claims),
    avoid: [],
    held: { asked: [], ample: [] },
  };
  return textsOf(placeClaims(request).placed);
}

function textsOf(placed: ReadonlyMap<string, Cidr>): Record<string, string> {
  return Object.fromEntries([...placed].map(([key, cidr]) => [key, formatCidr(cidr)]));
}

/** Whether some arrangement has room for all claims, by trying every one. */
function fitsSomehow(claims: readonly OpenClaim[], blocked: readonly { arena: Arena; cidr: Cidr }[]): boolean {
  if (claims.length === 0) return true;
  const [first, ...rest] = claims;
  const size = 1 << (32 - first.prefix);
  for (let offset = 0; offset < 32; offset += size) {
    const cidr = cidrAt('IPv4', SPACE.base + BigInt(offset), first.prefix);
    if (blocked.some((other) => compete(first.arena, other.arena) && cidrsOverlap(cidr, other.cidr))) continue;
    if (fitsSomehow(rest, [...blocked, { arena: first.arena, cidr }])) return true;
  }
  return false;
}

const arbitraryCidr = fc
  .record({ prefix: fc.integer({ min: 28, max: 32 }), offset: fc.integer({ min: 0, max: 31 }) })
  .map(({ prefix, offset }) => {
    const size = 1 << (32 - prefix);
    return cidrAt('IPv4', SPACE.base + BigInt(offset - (offset % size)), prefix);
  });

const arbitraryClaims = fc
  .array(fc.integer({ min: 28, max: 32 }), { minLength: 1, maxLength: 6 })
  .map((prefixes) => prefixes.map((prefix, index) => claim(`c${index}`, prefix)));

test('never fails when a solution exists', () => {
  fc.assert(
    fc.property(arbitraryClaims, fc.array(arbitraryCidr, { maxLength: 5 }), (claims, fixed) => {
      const blocked = fixed.map((cidr) => ({ arena: 'everyone' as const, cidr }));
      const placed = place(
        claims,
        fixed.map((cidr) => ({ arena: 'everyone', range: rangeOfCidr(cidr) })),
      );
      expect(Object.keys(placed).length === claims.length).toBe(fitsSomehow(claims, blocked));
    }),
    { numRuns: 1500 },
  );
});

const arbitraryArena = fc.constantFrom<Arena>('shared', 'loadBalancers', 'isolated/x', 'isolated/y');
const anyArena = fc.constantFrom<Arena>('shared', 'loadBalancers', 'own/w', 'own/z', 'isolated/x', 'isolated/y');

test('never fails when a solution exists, isolated clusters included, where every range is taken from all', () => {
  const arbitrary = fc.array(fc.record({ prefix: fc.integer({ min: 28, max: 31 }), arena: arbitraryArena }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(arbitrary, fc.array(arbitraryCidr, { maxLength: 3 }), (sizes, fixed) => {
      const claims = sizes.map(({ prefix, arena }, index) => claim(`c${index}`, prefix, arena));
      const blocked = fixed.map((cidr) => ({ arena: 'everyone' as const, cidr }));
      const placed = place(
        claims,
        fixed.map((cidr) => ({ arena: 'everyone', range: rangeOfCidr(cidr) })),
      );
      expect(Object.keys(placed).length === claims.length).toBe(fitsSomehow(claims, blocked));
    }),
    { numRuns: 500 },
  );
});

test('never fails when a solution exists, isolated clusters and standing ranges of all kinds included', () => {
  const standing = fc.record({ cidr: arbitraryCidr, arena: arbitraryArena });
  const sizes = fc.array(fc.record({ prefix: fc.integer({ min: 28, max: 31 }), arena: arbitraryArena }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(sizes, fc.array(standing, { maxLength: 4 }), (wanted, fixed) => {
      const claims = wanted.map(({ prefix, arena }, index) => claim(`c${index}`, prefix, arena));
      const placed = place(
        claims,
        fixed.map(({ cidr, arena }) => ({ arena, range: rangeOfCidr(cidr) })),
      );
      expect(Object.keys(placed).length === claims.length).toBe(fitsSomehow(claims, fixed));
    }),
    { numRuns: 1500 },
  );
});

test('nothing overlaps what it competes with', () => {
  const arbitraryTaken = fc.record({
    cidr: arbitraryCidr,
    arena: fc.oneof(anyArena, fc.constant<Arena>('everyone')),
  });
  const arbitrary = fc.array(fc.record({ prefix: fc.integer({ min: 28, max: 32 }), arena: anyArena }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(arbitrary, fc.array(arbitraryTaken, { maxLength: 4 }), (sizes, fixed) => {
      const claims = sizes.map(({ prefix, arena }, index) => claim(`c${index}`, prefix, arena));
      const request = {
        family: 'IPv4' as const,
        supernets: [SPACE],
        taken: fixed.map(({ cidr, arena }) => ({ arena, range: rangeOfCidr(cidr) })),
        claims: sortOpenClaims(claims),
        avoid: [],
        held: { asked: [], ample: [] },
      };
      const { placed, shortages } = placeClaims(request);
      const unplaced = shortages.flatMap((shortage) => shortage.unplaced.map(({ key }) => key));
      expect([...placed.keys(), ...unplaced].sort()).toEqual(claims.map(({ key }) => key).sort());
      const all = [
        ...fixed,
        ...claims.flatMap(({ key, arena }) => {
          const cidr = placed.get(key);
          return cidr === undefined ? [] : [{ arena, cidr }];
        }),
      ];
      for (const [index, a] of all.entries()) {
        for (const b of all.slice(Math.max(index + 1, fixed.length))) {
          if (compete(a.arena, b.arena)) expect(cidrsOverlap(a.cidr, b.cidr)).toBe(false);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('takes the smallest free block that holds the claim, and of these the lowest', () => {
  expect(place([claim('a', 31)], [taken('10.0.0.0/28'), taken('10.0.0.24/30')])).toEqual({ a: '10.0.0.28/31' });
});

test('a claim never reaches from one supernet into the next', () => {
  const supernets = [parseCidr('10.0.0.0/25'), parseCidr('10.0.0.128/25')];
  expect(place([claim('a', 24)], [], supernets)).toEqual({});
  expect(place([claim('a', 25), claim('b', 25)], [], supernets)).toEqual({ a: '10.0.0.0/25', b: '10.0.0.128/25' });
});

describe('addresses to avoid', () => {
  const request = (prefix: number): Parameters<typeof placeClaims>[0] => ({
    family: 'IPv4',
    supernets: [SPACE],
    taken: [],
    claims: [claim('a', prefix), claim('b', prefix)],
    avoid: [rangeOfCidr(parseCidr('10.0.0.0/30'))],
    held: { asked: [], ample: [] },
  });

  test('are not taken while there are others', () => {
    expect(textsOf(placeClaims(request(29)).placed)).toEqual({ a: '10.0.0.8/29', b: '10.0.0.16/29' });
  });

  test('are taken when there are no others', () => {
    expect(textsOf(placeClaims(request(28)).placed)).toEqual({ a: '10.0.0.0/28', b: '10.0.0.16/28' });
  });
});

describe('room to grow', () => {
  const request = (claims: readonly OpenClaim[]): Record<string, string> =>
    textsOf(
      placeClaims({
        family: 'IPv4',
        supernets: [SPACE],
        taken: [],
        claims: sortOpenClaims(claims),
        avoid: [],
        held: { asked: [], ample: [] },
      }).placed,
    );

  test('the buddies stay free while space lasts', () => {
    expect(request([claim('a', 29, 'shared', 'asked'), claim('b', 29, 'shared', 'asked')])).toEqual({
      a: '10.0.0.0/29',
      b: '10.0.0.16/29',
    });
  });

  test('is given up for claims, first that of the largest', () => {
    expect(request([claim('a', 29, 'shared', 'asked'), claim('b', 29, 'shared', 'asked'), claim('c', 29)])).toEqual({
      a: '10.0.0.16/29',
      b: '10.0.0.0/29',
      c: '10.0.0.24/29',
    });
    expect(request(['a', 'b', 'c', 'd'].map((key) => claim(key, 29, 'shared', 'asked')))).toEqual({
      a: '10.0.0.0/29',
      b: '10.0.0.8/29',
      c: '10.0.0.16/29',
      d: '10.0.0.24/29',
    });
  });

  test('for which nobody asked is kept while all takes no more than half of what is free', () => {
    const ample = (count: number, prefix: number): OpenClaim[] =>
      Array.from({ length: count }, (_, index) => claim(`c${index}`, prefix, 'shared', 'ample'));
    expect(request(ample(2, 30))).toEqual({ c0: '10.0.0.0/30', c1: '10.0.0.8/30' });
    // A third with its room would take more than half: one stands beside another's room.
    expect(request(ample(3, 30))).toEqual({ c0: '10.0.0.8/30', c1: '10.0.0.12/30', c2: '10.0.0.0/30' });
  });

  test('is kept first for those who asked', () => {
    expect(request([claim('a', 30, 'shared', 'asked'), claim('b', 31, 'shared', 'ample'), claim('c', 28)])).toEqual({
      a: '10.0.0.16/30',
      b: '10.0.0.24/31',
      c: '10.0.0.0/28',
    });
  });

  test('of what stands is taken last from those who asked', () => {
    const held = { asked: [rangeOfCidr(parseCidr('10.0.0.0/28'))], ample: [rangeOfCidr(parseCidr('10.0.0.16/28'))] };
    const claims = [claim('a', 28)];
    expect(
      textsOf(placeClaims({ family: 'IPv4', supernets: [SPACE], taken: [], claims, avoid: [], held }).placed),
    ).toEqual({ a: '10.0.0.16/28' });
  });
});
