import { createColors } from 'picocolors';
import { tableText } from '../../lib/output/text/table';
import { textWidth } from '../../lib/output/text/text-width';

const { dim } = createColors(true);

test('columns are as wide as their widest cell, and lines end with their text', () => {
  expect(
    tableText(
      ['NAME', 'USED', 'FOR'],
      [
        ['prod', '1000', 'shop'],
        ['staging-2', '5', ''],
      ],
      { right: [1] },
    ),
  ).toBe(['NAME       USED  FOR', 'prod       1000  shop', 'staging-2     5'].join('\n'));
});

test('colours take no room', () => {
  const lines = tableText([dim('A'), 'B'], [['longer', dim('x')]]).split('\n');
  expect(lines).toEqual([`${dim('A')}       B`, `longer  ${dim('x')}`]);
});

test('nothing to show is no line', () => {
  expect(tableText([], [])).toBe('');
});

test.each([
  ['web', 3],
  ['café', 4],
  ['cafe\u0301', 4],
  ['集群', 4],
  ['クラスタ', 8],
  ['🚀', 2],
  ['░█', 2],
  ['→', 1],
  [dim('web'), 3],
])('%s takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});
