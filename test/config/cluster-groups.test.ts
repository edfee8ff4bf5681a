import { clusterClaims } from '../../lib/config/cluster-groups';
import { EMPTY_CONFIG } from '../../lib/config/config';

const claims = clusterClaims({
  ...EMPTY_CONFIG,
  clusters: [
    { name: 'eu', paths: ['dist/eu-*', 'eu/', './base'], facts: {} },
    { name: 'us', paths: ['dist/us-*', 'base/common.yaml'], facts: {} },
    { name: 'without-files', paths: [], facts: {} },
  ],
});

test.each([
  ['dist/eu-a.yaml', ['eu']],
  ['dist/us-a.yaml', ['us']],
  ['eu/x/.b.yaml', ['eu']],
  ['base/other.yaml', ['eu']],
  ['base/common.yaml', ['eu', 'us']],
  ['europe/a.yaml', []],
])('%s is of the clusters %j', (path, expected) => {
  expect(claims?.(path)).toEqual(expected);
});

test('without clusters nobody claims anything', () => {
  expect(clusterClaims(EMPTY_CONFIG)).toBeUndefined();
});
