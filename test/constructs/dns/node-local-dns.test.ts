import { Chart, Testing } from 'cdk8s';
import { Cluster, type ClusterProps, IpFamily, NodeLocalDns } from '../../../lib';
import { built, DUAL, SINGLE } from '../bootstrap/rendered';
import { shopChart, synthOutput } from '../synthesized';

test('the manifests', () => {
  const chart = new Chart(new Cluster(Testing.app(), 'prod', SINGLE), 'chart', { namespace: 'dns' });
  new NodeLocalDns(chart, 'cache');
  expect(synthOutput(chart)).toBe('');
  expect(Testing.synth(chart)).toMatchSnapshot();
});

test('another address and image', () => {
  const chart = new Chart(new Cluster(Testing.app(), 'prod', DUAL), 'chart');
  const cache = new NodeLocalDns(chart, 'cache', { address: 'FD00:9::A', image: 'example.com/cache:1' });
  expect(cache.address).toBe('fd00:9::a');
  const text = JSON.stringify(Testing.synth(chart));
  expect(text).toContain('health [fd00:9::a]:8080');
  expect(text).toContain('example.com/cache:1');
});

const IPV6: ClusterProps = {
  families: [IpFamily.IPV6],
  podCidrs: ['fd00:1::/56'],
  serviceCidrs: ['fd00:2::/112'],
};

test.each<[ClusterProps, string | undefined, string]>([
  [IPV6, undefined, 'address 169.254.20.10 is IPv4, and the families of cluster prod are IPv6'],
  [SINGLE, '10.2.0.53', 'address 10.2.0.53 lies in the service CIDR 10.2.0.0/16 of cluster prod'],
  [SINGLE, '10.1.0.10', 'address 10.1.0.10 lies in the pod range 10.1.0.0/16 of cluster prod'],
  [SINGLE, 'here', 'address: here is not an IP address'],
  [
    { podCidrs: ['10.1.0.0/16'] },
    undefined,
    'cluster prod has no service range, so the address of its DNS is not known',
  ],
])('%j with %s', (cluster, address, problem) => {
  const { said } = built(cluster, (_cluster, chart) => new NodeLocalDns(chart, 'cache', { address }));
  expect(said).toEqual([`NL152 ${problem}`]);
});

test('no cluster', () => {
  expect(synthOutput(new NodeLocalDns(shopChart(), 'cache'))).toContain('NL152');
});
