import { expressionHolds, labelSelectorText, readLabelSelector } from '../../lib/model';

const WEB = new Map([['app', 'web']]);

test.each([
  ['app', 'In', ['web', 'api'], true],
  ['app', 'In', ['api'], false],
  ['app', 'In', [], false],
  ['tier', 'In', ['web'], false],
  ['app', 'NotIn', ['web'], false],
  ['app', 'NotIn', ['api'], true],
  ['tier', 'NotIn', ['web'], true],
  ['app', 'Exists', [], true],
  ['tier', 'Exists', [], false],
  ['app', 'DoesNotExist', [], false],
  ['tier', 'DoesNotExist', [], true],
  ['app', 'in', ['web'], false],
  ['app', 'Gt', ['1'], false],
  ['constructor', 'Exists', [], false],
  ['__proto__', 'DoesNotExist', [], true],
])('app=web: %s %s %j is %j', (key, operator, values, expected) => {
  expect(expressionHolds({ key, operator, values }, WEB)).toBe(expected);
});

test.each([
  [undefined, 'all pods'],
  [{}, 'all pods'],
  ['app', 'all pods'],
  [{ matchLabels: ['app'], matchExpressions: 'x' }, 'all pods'],
  [{ matchLabels: { tier: 'a', app: 'web' } }, 'app=web,tier=a'],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['x', 'y'] }] }, 'a in (x,y)'],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['x'] }] }, 'a notin (x)'],
  [
    {
      matchLabels: { z: '1' },
      matchExpressions: [
        { key: 'a', operator: 'Exists' },
        { key: 'b', operator: 'DoesNotExist' },
      ],
    },
    'z=1,a,!b',
  ],
])('%j reads as %s', (value, expected) => {
  expect(labelSelectorText(readLabelSelector(value))).toBe(expected);
});

test('what is no expression is one that never holds', () => {
  const { expressions } = readLabelSelector({ matchExpressions: [null, 'x', { key: 7, operator: [], values: 'web' }] });
  expect(expressions).toEqual(Array(3).fill({ key: '', operator: '', values: [] }));
  expect(expressions.map((expression) => expressionHolds(expression, WEB))).toEqual([false, false, false]);
});
