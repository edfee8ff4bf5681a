import fc from 'fast-check';
import { groupByCluster } from '../../lib/config/cluster-groups';
import { EMPTY_CONFIG } from '../../lib/config/config';

const config = {
  ...EMPTY_CONFIG,
  cluster: { kubernetesVersion: '1.33' },
  clusters: [
    { name: 'eu', paths: ['dist/eu-*', 'eu/**'], facts: { serviceCidrs: ['10.96.0.0/16'] } },
    { name: 'us', paths: ['dist/us-*', 'dist/eu-and-us.yaml'], facts: {} },
    { name: 'without-files', paths: [], facts: {} },
  ],
};
const files = (...paths: string[]) => paths.map((path) => ({ path }));

test('each cluster has its files and facts; what no cluster claims forms the rest', () => {
  const { groups, findings } = groupByCluster(
    files('dist/us-a.yaml', 'dist/eu-a.yaml', 'eu/x/.b.yaml', 'c.yaml'),
    config,
  );
  expect(findings).toEqual([]);
  expect(groups).toEqual([
    {
      name: 'eu',
      facts: { kubernetesVersion: '1.33', serviceCidrs: ['10.96.0.0/16'] },
      files: files('dist/eu-a.yaml', 'eu/x/.b.yaml'),
    },
    { name: 'us', facts: { kubernetesVersion: '1.33' }, files: files('dist/us-a.yaml') },
    { name: null, facts: { kubernetesVersion: '1.33' }, files: files('c.yaml') },
  ]);
});

test('a file that two clusters claim is a finding, and is of one of them', () => {
  const { groups, findings } = groupByCluster(files('dist/eu-and-us.yaml'), config);
  expect(groups.map(({ name }) => name)).toEqual(['eu']);
  expect(findings).toMatchObject([
    { code: 'NL971', message: 'dist/eu-and-us.yaml is claimed by the clusters eu and us' },
  ]);
});

test('without clusters all files are one, and so are no files', () => {
  expect(groupByCluster(files('a', 'b'), EMPTY_CONFIG).groups).toEqual([
    { name: null, facts: {}, files: files('a', 'b') },
  ]);
  expect(groupByCluster([], config).groups).toEqual([{ name: null, facts: config.cluster, files: [] }]);
});

test('every file is in one group', () => {
  const path = fc.constantFrom('dist/eu-1', 'dist/us-1', 'eu/a/b', 'dist/eu-and-us.yaml', 'other', 'dist/x');
  fc.assert(
    fc.property(fc.uniqueArray(path), (paths) => {
      const grouped = groupByCluster(files(...paths), config).groups.flatMap((group) =>
        group.files.map((file) => file.path),
      );
      expect(grouped.toSorted()).toEqual(paths.toSorted());
    }),
  );
});
