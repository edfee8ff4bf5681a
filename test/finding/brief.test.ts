import { brief } from '../../lib/finding/brief';
import { finding, objectText } from '../../lib/finding/finding';

test.each([
  ['what a rule says', 'port 80 is taken', 'port 80 is taken'],
  ['as long as it may be', 'a'.repeat(1000), 'a'.repeat(1000)],
  [
    'what stands around a long value',
    `label ${'x'.repeat(5000)} is no label`,
    `label ${'x'.repeat(294)}… (4568 characters) …${'x'.repeat(138)} is no label`,
  ],
  ['no half of a character', `.${'😀'.repeat(600)}.`, `.${'😀'.repeat(149)}… (754 characters) …${'😀'.repeat(74)}.`],
])('%s', (_, text, expected) => {
  expect(brief(text)).toBe(expected);
});

test('every text of a finding', () => {
  const long = 'x'.repeat(10_000);
  const object = { apiVersion: 'v1', kind: long, namespace: long, name: long };
  const { message, help, related } = finding(
    { code: 'NL000', slug: 'example', severity: 'info', title: 'An example' },
    { message: long, help: long, object, related: [{ message: long, object, origin: null }] },
  );
  const texts = [message, help, objectText(object), related[0].message];
  expect(texts.map(({ length }) => length <= 1000)).toEqual([true, true, true, true]);
});
