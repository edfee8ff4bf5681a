import { transformSync } from '@swc/core';
import { newRuleFiles } from '../../tools/new-rule-files';

const KNOWN = {
  rules: [
    { folder: 'services', slug: 'service-name', code: 'NL230' },
    { folder: 'services', slug: 'service-port', code: 'NL238' },
    { folder: 'objects', slug: 'service-text', code: 'NL290' },
    { folder: 'objects', slug: 'unknown-field', code: 'NL920' },
    { folder: 'objects', slug: 'field-type', code: 'NL998' },
  ],
  takenCodes: new Set(['NL230', 'NL238', 'NL239', 'NL290', 'NL920', 'NL998', 'NL999']),
};

test.each([
  ['service-address', 'services', 'NL240'],
  ['objects/service-address', 'objects', 'NL900'],
  ['services/field-order', 'services', 'NL240'],
])('%s goes to %s as %s', (name, folder, code) => {
  const slug = name.split('/').at(-1) ?? '';
  expect(newRuleFiles(name, KNOWN).map(({ path }) => path)).toEqual([
    `lib/rules/${folder}/${slug}.ts`,
    `docs/rules/${code}.md`,
    `test/rules/${folder}/${slug}.test.ts`,
  ]);
});

test.each([
  ['Service', 'Service is no name of a rule: write [FOLDER/]SLUG, such as service-name or services/service-name'],
  ['a/b/c-d', 'a/b/c-d is no name of a rule: write [FOLDER/]SLUG, such as service-name or services/service-name'],
  ['service-name', 'there is a rule service-name already'],
  ['route-lost', 'name the folder of route-lost, as FOLDER/route-lost: there are objects, services'],
  ['routes/route-lost', 'name the folder of route-lost, as FOLDER/route-lost: there are objects, services'],
])('%s is refused', (name, message) => {
  expect(() => newRuleFiles(name, KNOWN)).toThrow(message);
});

test('every code of the hundred is taken', () => {
  const takenCodes = new Set(Array.from({ length: 100 }, (_, number) => `NL2${String(number).padStart(2, '0')}`));
  expect(() => newRuleFiles('service-address', { ...KNOWN, takenCodes })).toThrow(
    'every code from NL200 to NL299 is taken',
  );
});

test('the modules can be compiled, and every file has places to fill in', () => {
  for (const { path, text } of newRuleFiles('service-address', KNOWN)) {
    expect(text).toContain('TODO');
    if (path.endsWith('.ts'))
      expect(() => transformSync(text, { jsc: { parser: { syntax: 'typescript' } } })).not.toThrow();
  }
});
