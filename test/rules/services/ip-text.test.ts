import fc from 'fast-check';
import { addressBits, cidrAt, formatAddress, formatCidr, type IpAddress, type IpFamily } from '../../../lib/address';
import { readCidrText, readIpText } from '../../../lib/rules/services/ip-text';

const addresses = fc.constantFrom<IpFamily>('IPv4', 'IPv6').chain((family) =>
  fc
    .bigInt(0n, (1n << BigInt(addressBits(family))) - 1n)
    // IPv4-mapped addresses have a text of their own.
    .filter((value) => family === 'IPv4' || value >> 32n !== 0xffffn)
    .map((value): IpAddress => ({ family, value })),
);
const ipv4 = fc.bigInt(0n, 0xffffffffn).map((value): IpAddress => ({ family: 'IPv4', value }));

test('canonical texts are read without a word', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(readIpText('ip', formatAddress(address), [], {})).toEqual({ address, problems: [] });
    }),
  );
});

test('leading zeros are decimal, and a warning', () => {
  fc.assert(
    fc.property(ipv4, fc.integer({ min: 1, max: 3 }), (address, zeros) => {
      const text = formatAddress(address).replaceAll(/[0-9]+/g, (octet) => '0'.repeat(zeros) + octet);
      const read = readIpText('ip', text, [], {});
      expect(read.address).toEqual(address);
      expect(read.problems.map(({ severity }) => severity)).toEqual(['warning']);
    }),
  );
});

test('IPv4-mapped addresses are IPv4, and a warning', () => {
  const prefixes = fc.constantFrom('::ffff:', '::FFFF:', '0:0:0:0:0:ffff:', '0000:0000:0000:0000:0000:ffff:');
  fc.assert(
    fc.property(ipv4, prefixes, (address, prefix) => {
      const read = readIpText('ip', prefix + formatAddress(address), [], {});
      expect(read.address).toEqual(address);
      expect(read.problems.map(({ severity }) => severity)).toEqual(['warning']);
    }),
  );
});

test('host bits are a warning that names the block', () => {
  fc.assert(
    fc.property(addresses, fc.nat(), (address, seed) => {
      const prefix = seed % (addressBits(address.family) + 1);
      const hostBits = BigInt(addressBits(address.family) - prefix);
      const block = cidrAt(address.family, (address.value >> hostBits) << hostBits, prefix);
      const problems = readCidrText('range', `${formatAddress(address)}/${prefix}`, [], {}).problems;
      const expected = block.base === address.value ? [] : [['warning', `write ${formatCidr(block)}`]];
      // Without its low bits an address may be an IPv4-mapped one, which has no CIDR.
      fc.pre(block.family === 'IPv4' || block.base >> 32n !== 0xffffn);
      expect(problems.map(({ severity, help }) => [severity, help])).toEqual(expected);
    }),
  );
});

test('nothing makes it throw', () => {
  const noise = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9a-f:./]{0,40}$/),
    fc.stringMatching(/^(::)?ffff:[0-9.:/]{0,20}$/),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(noise, (value: unknown) => {
      const { address, problems } = readIpText('ip', value, [], {});
      expect(address === undefined ? problems.length : 1).toBe(1);
      expect(readCidrText('range', value, [], {}).problems.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});
