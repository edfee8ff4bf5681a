import { Chart, Testing } from 'cdk8s';
import { Cluster, NodePort, NodePortService, type NodeServiceProps, Pods, Protocol, TrafficPolicy } from '../../../lib';
import { problemsOf, shopChart, specOf } from '../synthesized';

const PODS = Pods.labelled({ app: 'web' });

function service(props: Partial<NodeServiceProps> = {}): NodePortService {
  return new NodePortService(shopChart(), 'web', { pods: PODS, ports: [{ port: 80 }], ...props });
}

test('manifest', () => {
  const web = service({
    ports: [
      { port: 80, name: 'http', nodePort: NodePort.fixed(30080) },
      { port: 443, name: 'https', nodePort: NodePort.dynamic() },
      { port: 9090, name: 'metrics' },
    ],
    externalTrafficPolicy: TrafficPolicy.LOCAL,
  });
  expect(specOf(web)).toEqual({
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [
      { port: 80, name: 'http', nodePort: 30080 },
      { port: 443, name: 'https' },
      { port: 9090, name: 'metrics' },
    ],
    externalTrafficPolicy: 'Local',
  });
  expect(problemsOf(web)).toEqual([]);
});

describe('planned node ports', () => {
  function planned(): NodePortService {
    const cluster = new Cluster(Testing.app(), 'prod', { serviceCidrs: ['10.96.0.0/16'] });
    const dns = new NodePortService(new Chart(cluster, 'dns'), 'dns', {
      pods: PODS,
      ports: [{ port: 53, name: 'dns', protocol: Protocol.UDP, nodePort: NodePort.planned() }],
    });
    dns.addPort({ port: 8080, name: 'health', nodePort: NodePort.planned() });
    return dns;
  }

  test('are in the static band of the default range, each another', () => {
    const { ports } = specOf(planned()) as { ports: { nodePort: number }[] };
    expect(ports.map(({ nodePort }) => nodePort).sort()).toEqual([30000, 30001]);
  });

  test('can be used in other objects', () => {
    const dns = planned();
    const { ports } = specOf(dns) as { ports: { name: string; nodePort: number }[] };
    const other = new NodePortService(dns.apiObject.chart, 'other', {
      pods: PODS,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- as users pass it on
      ports: [{ port: dns.nodePort('health') }],
    });
    expect(specOf(other)).toMatchObject({ ports: [{ port: ports.find(({ name }) => name === 'health')?.nodePort }] });
  });
});

describe('nodePort()', () => {
  const web = service({ ports: [{ port: 80, name: 'http', nodePort: NodePort.fixed(30080) }, { port: 443 }] });

  test.each(['http', '80'])('finds a port by %s', (port) => {
    expect(web.nodePort(port)).toBe(30080);
  });

  test('says why there is none', () => {
    expect(() => web.nodePort('443') as unknown).toThrow(
      'The cluster chooses the node port of port 443 of Service shop/web: use NodePort.planned() or NodePort.fixed().',
    );
    expect(() => web.nodePort('htpp') as unknown).toThrow('Service shop/web has no port "htpp". Its ports: http, 443.');
  });
});

test.each<[Partial<NodeServiceProps>, string[]]>([
  [
    { ports: [{ port: 80, nodePort: NodePort.fixed(0) }] },
    ['NL982 ports[0].nodePort is 0, which the API takes for no value'],
  ],
  [{ ports: [] }, ['NL231 the Service has no ports']],
])('problems of %j', (props, problems) => {
  expect(problemsOf(service(props))).toEqual(problems);
});
