import fc from 'fast-check';
import { AddressError, parseAddress, parseCidr, parseRange } from '../../lib/address';
import { refusal } from './refusal';

const ADDRESSES = 'write one such as 10.0.0.1 or fd00::1';
const CIDRS = 'write one such as 10.0.0.0/8 or fd00::/8';
const RANGES = 'write one such as 10.0.0.10-10.0.0.20, 10.0.0.0/24 or fd00::10-fd00::20';

// A name that is no range is taken for one address.
const PARSERS = [
  ['parseAddress', parseAddress, 'an IP address', ADDRESSES, 'is not an IP address', ADDRESSES],
  ['parseCidr', parseCidr, 'a CIDR', CIDRS, 'is not a CIDR', CIDRS],
  ['parseRange', parseRange, 'an address range', RANGES, 'is not an IP address', ADDRESSES],
] as const;

test('an AddressError tells what is wrong apart from what to do', () => {
  const error = new AddressError('10.0.0.0 has no prefix length', 'did you mean 10.0.0.0/32?');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    name: 'AddressError',
    message: '10.0.0.0 has no prefix length: did you mean 10.0.0.0/32?',
    reason: '10.0.0.0 has no prefix length',
    help: 'did you mean 10.0.0.0/32?',
  });
});

describe.each(PARSERS)('%s', (_, parse, what, examples, isNot, help) => {
  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [10.1, 'the number 10.1'],
    [10n, 'the number 10'],
    [['10.0.0.1'], 'an array'],
    [{}, 'a value of type object'],
    [String, 'a value of type function'],
    [Symbol('10.0.0.1'), 'a value of type symbol'],
  ])('refuses %p, which is no string', (value, text) => {
    expect(refusal(parse, value)).toBe(`${what} must be a string, not ${text}: ${examples}`);
  });

  test('refuses the empty string', () => {
    expect(refusal(parse, '')).toBe(`an empty string is not ${what}: ${examples}`);
  });

  test('quotes only the beginning of a long text', () => {
    const shown = `"${'1'.repeat(40)}…" (1000000 characters)`;
    expect(refusal(parse, '1'.repeat(1_000_000))).toBe(`${shown} is not ${what}: ${examples}`);
  });

  test('throws nothing but an AddressError of one short printable line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.anything()), (value) => {
        // Short IPv6 addresses come up by chance.
        fc.pre(typeof value !== 'string' || !value.includes('::'));
        expect(refusal(parse, value)).toMatch(/^[ -~…]{1,1500}$/);
      }),
    );
  });

  test.each(['constructor', '__proto__', 'toString'])('takes %s for plain text', (text) => {
    expect(refusal(parse, text)).toBe(`${text} ${isNot}: ${help}`);
  });
});
