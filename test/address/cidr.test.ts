import fc from 'fast-check';
import {
  addressBits,
  buddyOf,
  cidrAt,
  cidrContains,
  cidrHas,
  cidrSize,
  cidrsOverlap,
  compareCidrs,
  formatAddress,
  formatCidr,
  hostBits,
  lastAddress,
  nthAddress,
  parentOf,
  parseAddress,
  parseCidr,
  type Cidr,
  type IpFamily,
} from '../../lib/address';
import { addresses, cidrs, closeCidrs, expectTotalOrder, membersOf } from './arbitraries';
import { refusal } from './refusal';

const anyCidrs = fc.oneof(cidrs, closeCidrs);

describe('parseCidr', () => {
  test.each<[string, Cidr]>([
    ['0.0.0.0/0', { family: 'IPv4', base: 0n, prefix: 0 }],
    ['10.0.0.0/8', { family: 'IPv4', base: 0x0a000000n, prefix: 8 }],
    ['255.255.255.255/32', { family: 'IPv4', base: 0xffffffffn, prefix: 32 }],
    ['::/0', { family: 'IPv6', base: 0n, prefix: 0 }],
    ['FD00::/8', { family: 'IPv6', base: 0xfdn << 120n, prefix: 8 }],
    ['::1/128', { family: 'IPv6', base: 1n, prefix: 128 }],
  ])('reads %s', (text, cidr) => {
    expect(parseCidr(text)).toEqual(cidr);
  });

  test.each<[string, string]>([
    ['10.0.0.5/24', '10.0.0.5/24 has host bits set: did you mean 10.0.0.0/24 or 10.0.0.5/32?'],
    [
      '192.168.100.200/28',
      '192.168.100.200/28 has host bits set: did you mean 192.168.100.192/28 or 192.168.100.200/32?',
    ],
    ['0.0.0.1/0', '0.0.0.1/0 has host bits set: did you mean 0.0.0.0/0 or 0.0.0.1/32?'],
    ['FD00:0::1/64', 'FD00:0::1/64 has host bits set: did you mean fd00::/64 or fd00::1/128?'],
    ['10.0.0.0', '10.0.0.0 has no prefix length: did you mean 10.0.0.0/32?'],
    ['fd00::', 'fd00:: has no prefix length: did you mean fd00::/128?'],
    ['10.0.0.0/', '10.0.0.0/ has no prefix length after the slash: write a prefix length from /0 to /32'],
    [
      '10.0.0.0/33',
      '10.0.0.0/33 has the prefix length 33, which IPv4 does not have: write a prefix length from /0 to /32',
    ],
    [
      'fd00::/129',
      'fd00::/129 has the prefix length 129, which IPv6 does not have: write a prefix length from /0 to /128',
    ],
    [
      '10.0.0.0/-1',
      '10.0.0.0/-1 has the prefix length -1, which IPv4 does not have: write a prefix length from /0 to /32',
    ],
    ['10.0.0.0/08', '10.0.0.0/08 has leading zeros in its prefix length: did you mean 10.0.0.0/8?'],
    ['10.0.0.0/00', '10.0.0.0/00 has leading zeros in its prefix length: did you mean 0.0.0.0/0?'],
    ['10.0.0.0/033', '10.0.0.0/033 has leading zeros in its prefix length: write a prefix length from /0 to /32'],
    [
      '10.0.0.0/1e1',
      '10.0.0.0/1e1 has the prefix length 1e1, which is no decimal number: write a prefix length from /0 to /32',
    ],
    [
      '10.0.0.0/+8',
      '10.0.0.0/+8 has the prefix length +8, which is no decimal number: write a prefix length from /0 to /32',
    ],
    [
      '10.0.0.0/8.0',
      '10.0.0.0/8.0 has the prefix length 8.0, which is no decimal number: write a prefix length from /0 to /32',
    ],
    [
      '10.0.0.0/٨',
      '"10.0.0.0/\\u0668" has the prefix length "\\u0668", which is no decimal number: write a prefix length from /0 to /32',
    ],
    [
      '10.0.0.0/255.255.255.0',
      '10.0.0.0/255.255.255.0 has a netmask instead of a prefix length: did you mean 10.0.0.0/24?',
    ],
    ['10.0.0.0/0.0.0.255', '10.0.0.0/0.0.0.255 has a netmask instead of a prefix length: did you mean 10.0.0.0/24?'],
    [
      '10.0.0.0/255.0.255.0',
      '10.0.0.0/255.0.255.0 has a netmask instead of a prefix length: write a prefix length from /0 to /32',
    ],
    [
      '10.0.0.0/ffff::',
      '10.0.0.0/ffff:: has a netmask instead of a prefix length: write a prefix length from /0 to /32',
    ],
    ['fd00::/ffff:ff00::', 'fd00::/ffff:ff00:: has a netmask instead of a prefix length: did you mean fd00::/24?'],
    ['/24', '/24 has no address before the prefix length: write one such as 10.0.0.0/8 or fd00::/8'],
    ['10.0.0.0//8', '10.0.0.0//8 has more than one slash: write one such as 10.0.0.0/8 or fd00::/8'],
    [' 10.0.0.0/8', '" 10.0.0.0/8" contains white space: did you mean 10.0.0.0/8?'],
    ['10.0.0.0 / 8', '"10.0.0.0 / 8" contains white space: did you mean 10.0.0.0/8?'],
    ['10.0.0.0/8 (pods)', '"10.0.0.0/8 (pods)" contains white space: write one such as 10.0.0.0/8 or fd00::/8'],
    ['10.0.0.0/8,fd00::/8', '10.0.0.0/8,fd00::/8 has more than one slash: write one such as 10.0.0.0/8 or fd00::/8'],
    ['foo/8', 'foo/8 is not a CIDR: write one such as 10.0.0.0/8 or fd00::/8'],
    ['10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9 is a range of addresses: write one such as 10.0.0.0/8 or fd00::/8'],
  ])('refuses %j', (text, message) => {
    expect(refusal(parseCidr, text)).toBe(message);
  });

  test.each<[string, string]>([
    ['010.0.0.0/8', '010.0.0.0/8 has leading zeros, which some programs read as octal: did you mean 10.0.0.0/8?'],
    ['010.0.0.5/8', '010.0.0.5/8 has leading zeros, which some programs read as octal: did you mean 10.0.0.0/8?'],
    ['010.0.0.0', '010.0.0.0 has leading zeros, which some programs read as octal: did you mean 10.0.0.0/32?'],
    [
      '010.0.0.0/33',
      '010.0.0.0/33 has leading zeros, which some programs read as octal: write one such as 10.0.0.0/8 or fd00::/8',
    ],
    ['10/8', '10/8 is one integer instead of four octets: did you mean 10.0.0.0/8?'],
    ['10.1/16', '10.1/16 has 2 octets instead of four: did you mean 10.1.0.0/16?'],
    ['10.1/8', '10.1/8 has 2 octets instead of four: did you mean 10.0.0.0/8?'],
    ['999.1.1.1/8', '999.1.1.1/8 has the octet 999, above 255: write four decimal octets from 0 to 255'],
    ['::ffff:10.0.0.0/104', '::ffff:10.0.0.0/104 is an IPv4-mapped IPv6 address: did you mean 10.0.0.0/8?'],
    ['0:0:0:0:0:ffff:a00:0/104', '0:0:0:0:0:ffff:a00:0/104 is an IPv4-mapped IPv6 address: did you mean 10.0.0.0/8?'],
    ['::ffff:10.0.0.0/8', '::ffff:10.0.0.0/8 is an IPv4-mapped IPv6 address: write one such as 10.0.0.0/8 or fd00::/8'],
    ['::ffff:0:0/96', '::ffff:0:0/96 is an IPv4-mapped IPv6 address: did you mean 0.0.0.0/0?'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1 is an IPv4-mapped IPv6 address: did you mean 10.0.0.1/32?'],
    ['[fd00::]/64', '[fd00::]/64 has brackets: did you mean fd00::/64?'],
    ['fe80::%eth0/64', 'fe80::%eth0/64 has a zone id, which means nothing outside one host: did you mean fe80::/64?'],
    ['10.0.0.0:80/8', '10.0.0.0:80/8 has a port: did you mean 10.0.0.0/8?'],
    [
      'g::/8',
      'g::/8 has the character g, which is no hexadecimal digit: write eight hexadecimal groups, or one "::" for zeros',
    ],
  ])('refuses %s for its address', (text, message) => {
    expect(refusal(parseCidr, text)).toBe(message);
  });

  test('proposes the block around an address with host bits and the address alone', () => {
    fc.assert(
      fc.property(addresses, fc.nat(), (address, n) => {
        fc.pre(address.family === 'IPv4' || address.value >> 32n !== 0xffffn);
        const bits = addressBits(address.family);
        const prefix = n % bits;
        const block = (address.value >> BigInt(bits - prefix)) << BigInt(bits - prefix);
        fc.pre(block !== address.value);
        const text = `${formatAddress(address)}/${String(prefix)}`;
        const whole = formatCidr({ family: address.family, base: block, prefix });
        const alone = formatCidr({ family: address.family, base: address.value, prefix: bits });
        expect(refusal(parseCidr, text)).toBe(`${text} has host bits set: did you mean ${whole} or ${alone}?`);
      }),
    );
  });
});

describe('formatCidr', () => {
  test('is undone by parseCidr', () => {
    fc.assert(
      fc.property(anyCidrs, (cidr) => {
        fc.pre(cidr.family === 'IPv4' || cidr.base >> 32n !== 0xffffn);
        expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
      }),
      { numRuns: 500 },
    );
  });

  test('is canonical', () => {
    expect(formatCidr(parseCidr('2001:0DB8:0:0::/64'))).toBe('2001:db8::/64');
  });
});

describe('cidrAt', () => {
  test('makes the block it is told to make', () => {
    expect(cidrAt('IPv6', 0xfdn << 120n, 8)).toEqual(parseCidr('fd00::/8'));
  });

  test.each<[IpFamily, bigint, number, string]>([
    ['IPv4', 0x0a000005n, 24, '10.0.0.5 is not the first address of a /24'],
    ['IPv6', 1n, 127, '::1 is not the first address of a /127'],
    ['IPv4', 0n, 33, 'an IPv4 prefix length is an integer from 0 to 32, not 33'],
    ['IPv6', 0n, 129, 'an IPv6 prefix length is an integer from 0 to 128, not 129'],
    ['IPv4', 0n, -1, 'an IPv4 prefix length is an integer from 0 to 32, not -1'],
    ['IPv4', 0n, 8.5, 'an IPv4 prefix length is an integer from 0 to 32, not 8.5'],
    ['IPv4', 0n, NaN, 'an IPv4 prefix length is an integer from 0 to 32, not NaN'],
    ['IPv4', 1n << 32n, 32, '4294967296 is not an IPv4 address'],
    ['IPv6', 1n << 128n, 0, '340282366920938463463374607431768211456 is not an IPv6 address'],
    ['IPv4', -1n, 32, '-1 is not an IPv4 address'],
  ])('refuses %s %s/%s', (family, base, prefix, message) => {
    expect(() => cidrAt(family, base, prefix)).toThrow(new RangeError(message));
  });
});

describe('the size of a block', () => {
  test.each<[string, number, bigint, string]>([
    ['10.0.0.0/8', 24, 16777216n, '10.255.255.255'],
    ['0.0.0.0/0', 32, 4294967296n, '255.255.255.255'],
    ['10.0.0.5/32', 0, 1n, '10.0.0.5'],
    ['fd00::/64', 64, 18446744073709551616n, 'fd00::ffff:ffff:ffff:ffff'],
    ['::/0', 128, 340282366920938463463374607431768211456n, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s has %i host bits', (text, bits, size, last) => {
    const cidr = parseCidr(text);
    expect(hostBits(cidr)).toBe(bits);
    expect(cidrSize(cidr)).toBe(size);
    expect(lastAddress(cidr)).toBe(parseAddress(last).value);
  });
});

describe('nthAddress', () => {
  test.each<[string, bigint, string]>([
    ['10.96.0.0/12', 10n, '10.96.0.10'],
    ['10.96.0.0/12', 0n, '10.96.0.0'],
    ['10.96.0.0/12', -1n, '10.111.255.255'],
    ['10.0.0.0/24', -256n, '10.0.0.0'],
    ['10.0.0.0/24', 255n, '10.0.0.255'],
    ['fd00::/48', 9007199254740993n, 'fd00::20:0:0:1'],
    ['::/0', -1n, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s at %s is %s', (text, n, address) => {
    expect(formatAddress(nthAddress(parseCidr(text), n))).toBe(address);
  });

  test.each<[string, bigint]>([
    ['10.0.0.0/24', 256n],
    ['10.0.0.0/24', -257n],
    ['10.0.0.0/32', 1n],
    ['::/0', 1n << 128n],
  ])('%s has none at %s', (text, n) => {
    expect(() => nthAddress(parseCidr(text), n)).toThrow(new RangeError(`${text} has no address at ${String(n)}`));
  });

  test('counts from the end as it does from the start, and stays in the block', () => {
    fc.assert(
      fc.property(anyCidrs, fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (cidr, any) => {
        const n = any % cidrSize(cidr);
        const address = nthAddress(cidr, n);
        expect(address.value - cidr.base).toBe(n);
        expect(nthAddress(cidr, n - cidrSize(cidr))).toEqual(address);
        expect(cidrHas(cidr, address)).toBe(true);
      }),
    );
  });
});

describe('containment and overlap', () => {
  test.each<[string, string, boolean, boolean]>([
    ['10.0.0.0/8', '10.1.0.0/16', true, false],
    ['10.0.0.0/8', '10.0.0.0/8', true, true],
    ['10.0.0.0/8', '10.0.0.0/9', true, false],
    ['10.0.0.0/8', '11.0.0.0/16', false, false],
    ['0.0.0.0/0', '::/0', false, false],
    ['::/0', '0.0.0.0/0', false, false],
    ['fd00::/8', 'fd12::/16', true, false],
  ])('%s and %s', (outer, inner, contains, contained) => {
    expect(cidrContains(parseCidr(outer), parseCidr(inner))).toBe(contains);
    expect(cidrContains(parseCidr(inner), parseCidr(outer))).toBe(contained);
    expect(cidrsOverlap(parseCidr(outer), parseCidr(inner))).toBe(contains || contained);
  });

  test('agree with the addresses one by one', () => {
    fc.assert(
      fc.property(closeCidrs, closeCidrs, (a, b) => {
        const [inA, inB] = [a, b].map(
          (cidr) => new Set(membersOf([{ ...cidr, first: cidr.base, last: lastAddress(cidr) }])),
        );
        expect(cidrContains(a, b)).toBe([...inB].every((address) => inA.has(address)));
        expect(cidrsOverlap(a, b)).toBe([...inB].some((address) => inA.has(address)));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, string, boolean]>([
    ['10.0.0.0/24', '10.0.0.0', true],
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['10.0.0.0/24', '9.255.255.255', false],
    ['::/0', '10.0.0.0', false],
  ])('%s has %s: %s', (cidr, address, has) => {
    expect(cidrHas(parseCidr(cidr), parseAddress(address))).toBe(has);
  });
});

describe('buddyOf and parentOf', () => {
  test.each<[string, string, string]>([
    ['10.0.0.0/9', '10.128.0.0/9', '10.0.0.0/8'],
    ['10.128.0.0/9', '10.0.0.0/9', '10.0.0.0/8'],
    ['10.0.0.1/32', '10.0.0.0/32', '10.0.0.0/31'],
    ['8000::/1', '::/1', '::/0'],
  ])('%s has the buddy %s in %s', (text, buddy, parent) => {
    expect(formatCidr(buddyOf(parseCidr(text)))).toBe(buddy);
    expect(formatCidr(parentOf(parseCidr(text)))).toBe(parent);
  });

  test('two buddies make up their parent', () => {
    fc.assert(
      fc.property(anyCidrs, (cidr) => {
        fc.pre(cidr.prefix > 0);
        const buddy = buddyOf(cidr);
        const parent = parentOf(cidr);
        expect(buddyOf(buddy)).toEqual(cidr);
        expect(cidrsOverlap(cidr, buddy)).toBe(false);
        expect(parentOf(buddy)).toEqual(parent);
        expect([cidr, buddy].every((half) => cidrContains(parent, half))).toBe(true);
        expect(cidrSize(cidr) + cidrSize(buddy)).toBe(cidrSize(parent));
      }),
    );
  });

  test.each(['0.0.0.0/0', '::/0'])('%s has neither', (text) => {
    const family = text.includes(':') ? 'IPv6' : 'IPv4';
    const error = new RangeError(`${text} is all of ${family}: no block is larger`);
    expect(() => buddyOf(parseCidr(text))).toThrow(error);
    expect(() => parentOf(parseCidr(text))).toThrow(error);
  });
});

describe('compareCidrs', () => {
  test('is a total order', () => {
    expectTotalOrder(
      anyCidrs,
      compareCidrs,
      ({ family, base, prefix }) => `${family} ${String(base)} ${String(prefix)}`,
    );
  });

  test('sorts by family, first address, and the larger block first', () => {
    const sorted = ['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/32', '10.128.0.0/9', '::/0', '::/1', 'fd00::/8'];
    expect([...sorted].reverse().map(parseCidr).sort(compareCidrs).map(formatCidr)).toEqual(sorted);
  });
});
