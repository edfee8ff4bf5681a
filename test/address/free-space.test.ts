import fc from 'fast-check';
import { cidrsOverlap, compareCidrs, formatCidr, freeCidrs, parentOf, parseCidr, rangeOfCidr } from '../../lib/address';
import { closeCidrs, membersOf } from './arbitraries';

const lists = fc.array(closeCidrs, { maxLength: 8 });

function free(outer: string[], taken: string[]): string[] {
  return freeCidrs(outer.map(parseCidr), taken.map(parseCidr)).map(formatCidr);
}

describe('freeCidrs', () => {
  test.each<[string, string[], string[], string[]]>([
    ['nothing taken', ['10.0.0.0/8'], [], ['10.0.0.0/8']],
    ['all taken', ['10.0.0.0/8'], ['10.0.0.0/8'], []],
    ['more than all taken', ['10.0.0.0/16'], ['10.0.0.0/8'], []],
    ['others taken', ['10.0.0.0/16'], ['10.1.0.0/16', '::/0'], ['10.0.0.0/16']],
    ['the first /10 taken', ['10.0.0.0/8'], ['10.0.0.0/10'], ['10.64.0.0/10', '10.128.0.0/9']],
    ['one address taken', ['10.0.0.0/29'], ['10.0.0.2/32'], ['10.0.0.0/31', '10.0.0.3/32', '10.0.0.4/30']],
    ['one taken twice', ['10.0.0.0/30'], ['10.0.0.0/31', '10.0.0.1/32', '10.0.0.0/31'], ['10.0.0.2/31']],
    [
      'two families',
      ['fd00::/62', '10.0.0.0/24'],
      ['fd00::/64', '10.0.0.0/25'],
      ['10.0.0.128/25', 'fd00:0:0:1::/64', 'fd00:0:0:2::/63'],
    ],
    ['adjacent outer blocks', ['10.0.0.0/9', '10.128.0.0/9'], [], ['10.0.0.0/8']],
    ['outer blocks inside another', ['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/9'], ['10.128.0.0/9']],
    ['no space', [], ['10.0.0.0/8'], []],
  ])('%s', (_, outer, taken, blocks) => {
    expect(free(outer, taken)).toEqual(blocks);
  });

  test('has exactly the addresses of outer that are not taken', () => {
    fc.assert(
      fc.property(lists, lists, (outer, taken) => {
        const used = new Set(membersOf(taken.map(rangeOfCidr)));
        const expected = membersOf(outer.map(rangeOfCidr)).filter((key) => !used.has(key));
        expect(membersOf(freeCidrs(outer, taken).map(rangeOfCidr))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('has disjoint blocks in order, none of which could be doubled', () => {
    fc.assert(
      fc.property(lists, lists, (outer, taken) => {
        const blocks = freeCidrs(outer, taken);
        expect([...blocks].sort(compareCidrs)).toEqual(blocks);
        for (const [index, block] of blocks.entries()) {
          expect(blocks.slice(index + 1).some((other) => cidrsOverlap(block, other))).toBe(false);
          expect(freeCidrs([parentOf(block)], blocks)).not.toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order of either list', () => {
    fc.assert(
      fc.property(lists, lists, (outer, taken) => {
        expect(freeCidrs([...outer].reverse(), [...taken].reverse())).toEqual(freeCidrs(outer, taken));
      }),
    );
  });
});
