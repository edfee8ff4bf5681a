import fc from 'fast-check';
import { readTree } from '../../../lib/manifests';
import { pathsBelow, selfAndFolders } from '../../../lib/manifests/layout/paths';

const PATH = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '0'), minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.map((part) => (/^\.+$/.test(part) ? 'x' : part)).join('/'));

test('what is below a folder is what begins with it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(PATH), PATH, (paths, folder) => {
      const sorted = paths.sort((a, b) => (a < b ? -1 : 1));
      expect(pathsBelow(sorted, folder)).toEqual(sorted.filter((path) => path.startsWith(`${folder}/`)));
      expect(pathsBelow(sorted, '.')).toEqual(sorted);
    }),
  );
});

test('a path is in itself and in every folder above', () => {
  expect([...selfAndFolders('a/b/c.yaml')].sort()).toEqual(['.', 'a', 'a/b', 'a/b/c.yaml']);
  expect(selfAndFolders('.')).toContain('.');
});

/** How often a path is looked into: what every scan over files does. */
function workOf(files: Readonly<Record<string, string>>): number {
  const given = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const spies = [jest.spyOn(String.prototype, 'startsWith'), jest.spyOn(String.prototype, 'lastIndexOf')];
  try {
    readTree(given);
    return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const many = (count: number, file: (index: number) => Record<string, string>): Record<string, string> =>
  Object.assign({}, ...Array.from({ length: count }, (_, index) => file(index))) as Record<string, string>;

const REPOSITORIES: Readonly<Record<string, (index: number) => Record<string, string>>> = {
  folders: (index) => ({ [`f${index}/x.yaml`]: service(`s${index}`) }),
  kustomizations: (index) => ({
    [`k${index}/base/kustomization.yaml`]: 'resources: [x.yaml]',
    [`k${index}/base/x.yaml`]: service(`s${index}`),
    [`k${index}/prod/kustomization.yaml`]: 'resources: [../base]',
  }),
  'Flux Kustomizations': (index) => ({
    [`flux/${index}.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k${index}}\nspec: {path: apps/${index}}\n`,
    [`apps/${index}/x.yaml`]: service(`s${index}`),
  }),
  Applications: (index) => ({
    [`argo/${index}.yaml`]: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a${index}}\nspec: {source: {path: apps/${index}}, destination: {name: c${index % 7}}}\n`,
    [`apps/${index}/deep/x.yaml`]: service(`s${index}`),
  }),
};

test.each(Object.keys(REPOSITORIES))('twice as many %s are twice the work', (kind) => {
  const [small, large] = [200, 400].map((count) => workOf(many(count, REPOSITORIES[kind])));
  expect(large / small).toBeLessThan(2.5);
});
