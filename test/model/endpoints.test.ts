import { networkModel } from '../../lib/model';
import type { Endpoints } from '../../lib/model/endpoints';
import { objects } from '../rules/expectations';

function read(text: string): Partial<Endpoints>[] {
  return networkModel(objects(text), {}).endpoints.map((endpoints) => ({ ...endpoints, object: undefined }));
}

test('an Endpoints object belongs to the Service of its name', () => {
  const text = `
    - Endpoints shop/db:
        subsets:
          - { addresses: [{ ip: 192.0.2.1 }], notReadyAddresses: [{ ip: 192.0.2.2 }], ports: [{ name: sql, port: 5432 }, {}] }
          - { addresses: [{ ip: 192.0.2.3 }] }
  `;
  expect(read(text)).toEqual([
    {
      namespace: 'shop',
      serviceName: 'db',
      addressType: undefined,
      addresses: [
        { value: '192.0.2.1', path: ['subsets', 0, 'addresses', 0, 'ip'] },
        { value: '192.0.2.2', path: ['subsets', 0, 'notReadyAddresses', 0, 'ip'] },
        { value: '192.0.2.3', path: ['subsets', 1, 'addresses', 0, 'ip'] },
      ],
      portNames: [
        { value: 'sql', protocol: 'TCP', path: ['subsets', 0, 'ports', 0] },
        { value: '', protocol: 'TCP', path: ['subsets', 0, 'ports', 1] },
      ],
      isLeaderLock: false,
    },
  ]);
});

test('a slice belongs to the Service of its label', () => {
  const text = `
    - EndpointSlice db-1: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.1, 192.0.2.2] }, {}], ports: [{ name: sql }] }
      labels: { kubernetes.io/service-name: db }
  `;
  expect(read(text)).toEqual([
    {
      namespace: 'default',
      serviceName: 'db',
      addressType: 'IPv4',
      addresses: [
        { value: '192.0.2.1', path: ['endpoints', 0, 'addresses', 0] },
        { value: '192.0.2.2', path: ['endpoints', 0, 'addresses', 1] },
      ],
      portNames: [{ value: 'sql', protocol: 'TCP', path: ['ports', 0] }],
      isLeaderLock: false,
    },
  ]);
});

test('a slice without the label, and the lock of a leader election', () => {
  const text = `
    - EndpointSlice db-1: { addressType: IPv6 }
    - Endpoints lock: {}
      annotations: { control-plane.alpha.kubernetes.io/leader: '{}' }
  `;
  expect(read(text).map(({ serviceName, isLeaderLock }) => [serviceName, isLeaderLock])).toEqual([
    [undefined, false],
    ['lock', true],
  ]);
});

test('what has another shape is absent, and other kinds are none', () => {
  const text = `
    - Endpoints a: { subsets: [7, { addresses: x, ports: {} }, { addresses: [{ ip: 7 }, null] }] }
    - EndpointSlice b: { addressType: 4, endpoints: [{ addresses: [7, ''] }] }
    - manifest: { apiVersion: example.com/v1, kind: Endpoints, metadata: { name: c } }
  `;
  expect(read(text).map(({ addressType, addresses, portNames }) => [addressType, addresses, portNames])).toEqual([
    [undefined, [], []],
    [undefined, [], []],
  ]);
});
