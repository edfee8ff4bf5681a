import { compileGlob, GlobError, isGlob, splitGlob } from '../../lib/manifests/glob';

test.each<[string, string[], string[]]>([
  ['*.yaml', ['a.yaml', '.yaml'.slice(1) + '.yaml'], ['a.yml', 'k/a.yaml', '.a.yaml']],
  ['k8s/*.yml', ['k8s/b.yml', './k8s/b.yml'], ['k8s/x/b.yml', 'b.yml']],
  ['**/*.yaml', ['a.yaml', 'k/a.yaml', 'k/l/a.yaml'], ['a.yml', '.k/a.yaml']],
  ['k/**', ['k/a', 'k/a/b', 'k/'], ['ka', 'l/a']],
  ['k/**/x', ['k/x', 'k/a/x', 'k/a/b/x'], ['kx', 'k/ax', 'k/x/y']],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['?.yaml', ['a.yaml'], ['ab.yaml', '/.yaml']],
  ['[a-c]x', ['ax', 'cx'], ['dx', '-x']],
  ['[!a-c]x', ['dx'], ['ax', '/x']],
  ['[]x]', [']', 'x'], ['y']],
  ['[a', ['[a'], ['a']],
  ['{a,b/c}.yaml', ['a.yaml', 'b/c.yaml'], ['c.yaml']],
  ['{a,{b,c}d}', ['a', 'bd', 'cd'], ['b', 'd']],
  ['p{1..3}', ['p1', 'p3'], ['p0', 'p4', 'p{1..3}']],
  ['{{ name }}', ['{{ name }}'.replace(/[{}]/g, '')], ['x']],
  ['{a', ['{a'], ['a']],
  ['@(a|b)c', ['ac', 'bc'], ['c', 'abc']],
  ['?(a)c', ['ac', 'c'], ['aac']],
  ['+(a)c', ['ac', 'aac'], ['c']],
  ['*(a)c', ['aac', 'c'], ['bc']],
  ['\\*', ['*'], ['a']],
  ['(a+)+b', ['(a+)+b'], ['aab']],
])('%s', (pattern, matching, others) => {
  const isMatch = compileGlob(pattern);
  expect(matching.filter((path) => !isMatch(path))).toEqual([]);
  expect(others.filter(isMatch)).toEqual([]);
});

test('a name with a dot first is matched where that is wanted', () => {
  expect(compileGlob('**/*', { dot: true })('.k/.a')).toBe(true);
  expect(compileGlob('.*')('.a')).toBe(true);
});

test.each(['!a', '!(a)', '@(a', 'a'.repeat(2000), '{1..99999}'])('%s is none', (pattern) => {
  expect(() => compileGlob(pattern)).toThrow(GlobError);
});

test('the folder in front of a glob', () => {
  expect(splitGlob('a/b/*.yaml')).toEqual({ base: 'a/b', pattern: '*.yaml' });
  expect(splitGlob('*.yaml')).toEqual({ base: '', pattern: '*.yaml' });
  expect(['a*', 'a?', '[a]', '{a}', '@(a)', 'a.yaml', 'a(b)'].map(isGlob)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each(['x/(a+)+b', 'x/*a*a*a*a*a*a*a*b', '**/**/**/**/**/b', '+(a|+(a|aa))b', '{a,aa}'.repeat(60), '*(*(a))b'])(
  'the cost of %s on a long name grows with the name, and not faster',
  (pattern) => {
    const isMatch = compileGlob(pattern);
    // A pattern with exponential cost would not come back.
    expect(isMatch(`x/${'a'.repeat(5000)}`)).toBe(false);
    expect(isMatch('a/'.repeat(5000))).toBe(false);
  },
);
