import { networkModel } from '../../lib/model';
import { externalNameOf, serviceOfDnsName } from '../../lib/model/external-name';
import { objects } from '../rules/expectations';

test.each([
  ['db.shop.svc.cluster.local', { name: 'db', namespace: 'shop', endpoint: false }],
  ['db.shop.svc.cluster.local.', { name: 'db', namespace: 'shop', endpoint: false }],
  ['DB.Shop.SVC.Cluster.Local', { name: 'db', namespace: 'shop', endpoint: false }],
  ['db.shop.svc', { name: 'db', namespace: 'shop', endpoint: false }],
  ['db-0.db.shop.svc.cluster.local', { name: 'db', namespace: 'shop', endpoint: true }],
])('%s is a Service', (dnsName, expected) => {
  expect(serviceOfDnsName(dnsName, 'cluster.local')).toEqual(expected);
});

test.each(['svc.cluster.local', 'shop.svc.cluster.local', 'svc', '', '..svc', 'db.example.com', 'db.shop.svc.other'])(
  '%s is none',
  (dnsName) => {
    expect(serviceOfDnsName(dnsName, 'cluster.local')).toBeUndefined();
  },
);

test('a cluster may have another zone', () => {
  expect(serviceOfDnsName('db.shop.svc.example.internal', 'example.internal')).toEqual({
    name: 'db',
    namespace: 'shop',
    endpoint: false,
  });
});

test('only ExternalName Services are an alias', () => {
  const { services } = networkModel(
    objects(`
      - Service shop/a: { type: ExternalName, externalName: db.example.com }
      - Service shop/b: { externalName: db.example.com }
      - Service shop/c: { type: ExternalName, externalName: '' }
      - Service shop/d: { type: ExternalName, externalName: 7 }
    `),
    {},
  );
  expect(services.map(externalNameOf)).toEqual(['db.example.com', undefined, undefined, undefined]);
});
