import { App } from 'cdk8s';
import { AddressRole, Fleet } from '../../../lib';

test('supernets for roles, and roles that are not routed', () => {
  const spec = { nodes: 10, services: 100, loadBalancers: 8 };
  const fleet = new Fleet(new App(), 'fleet', {
    supernets: ['10.0.0.0/16'],
    supernetsFor: { loadBalancers: ['10.195.0.0/24'] },
    routed: [AddressRole.PODS, AddressRole.NODES, AddressRole.LOAD_BALANCERS],
    clusters: { a: spec, b: spec },
  });
  const [a, b] = [fleet.cluster('a'), fleet.cluster('b')];
  expect([a.loadBalancerCidr, b.loadBalancerCidr]).toEqual(['10.195.0.0/29', '10.195.0.8/29']);
  expect(a.serviceCidr).toBe(b.serviceCidr);
  expect(a.podCidr).not.toBe(b.podCidr);
});
