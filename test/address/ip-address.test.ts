import { isIP } from 'node:net';
import fc from 'fast-check';
import { compareAddresses, formatAddress, parseAddress, type IpAddress } from '../../lib/address';
import { addresses, addressKey, expectTotalOrder } from './arbitraries';
import { refusal } from './refusal';

describe('parseAddress', () => {
  test.each<[string, IpAddress]>([
    ['0.0.0.0', { family: 'IPv4', value: 0n }],
    ['10.0.0.1', { family: 'IPv4', value: 0x0a000001n }],
    ['255.255.255.255', { family: 'IPv4', value: 0xffffffffn }],
    ['::', { family: 'IPv6', value: 0n }],
    ['::1', { family: 'IPv6', value: 1n }],
    ['FD00:0:0:0:0:0:0:1', { family: 'IPv6', value: 0xfd000000000000000000000000000001n }],
    ['2001:0db8::', { family: 'IPv6', value: 0x20010db8000000000000000000000000n }],
    ['1:2:3:4:5:6:7::', { family: 'IPv6', value: 0x00010002000300040005000600070000n }],
    ['64:ff9b::192.0.2.33', { family: 'IPv6', value: 0x0064ff9b0000000000000000c0000221n }],
    ['::10.0.0.1', { family: 'IPv6', value: 0x0a000001n }],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', { family: 'IPv6', value: 0xffffffffffffffffffffffffffffffffn }],
  ])('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  test.each<[string, string]>([
    [' 10.0.0.1', '" 10.0.0.1" contains white space: did you mean 10.0.0.1?'],
    ['10.0.0.1\n', '"10.0.0.1\\u000a" contains white space: did you mean 10.0.0.1?'],
    ['10.0.0.1 or so', '"10.0.0.1 or so" contains white space: write one such as 10.0.0.1 or fd00::1'],
    ['[::1]', '[::1] has brackets: did you mean ::1?'],
    ['[::1]:80', '[::1]:80 has brackets and a port: did you mean ::1?'],
    ['10.0.0.1:80', '10.0.0.1:80 has a port: did you mean 10.0.0.1?'],
    ['10.0.0.1/24', '10.0.0.1/24 has a prefix length, one address has none: did you mean 10.0.0.1?'],
    ['fe80::1%eth0', 'fe80::1%eth0 has a zone id, which means nothing outside one host: did you mean fe80::1?'],
    ['10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9 is a range of addresses: write one such as 10.0.0.1 or fd00::1'],
    ['example.com', 'example.com is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['cafe', 'cafe is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['-1', '-1 is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['"', '"\\"" is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['a\\b', '"a\\\\b" is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['\u001b[31m', '"\\u001b[31m" is not an IP address: write one such as 10.0.0.1 or fd00::1'],
    ['١.1.1.1', '"\\u0661.1.1.1" is not an IP address: write one such as 10.0.0.1 or fd00::1'],
  ])('refuses %j, which is no address or more than one', (text, message) => {
    expect(refusal(parseAddress, text)).toBe(message);
  });

  test.each<[string, string]>([
    ['010.0.0.1', '010.0.0.1 has leading zeros, which some programs read as octal: did you mean 10.0.0.1?'],
    ['10.00.0.08', '10.00.0.08 has leading zeros, which some programs read as octal: did you mean 10.0.0.8?'],
    ['0x0a.1.1.1', '0x0a.1.1.1 has a hexadecimal octet: did you mean 10.1.1.1?'],
    ['0XFF.0x100.1.1', '0XFF.0x100.1.1 has a hexadecimal octet: write four decimal octets from 0 to 255'],
    ['10', '10 is one integer instead of four octets: did you mean 10.0.0.0 or 0.0.0.10?'],
    ['167772161', '167772161 is one integer instead of four octets: did you mean 10.0.0.1?'],
    ['0x0a010101', '0x0a010101 is one integer instead of four octets: did you mean 10.1.1.1?'],
    ['4294967296', '4294967296 is one integer instead of four octets: write four decimal octets from 0 to 255'],
    ['10.1', '10.1 has 2 octets instead of four: did you mean 10.1.0.0 or 10.0.0.1?'],
    ['10.0', '10.0 has 2 octets instead of four: did you mean 10.0.0.0?'],
    ['10.255', '10.255 has 2 octets instead of four: did you mean 10.255.0.0 or 10.0.0.255?'],
    ['10.1.2', '10.1.2 has 3 octets instead of four: did you mean 10.1.2.0 or 10.1.0.2?'],
    ['10.1.256', '10.1.256 has 3 octets instead of four: did you mean 10.1.1.0?'],
    ['10.256.1', '10.256.1 has 3 octets instead of four: write four decimal octets from 0 to 255'],
    ['1.2.3.4.5', '1.2.3.4.5 has 5 octets instead of four: write four decimal octets from 0 to 255'],
    ['255.1.1.256', '255.1.1.256 has the octet 256, above 255: write four decimal octets from 0 to 255'],
    ['999.1.1.1', '999.1.1.1 has the octet 999, above 255: write four decimal octets from 0 to 255'],
    [
      '1.256.1.300',
      '1.256.1.300 has the octet 256 and the octet 300, above 255: write four decimal octets from 0 to 255',
    ],
    ['10..0.1', '10..0.1 has an empty octet: write four decimal octets from 0 to 255'],
    ['10.0.0.1.', '10.0.0.1. has an empty octet: write four decimal octets from 0 to 255'],
    ['10.0.0.*', '10.0.0.* has the octet *, which is no number: write four decimal octets from 0 to 255'],
    ['10.0.0.f', '10.0.0.f has the octet f, which is no number: write four decimal octets from 0 to 255'],
  ])('refuses %s, which resembles IPv4', (text, message) => {
    expect(refusal(parseAddress, text)).toBe(message);
  });

  test.each<[string, string]>([
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1 is an IPv4-mapped IPv6 address: did you mean 10.0.0.1?'],
    ['::FFFF:a00:1', '::FFFF:a00:1 is an IPv4-mapped IPv6 address: did you mean 10.0.0.1?'],
    ['0:0:0:0:0:ffff:10.0.0.1', '0:0:0:0:0:ffff:10.0.0.1 is an IPv4-mapped IPv6 address: did you mean 10.0.0.1?'],
    [
      '::10.0.0.256',
      '::10.0.0.256 ends in 10.0.0.256, which is no IPv4 address: write the last 32 bits as two hexadecimal groups',
    ],
    [
      '::010.0.0.1',
      '::010.0.0.1 ends in 010.0.0.1, which is no IPv4 address: write the last 32 bits as two hexadecimal groups',
    ],
    [
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7 has 7 groups instead of eight: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      'aa:bb:cc:dd:ee:ff',
      'aa:bb:cc:dd:ee:ff has 6 groups instead of eight: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7:8:9 has 9 groups instead of eight: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '1:2:3:4:5:6:7:10.0.0.1',
      '1:2:3:4:5:6:7:10.0.0.1 has 9 groups instead of eight: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '1:2:3:4::5:6:7:8',
      '1:2:3:4::5:6:7:8 has 8 groups beside "::", at most seven are possible: write eight hexadecimal groups, or one "::" for zeros',
    ],
    ['1::2::3', '1::2::3 has "::" more than once: write eight hexadecimal groups, or one "::" for zeros'],
    [':::', '::: has "::" more than once: write eight hexadecimal groups, or one "::" for zeros'],
    [':1::2', ':1::2 starts with a single colon: write eight hexadecimal groups, or one "::" for zeros'],
    ['1::2:', '1::2: ends with a single colon: write eight hexadecimal groups, or one "::" for zeros'],
    [
      '12345::',
      '12345:: has the group 12345, longer than four digits: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '00001::',
      '00001:: has the group 00001, longer than four digits: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      'g::1',
      'g::1 has the character g, which is no hexadecimal digit: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '😀::1',
      '"\\ud83d\\ude00::1" has the character "\\ud83d\\ude00", which is no hexadecimal digit: write eight hexadecimal groups, or one "::" for zeros',
    ],
    [
      '10.0.0.1::',
      '10.0.0.1:: has the character ., which is no hexadecimal digit: write eight hexadecimal groups, or one "::" for zeros',
    ],
  ])('refuses %s, which resembles IPv6', (text, message) => {
    expect(refusal(parseAddress, text)).toBe(message);
  });

  test('reads every form of RFC 4291 section 2.2 to the same value', () => {
    fc.assert(
      fc.property(writtenIpv6, ({ value, text }) => {
        fc.pre(value >> 32n !== 0xffffn);
        expect(parseAddress(text)).toEqual({ family: 'IPv6', value });
      }),
      { numRuns: 500 },
    );
  });

  test('accepts what the parser of Node.js accepts, without zone ids and IPv4-mapped addresses', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const expected = isIP(text) !== 0 && !text.includes('%') && !isMapped(text);
        expect(accepts(text)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('proposes only what it accepts', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        fc.pre(!accepts(text) && text !== '');
        const proposed = /did you mean (.*)\?$/.exec(refusal(parseAddress, text))?.[1].split(' or ') ?? [];
        expect(proposed.map(parseAddress).map(formatAddress)).toEqual(proposed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('formatAddress', () => {
  // The examples of RFC 5952, sections 1 to 4, and the edges of its rules.
  test.each([
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8::0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['0:0:1:0:0:0:0:0', '0:0:1::'],
    ['0:0:1:2:0:0:3:4', '::1:2:0:0:3:4'],
    ['0:1:2:3:4:5:6:7', '0:1:2:3:4:5:6:7'],
    ['0:1:0:1:0:1:0:1', '0:1:0:1:0:1:0:1'],
    ['10:0:0:100:0:0:0:1000', '10:0:0:100::1000'],
    ['192.0.2.33', '192.0.2.33'],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text))).toBe(canonical);
  });

  test('writes what the URL standard writes', () => {
    fc.assert(
      fc.property(writtenIpv6, ({ value, text }) => {
        expect(formatAddress({ family: 'IPv6', value })).toBe(canonicalByUrl(text));
      }),
      { numRuns: 500 },
    );
  });

  test('is undone by parseAddress', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        fc.pre(address.family === 'IPv4' || address.value >> 32n !== 0xffffn);
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
      { numRuns: 500 },
    );
  });
});

describe('compareAddresses', () => {
  test('is a total order', () => {
    expectTotalOrder(addresses, compareAddresses, addressKey);
  });

  test('puts IPv4 before IPv6, then sorts by number, not by text', () => {
    const sorted = ['9.0.0.1', '10.0.0.1', '255.255.255.255', '::', '::2', '::10', 'a::'];
    expect([...sorted].reverse().map(parseAddress).sort(compareAddresses).map(formatAddress)).toEqual(sorted);
  });
});

/** An IPv6 address with one of the many ways to write it. */
const writtenIpv6 = fc
  .record({
    groups: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 }),
    padding: fc.integer({ min: 1, max: 4 }),
    upperCase: fc.boolean(),
    dottedTail: fc.boolean(),
    compressed: fc.nat(),
  })
  .map(({ groups, padding, upperCase, dottedTail, compressed }) => {
    const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
    const written = groups.map((group) => group.toString(16).padStart(padding, '0'));
    if (dottedTail) {
      const octets = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
      written.splice(6, 2, octets.join('.'));
    }
    const zeros = written.flatMap((group, index) => (/^0+$/.test(group) ? [index] : []));
    const text = zeros.length === 0 ? written.join(':') : withoutRun(written, zeros[compressed % zeros.length]);
    return { value, text: upperCase ? text.toUpperCase() : text };
  });

/** Replaces the zeros from `start` on by a double colon. */
function withoutRun(written: readonly string[], start: number): string {
  const length = written.slice(start).findIndex((group) => !/^0+$/.test(group));
  const end = length === -1 ? written.length : start + length;
  return `${written.slice(0, start).join(':')}::${written.slice(end).join(':')}`;
}

/** An address after up to three strokes on a bad keyboard. */
const damaged = fc
  .tuple(
    fc.oneof(
      addresses.map(formatAddress),
      writtenIpv6.map(({ text }) => text),
      fc.constant('::ffff:10.0.0.1'),
    ),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1), fc.constantFrom('', ...Array.from('0123456789af:./%[]-xg '))), {
      maxLength: 3,
    }),
  )
  .map(([address, edits]) =>
    edits.reduce((text, [place, removed, added]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + added + text.slice(at + removed);
    }, address),
  );

function accepts(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch {
    return false;
  }
}

function canonicalByUrl(text: string): string {
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

function isMapped(text: string): boolean {
  return isIP(text) === 6 && /^::ffff:[\da-f]+:[\da-f]+$/.test(canonicalByUrl(text));
}
