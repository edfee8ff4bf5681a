import { Chart, Testing } from 'cdk8s';
import {
  Cluster,
  IpFamily,
  IpFamilyPolicy,
  LoadBalancerImplementation,
  LoadBalancerIp,
  LoadBalancerService,
  type LoadBalancerServiceProps,
  NodePort,
  Pods,
  TrafficPolicy,
} from '../../../lib';
import { manifestOf, problemsOf, shopChart, specOf } from '../synthesized';

const MINIMAL: LoadBalancerServiceProps = { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] };
const { METALLB, CILIUM, CALICO } = LoadBalancerImplementation;

function service(props: Partial<LoadBalancerServiceProps> = {}): LoadBalancerService {
  return new LoadBalancerService(shopChart(), 'web', { ...MINIMAL, ...props });
}

describe('manifest', () => {
  test('of the smallest service has no noise', () => {
    expect(specOf(service())).toEqual({ type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] });
  });

  test('of a service with every field of its kind', () => {
    const web = service({
      ports: [{ port: 443, nodePort: NodePort.fixed(30443) }],
      loadBalancerIp: LoadBalancerIp.fixed('192.0.2.10'),
      loadBalancerClass: 'service.k8s.aws/nlb',
      sourceRanges: ['198.51.100.0/24', '2001:db8::/32'],
      allocateNodePorts: false,
      externalTrafficPolicy: TrafficPolicy.LOCAL,
      healthCheckNodePort: 30999,
    });
    expect(specOf(web)).toEqual({
      type: 'LoadBalancer',
      selector: { app: 'web' },
      ports: [{ port: 443, nodePort: 30443 }],
      loadBalancerIP: '192.0.2.10',
      loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerSourceRanges: ['198.51.100.0/24', '2001:db8::/32'],
      allocateLoadBalancerNodePorts: false,
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30999,
    });
    expect(problemsOf(web)).toEqual([]);
    expect(web.loadBalancerIp).toBe('192.0.2.10');
  });

  test.each([
    [METALLB, 'metallb.io/loadBalancerIPs', '192.0.2.10,2001:db8::a'],
    [CILIUM, 'lbipam.cilium.io/ips', '192.0.2.10,2001:db8::a'],
    [CALICO, 'projectcalico.org/loadBalancerIPs', '["192.0.2.10","2001:db8::a"]'],
  ])('asks %s in an annotation', (implementation, annotation, value) => {
    const web = service({
      annotations: { a: 'b' },
      loadBalancerIp: LoadBalancerIp.fixed('192.0.2.10', '2001:DB8:0::a').via(implementation),
    });
    expect(manifestOf(web)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', annotations: { a: 'b', [annotation]: value } },
      spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    expect(problemsOf(web)).toEqual([]);
  });

  test('asks for nothing where the load balancer chooses', () => {
    expect(manifestOf(service({ loadBalancerIp: LoadBalancerIp.dynamic().via(METALLB) }))).toEqual(
      manifestOf(service()),
    );
  });
});

describe('planned addresses', () => {
  function planned(props: Partial<LoadBalancerServiceProps>): LoadBalancerService {
    const cluster = new Cluster(Testing.app(), 'prod', {
      families: [IpFamily.IPV4, IpFamily.IPV6],
      serviceCidrs: ['10.96.0.0/16', 'fd00::/112'],
      loadBalancerCidrs: ['192.168.7.0/28', 'fd01::/124'],
    });
    return new LoadBalancerService(new Chart(cluster, 'shop'), 'web', { ...MINIMAL, ...props });
  }

  test('stand in the field of the spec', () => {
    const web = planned({ loadBalancerIp: LoadBalancerIp.planned() });
    expect(specOf(web)).toMatchObject({ loadBalancerIP: expect.stringMatching(/^192\.168\.7\.\d+$/) as string });
    expect(problemsOf(web)).toEqual([]);
  });

  test.each([
    [METALLB, /^192\.168\.7\.\d+,fd01::[0-9a-f]+$/],
    [CALICO, /^\["192\.168\.7\.\d+","fd01::[0-9a-f]+"\]$/],
  ])('stand in the annotation %s, one for each family', (implementation, pattern) => {
    const web = planned({
      loadBalancerIp: LoadBalancerIp.planned().via(implementation),
      ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK,
    });
    expect(manifestOf(web)).toMatchObject({
      metadata: { annotations: { [implementation]: expect.stringMatching(pattern) as string } },
    });
    expect(problemsOf(web)).toEqual([]);
  });

  test('of two families do not fit the field of the spec', () => {
    const web = planned({
      loadBalancerIp: LoadBalancerIp.planned(),
      ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK,
    });
    expect(problemsOf(web)).toEqual(['NL983 loadBalancerIp is to have 2 addresses, and spec.loadBalancerIP holds one']);
  });
});

test('loadBalancerIp says why there is none', () => {
  expect(() => service().loadBalancerIp as unknown).toThrow(
    'The load balancer chooses the address of Service shop/web: use LoadBalancerIp.planned() or LoadBalancerIp.fixed().',
  );
});

test.each<[Partial<LoadBalancerServiceProps>, string[]]>([
  [{ loadBalancerIp: LoadBalancerIp.fixed() }, ['NL982 loadBalancerIp fixes no address']],
  [
    { loadBalancerIp: LoadBalancerIp.fixed('192.0.2.300') },
    ['NL261 loadBalancerIp: 192.0.2.300 has the octet 300, above 255'],
  ],
  [
    { loadBalancerIp: LoadBalancerIp.fixed('192.0.2.1', '192.0.2.2').via(METALLB) },
    ['NL983 loadBalancerIp has several IPv4 addresses: 192.0.2.1, 192.0.2.2'],
  ],
  [
    { loadBalancerIp: LoadBalancerIp.fixed('192.0.2.1', 'fd00::1') },
    ['NL983 loadBalancerIp is to have 2 addresses, and spec.loadBalancerIP holds one'],
  ],
  [
    { loadBalancerIp: LoadBalancerIp.fixed('192.0.2.1').via(METALLB), annotations: { [METALLB]: '192.0.2.2' } },
    ['NL983 annotation metallb.io/loadBalancerIPs is given, and loadBalancerIp writes it too'],
  ],
  [{ loadBalancerClass: 'not a class' }, ['NL238 loadBalancerClass is "not a class", which is not a qualified name']],
  [{ sourceRanges: [] }, ['NL982 sourceRanges is empty, which lets every client in']],
  [
    { sourceRanges: ['10.0.0.5/24'] },
    [
      'NL237 sourceRanges[0]: 10.0.0.5/24 has host bits set; Kubernetes refuses it since 1.36, and reads 10.0.0.0/24 before',
    ],
  ],
  [
    { healthCheckNodePort: 30999 },
    ['NL234 healthCheckNodePort is set, and is only for type LoadBalancer with externalTrafficPolicy Local'],
  ],
  [
    { healthCheckNodePort: 70000, externalTrafficPolicy: TrafficPolicy.LOCAL },
    ['NL231 healthCheckNodePort is 70000, which is not a whole number from 1 to 65535'],
  ],
])('problems of %j', (props, problems) => {
  expect(problemsOf(service(props))).toEqual(problems);
});
