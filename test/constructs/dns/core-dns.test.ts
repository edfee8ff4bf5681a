import { Chart, Testing } from 'cdk8s';
import { type ClusterSpec, CoreDns, type CoreDnsProps, Fleet, IpFamily } from '../../../lib';
import { built, SINGLE } from '../bootstrap/rendered';
import { manifestOf, shopChart, synthOutput } from '../synthesized';

const CLUSTERS: Record<string, ClusterSpec> = {
  eu: { podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.2.0.0/16'], clusterDomain: 'eu.example.internal' },
  us: { podCidrs: ['10.3.0.0/16'], serviceCidrs: ['10.4.0.0/16'], clusterDomain: 'us.example.internal' },
};

function fleet(us: ClusterSpec = {}, eu: ClusterSpec = {}): Fleet {
  return new Fleet(Testing.app(), 'fleet', {
    clusters: { eu: { ...CLUSTERS.eu, ...eu }, us: { ...CLUSTERS.us, ...us } },
  });
}

function problemsWith(clusters: Fleet): string[] {
  const chart = new Chart(clusters.cluster('eu'), 'dns');
  new CoreDns(chart, 'dns', { clusters: clusters.clusters });
  return [...synthOutput(chart).matchAll(/(NL\d+) [a-z-]+: (.*)/g)].map(([, code, message]) => `${code} ${message}`);
}

test('the Corefile of kubeadm', () => {
  const { said } = built(SINGLE, (_cluster, chart) => {
    const dns = new CoreDns(chart, 'dns');
    expect(manifestOf(dns)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: { Corefile: dns.corefile },
    });
    expect(dns.corefile).toMatchInlineSnapshot(`
     ".:53 {
         errors
         health {
            lameduck 5s
         }
         ready
         kubernetes prod.example.internal in-addr.arpa ip6.arpa {
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
         }
         prometheus :9153
         forward . /etc/resolv.conf {
            max_concurrent 1000
         }
         cache 30 {
            disable success prod.example.internal
            disable denial prod.example.internal
         }
         loop
         reload
         loadbalance
     }
     "
    `);
    return dns;
  });
  expect(said).toEqual([]);
});

test('other clusters, other domains, other upstreams; the order of the clusters changes nothing', () => {
  const { clusters, node } = fleet();
  const [eu] = clusters;
  const stubDomains = { 'corp.example.com': ['192.168.0.53', '192.168.1.53'] };
  const dns = new CoreDns(new Chart(eu, 'dns'), 'dns', {
    clusters,
    stubDomains,
    upstreams: ['9.9.9.9', '2620:fe::fe'],
  });
  const back = new CoreDns(new Chart(eu, 'back'), 'dns', {
    clusters: clusters.toReversed(),
    stubDomains,
    upstreams: ['9.9.9.9', '2620:fe::fe'],
  });
  expect(back.corefile).toBe(dns.corefile);
  expect(dns.corefile.slice(dns.corefile.indexOf('    forward'))).toMatchInlineSnapshot(`
   "    forward . 9.9.9.9 2620:fe::fe {
          max_concurrent 1000
       }
       cache 30 {
          disable success eu.example.internal
          disable denial eu.example.internal
       }
       loop
       reload
       loadbalance
   }
   corp.example.com:53 {
       errors
       cache 30
       loop
       forward . 192.168.0.53 192.168.1.53
   }
   us.example.internal:53 {
       errors
       cache 30
       loop
       forward . 10.4.0.10
   }
   "
  `);
  expect(node.findAll()).toContain(dns);
});

describe('problems', () => {
  test.each<[string, ClusterSpec, ClusterSpec, string]>([
    [
      'equal domains',
      { clusterDomain: 'eu.example.internal' },
      {},
      'the domain of cluster us, eu.example.internal, is the domain of cluster eu, eu.example.internal, whose names would be looked up elsewhere',
    ],
    [
      'a domain around the own one',
      { clusterDomain: 'example.internal' },
      {},
      'the domain of cluster us, example.internal, contains the domain of cluster eu, eu.example.internal, whose names would be looked up elsewhere',
    ],
    [
      'no service range',
      { serviceCidrs: [] },
      {},
      'cluster us has no service range, so the address of its DNS is not known',
    ],
    ['isolation', { isolated: true }, {}, 'cluster us is isolated, and its addresses stand for other things elsewhere'],
    [
      'a family that cannot be reached',
      { families: [IpFamily.IPV6], podCidrs: ['fd00:1::/56'], serviceCidrs: ['fd00:2::/112'] },
      {},
      'the DNS of cluster us has an IPv6 address, and the families of cluster eu are IPv4',
    ],
  ])('%s', (_name, us, eu, problem) => {
    expect(problemsWith(fleet(us, eu))).toEqual([`NL152 ${problem}`]);
  });

  test.each<[CoreDnsProps, string]>([
    [{ upstreams: ['10.2.0.10'] }, 'NL152 upstreams has 10.2.0.10, the DNS of cluster prod itself'],
    [
      { upstreams: ['dns.example.com'] },
      'NL312 the server block .:53 forwards to dns.example.com, which is neither an address nor a file',
    ],
    [
      { upstreams: Array.from({ length: 16 }, (_, index) => `9.9.9.${index}`) },
      'NL312 the server block .:53 forwards to 16 name servers, and CoreDNS takes at most 15',
    ],
    [{ stubDomains: { a_b: ['9.9.9.9'] } }, 'NL152 stub domain "a_b" is not a DNS name'],
    [{ stubDomains: { 'example.com': [] } }, 'NL312 the server block example.com:53 forwards to no name server'],
    [
      { stubDomains: { internal: ['9.9.9.9'] } },
      'NL152 stub domain internal contains the domain of cluster prod, prod.example.internal, whose names would be looked up elsewhere',
    ],
  ])('%j', (props, problem) => {
    expect(built(SINGLE, (_cluster, chart) => new CoreDns(chart, 'dns', props)).said).toEqual([problem]);
  });

  test('a domain in two places', () => {
    const clusters = fleet();
    const chart = new Chart(clusters.cluster('eu'), 'dns');
    new CoreDns(chart, 'dns', { clusters: clusters.clusters, stubDomains: { 'us.example.internal': ['9.9.9.9'] } });
    expect(synthOutput(chart)).toContain('NL312 corefile-invalid: two server blocks are for us.example.internal:53');
  });

  test('no cluster', () => {
    expect(synthOutput(new CoreDns(shopChart(), 'dns'))).toContain('NL152 invalid-cluster-dns: it is not in a cluster');
  });
});
