import { EMPTY_LOCK, planAddresses, readFleetSpec } from '../../lib/plan';
import { texts } from './fleet';

test('a size beside an explicit range is refused, and is still compared with it', () => {
  const { spec, findings } = readFleetSpec({
    clusters: {
      c: {
        nodes: 200,
        podCidrs: ['10.0.0.0/17'],
        services: 13,
        serviceCidrs: ['10.1.0.0/28'],
        loadBalancers: 8,
        loadBalancerCidrs: ['10.2.0.0/29'],
        headroom: 2,
      },
    },
  });
  expect(findings.map(({ specPath }) => specPath)).toEqual([
    ['clusters', 'c', 'nodes'],
    ['clusters', 'c', 'services'],
    ['clusters', 'c', 'loadBalancers'],
  ]);
  expect(texts(planAddresses(spec, EMPTY_LOCK).findings)).toEqual([
    'NL110 10.2.0.0/29 of cluster c holds 8 load balancer addresses, and 16 are needed (loadBalancers: 8, headroom 2)',
    'NL110 10.0.0.0/17 of cluster c holds 128 nodes, and 400 are needed (nodes: 200, headroom 2)',
    'NL110 10.1.0.0/28 of cluster c holds 14 services, and 28 are needed (services: 13, headroom 2)',
  ]);
});
