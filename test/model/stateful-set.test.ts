import { networkModel } from '../../lib/model';
import { objects } from '../rules/expectations';

test.each([
  ['{ serviceName: db, replicas: 3 }', { serviceName: 'db', replicas: 3, lastOrdinal: 2 }],
  ['{}', { serviceName: undefined, replicas: undefined, lastOrdinal: 0 }],
  ["{ serviceName: '', replicas: 0 }", { serviceName: undefined, replicas: 0, lastOrdinal: 0 }],
  ['{ replicas: 2, ordinals: { start: 5 } }', { serviceName: undefined, replicas: 2, lastOrdinal: 6 }],
  ['{ serviceName: 7, replicas: many, ordinals: x }', { serviceName: undefined, replicas: undefined, lastOrdinal: 0 }],
])('%s', (spec, expected) => {
  const { statefulSets } = networkModel(objects(`[{ StatefulSet shop/db: ${spec} }]`), {});
  expect(
    statefulSets.map(({ serviceName, replicas, lastOrdinal }) => ({ serviceName, replicas, lastOrdinal })),
  ).toEqual([expected]);
});
