import { Chart, Testing } from 'cdk8s';
import { Cluster, ClusterIp, ClusterIpService, Fleet, Pods, ServiceCidr, type ServiceCidrProps } from '../../../lib';
import { built, DUAL } from '../bootstrap/rendered';
import { manifestOf, shopChart, synthOutput } from '../synthesized';

const FULL = { ...DUAL, extraServiceCidrs: ['10.3.0.0/24', 'fd00:3::/112'] };

test('the manifest, without the namespace of its chart', () => {
  const chart = new Chart(new Cluster(Testing.app(), 'prod', FULL), 'chart', { namespace: 'shop' });
  const extra = new ServiceCidr(chart, 'extra');
  expect(manifestOf(extra)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'extra' },
    spec: { cidrs: ['10.3.0.0/24', 'fd00:3::/112'] },
  });
  expect([extra.name, extra.cidrs]).toEqual(['extra', ['10.3.0.0/24', 'fd00:3::/112']]);
  expect(synthOutput(extra)).toBe('');
});

test('planned ClusterIPs come from it when the first range is full', () => {
  const cluster = new Cluster(Testing.app(), 'prod', {
    serviceCidrs: ['10.2.0.0/27'],
    extraServiceCidrs: ['10.3.0.0/24'],
  });
  const chart = new Chart(cluster, 'chart');
  new ServiceCidr(chart, 'extra');
  for (let index = 10; index < 30; index++) {
    new ClusterIpService(chart, `s${index}`, {
      pods: Pods.labelled({ app: 'x' }),
      ports: [{ port: 80 }],
      clusterIp: ClusterIp.planned(),
    });
  }
  const manifests = Testing.synth(chart) as { kind: string; spec: { clusterIP?: string } }[];
  const ips = manifests.flatMap(({ spec }) => spec.clusterIP ?? []);
  expect(ips.filter((ip) => ip.startsWith('10.2.0.'))).toHaveLength(14);
  expect(ips.filter((ip) => ip.startsWith('10.3.0.'))).toHaveLength(6);
});

describe('problems', () => {
  const problems = (props: ServiceCidrProps, cluster = FULL): readonly string[] =>
    built(cluster, (_cluster, chart) => new ServiceCidr(chart, 'extra', props)).said;
  test.each<[ServiceCidrProps, string]>([
    [
      { name: 'kubernetes' },
      'NL242 name: the ServiceCIDR kubernetes is that of the API server, which makes it from its flag service-cluster-ip-range',
    ],
    [{ cidrs: ['10.4.0.0/24'] }, 'NL151 10.4.0.0/24 is not one of the extraServiceCidrs of cluster prod'],
    [{ cidrs: ['FD00:3::/112'] }, 'NL242 cidrs[0] "FD00:3::/112" is not in canonical form'],
    [{ cidrs: ['10.3.0.1/24'] }, 'NL242 cidrs[0]: 10.3.0.1/24 has host bits set'],
    [{ cidrs: [] }, 'NL242 the ServiceCIDR has no cidrs'],
    [{ name: 'A' }, 'NL921 the name "A" is not a DNS name'],
  ])('%j', (props, problem) => {
    expect(problems(props).filter((text) => !text.startsWith('NL132'))).toEqual([problem]);
  });

  test('two ranges of one family', () => {
    expect(problems({}, { ...FULL, extraServiceCidrs: ['10.3.0.0/24', '10.4.0.0/24'] })).toEqual([
      'NL242 cidrs[1]: both CIDRs of the ServiceCIDR are IPv4',
    ]);
  });

  test('an old Kubernetes', () => {
    expect(problems({}, { ...FULL, kubernetesVersion: '1.32' })).toEqual([
      'NL108 cluster prod has extraServiceCidrs, and Kubernetes 1.32 has no ServiceCIDR objects',
      'NL945 Kubernetes serves ServiceCIDR in networking.k8s.io/v1 since 1.33',
    ]);
  });

  test('a family that the cluster does not have', () => {
    const cluster = { serviceCidrs: ['10.2.0.0/16'], extraServiceCidrs: ['fd00:3::/112'] };
    expect(built(cluster, () => undefined).said).toEqual([
      'NL109 fd00:3::/112 is IPv6, and the families of cluster prod are IPv4',
    ]);
  });

  test('no cluster', () => {
    expect(synthOutput(new ServiceCidr(shopChart(), 'extra'))).toContain(
      'NL151 unplanned-service-cidr: it is not in a cluster',
    );
  });

  test.each([
    ['the pods of another cluster', '10.64.0.0/20'],
    ['a reservation', '10.200.0.0/24'],
    ['the first range', '10.66.0.0/24'],
  ])('an overlap with %s is found before anything is written', (_name, cidr) => {
    const app = Testing.app();
    new Fleet(app, 'fleet', {
      reserved: { vpn: ['10.200.0.0/16'] },
      clusters: {
        a: { serviceCidrs: ['10.66.0.0/16'], extraServiceCidrs: [cidr] },
        b: { podCidrs: ['10.64.0.0/16'] },
      },
    });
    expect(synthOutput(new Chart(app, 'c'))).toContain('NL101');
  });

  test('nothing is allocated from it', () => {
    const cluster = new Cluster(Testing.app(), 'a', {
      supernets: ['10.0.0.0/16'],
      services: 50,
      extraServiceCidrs: ['10.0.0.0/17'],
    });
    expect(cluster.serviceCidr).toBe('10.0.128.0/26');
  });
});
