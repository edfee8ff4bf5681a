import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Deployment, Service as PlusService, ServiceType } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  Cluster,
  ClusterIp,
  ClusterIpService,
  Fleet,
  Ingress,
  IngressBackend,
  LoadBalancerIp,
  LoadBalancerService,
  NodePort,
  NodePortService,
  Pods,
  ServiceReference,
  BackendPort,
} from '../../lib';

const SIZES = { supernets: ['10.0.0.0/8'], nodes: 10, services: 200, loadBalancers: 8 };
const WEB = Pods.labelled({ app: 'web' });
const HTTP = { port: 80 };

let directory: string;
let home: string;
let ci: string | undefined;
let printed: string[];

beforeEach(() => {
  home = process.cwd();
  directory = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  process.chdir(directory);
  ci = process.env.CI;
  delete process.env.CI;
  printed = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(home);
  rmSync(directory, { recursive: true, force: true });
  if (ci !== undefined) process.env.CI = ci;
});

const lockText = (): string => readFileSync('netloom.lock.json', 'utf8');
const lockEntries = (): Record<string, string> =>
  (JSON.parse(lockText()) as { allocations: Record<string, string> }).allocations;

function appWithCluster(props = {}): { app: App; cluster: Cluster; chart: Chart } {
  const app = new App({ outdir: 'out' });
  const cluster = new Cluster(app, 'prod', { ...SIZES, ...props });
  return { app, cluster, chart: new Chart(cluster, 'shop', { namespace: 'shop' }) };
}

function synthError(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the synth was expected to fail');
}

/** With a port, which the API server insists on, unless the spec has its own. */
function rawService(scope: Construct, id: string, fields: object, name = id): ApiObject {
  const spec = { ports: [{ port: 80 }], ...fields };
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'Service', metadata: { name }, ...{ spec } });
}

describe('addresses', () => {
  test('are plain strings while constructs are built', () => {
    const { cluster } = appWithCluster({ families: ['IPv4', 'IPv6'], supernets: ['10.0.0.0/8', 'fd00::/32'] });
    expect(`${cluster.podCidr} ${cluster.serviceCidr} ${cluster.loadBalancerCidr} ${cluster.dnsIp}`).toBe(
      '10.0.0.0/20 10.0.32.0/24 10.0.34.0/29 10.0.32.10',
    );
    expect(cluster.podCidrs).toHaveLength(2);
    expect(cluster.nodeCidrMaskSize).toEqual({ IPv4: 24, IPv6: 64 });
  });

  test('that could not be planned stand in, and the synth fails', () => {
    const { app, cluster } = appWithCluster({ supernets: ['10.0.0.0/24'] });
    expect(cluster.podCidr).toBe('192.0.2.0/24');
    expect(synthError(app)).toContain('NL102');
  });

  test('that nobody asked for are an error of the code that reads them', () => {
    const cluster = new Cluster(Testing.app(), 'bare');
    expect(() => cluster.podCidr).toThrow('cluster bare has no pod range: give it nodes or podCidrs');
    expect(cluster.podCidrs).toEqual([]);
  });

  test('a fleet plans its clusters together', () => {
    const app = Testing.app();
    const fleet = new Fleet(app, 'fleet', {
      supernets: ['10.0.0.0/8'],
      clusters: { b: { nodes: 10 }, a: { nodes: 10 } },
    });
    expect(fleet.clusters.map(({ name, podCidr }) => `${name} ${podCidr}`)).toEqual([
      'a 10.0.0.0/20',
      'b 10.0.32.0/20',
    ]);
    expect(() => fleet.cluster('aa')).toThrow('fleet fleet has no cluster aa: did you mean a?');
  });
});

describe('every way to synthesize', () => {
  function build(app: App): Chart[] {
    const cluster = new Cluster(app, 'prod', SIZES);
    const charts = ['a', 'b', 'c'].map((id) => new Chart(cluster, id, { namespace: id }));
    for (const chart of charts) {
      new Deployment(chart, 'pods', { containers: [{ image: 'web', portNumber: 80 }] });
      new ClusterIpService(chart, 'web', { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.planned() });
    }
    return charts;
  }
  const ways: [string, (app: App, charts: Chart[]) => void][] = [
    ['synthYaml', (app) => void app.synthYaml()],
    ['Testing.synth', (_app, [chart]) => void Testing.synth(chart)],
    [
      'FILE_PER_CHART',
      (app) => {
        app.synth();
      },
    ],
  ];
  test.each(ways)('%s plans and checks once', (_name, synth) => {
    const app = new App({ outdir: 'out' });
    synth(app, build(app));
    expect(printed.filter((line) => line.includes('NL210'))).toHaveLength(3);
    expect(lockEntries()).toMatchObject({ 'prod/clusterIP/a/web/IPv4': '10.0.32.2' });
  });
  test.each([
    YamlOutputType.FILE_PER_APP,
    YamlOutputType.FILE_PER_CHART,
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ])('output type %s plans and checks once', (yamlOutputType) => {
    const app = new App({ outdir: 'out', yamlOutputType });
    build(app);
    app.synth();
    expect(printed.filter((line) => line.includes('NL210'))).toHaveLength(3);
  });

  test('what is added after a synth is seen by the next one', () => {
    const { app, chart } = appWithCluster();
    app.synth();
    rawService(chart, 'late', { clusterIP: '10.9.9.9' });
    expect(synthError(app)).toContain('NL204');
  });
});

describe('the error', () => {
  test('names every problem with code, construct and line of user code', () => {
    const { app, chart } = appWithCluster();
    new ClusterIpService(chart, 'one', { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.fixed('10.0.32.5') });
    new ClusterIpService(chart, 'two', { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.fixed('10.0.32.5') });
    new NodePortService(chart, 'ports', { pods: WEB, ports: [{ port: 80, nodePort: NodePort.fixed(8080) }] });
    const message = synthError(app);
    expect(message).toMatch(
      /\[Netloom\] error NL201 cluster-ip-conflict: clusterIp 10\.0\.32\.5 is also used by Service shop\/one\n {6}--> \S*network-synthesis\.test\.ts:\d+:\d+ Service shop\/two \(prod\/shop\/two\/Resource\)\n {6}= first used here: \S*network-synthesis\.test\.ts:\d+:\d+ Service shop\/one \(prod\/shop\/one\/Resource\)\n {6}= help: /,
    );
    expect(message).toContain('NL207');
    expect(message).not.toContain(directory);
  });

  test('shows the first hundred of many', () => {
    const { app, chart } = appWithCluster();
    for (let index = 0; index < 1001; index++) rawService(chart, `s${index}`, { clusterIP: '10.0.32.5' });
    const message = synthError(app);
    expect(message.match(/NL201/g)).toHaveLength(100);
    expect(message).toContain('… and 900 more');
  });

  test('includes a value that cannot be produced', () => {
    const { app, chart } = appWithCluster();
    rawService(chart, 'broken', {
      clusterIP: Lazy.any({
        produce: () => {
          throw new Error('no such thing');
        },
      }) as unknown,
    });
    rawService(chart, 'outside', { clusterIP: '10.9.9.9' });
    const message = synthError(app);
    expect(message).toContain('NL905');
    expect(message).toContain('NL204');
  });
});

describe('objects of other libraries count', () => {
  test.each([
    [
      'an ApiObject',
      (chart: Chart) => rawService(chart, 'other', { type: 'NodePort', ports: [{ port: 1, nodePort: 30000 }] }),
    ],
    [
      'cdk8s-plus',
      (chart: Chart) =>
        new PlusService(chart, 'other', {
          metadata: { name: 'other' },
          type: ServiceType.NODE_PORT,
          ports: [{ port: 1, nodePort: 30000 }],
        }),
    ],
    [
      'an included file',
      (chart: Chart) => {
        writeFileSync(
          'other.yaml',
          'apiVersion: v1\nkind: Service\nmetadata: {name: other, namespace: shop}\nspec: {type: NodePort, ports: [{port: 1, nodePort: 30000}]}\n',
        );
        return new Include(chart, 'other', { url: 'other.yaml' });
      },
    ],
  ])('%s: a planned node port avoids its fixed one', (_name, other) => {
    const { app, chart } = appWithCluster();
    new NodePortService(chart, 'web', { pods: WEB, ports: [{ port: 80, nodePort: NodePort.planned() }] });
    other(chart);
    app.synth();
    expect(lockEntries()).toMatchObject({ 'prod/nodePort/shop/web/80': '30001' });
  });

  test('conflicts between them are found', () => {
    const { app, chart } = appWithCluster();
    rawService(chart, 'a', { clusterIP: '10.0.32.1', type: 'LoadBalancer', loadBalancerIP: '10.0.34.2' });
    rawService(chart, 'b', { clusterIP: '10.0.32.255', type: 'LoadBalancer', loadBalancerIP: '10.0.34.2' });
    rawService(chart, 'c', { externalIPs: ['10.0.0.7'] });
    rawService(chart, 'd', {}, 'c');
    for (const [id, cidr] of [
      ['p', '10.0.0.0/21'],
      ['q', '10.0.4.0/22'],
      ['r', '10.128.0.0/16'],
    ] as const) {
      new ApiObject(chart, id, {
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPPool',
        metadata: { name: id },
        ...{ spec: { cidr } },
      });
    }
    const codes = new Set(synthError(app).match(/NL\d+/g));
    expect([...codes].sort()).toEqual(['NL203', 'NL205', 'NL209', 'NL601', 'NL602', 'NL910']);
  });

  test('Ingresses of one class that claim one path', () => {
    const { app, chart } = appWithCluster();
    const backend = IngressBackend.service(
      ServiceReference.of('elsewhere', { namespace: 'shop' }),
      BackendPort.number(80),
    );
    for (const id of ['one', 'two'])
      new Ingress(chart, id, { rules: [{ host: 'a.example.com', paths: [{ path: '/', backend }] }] });
    expect(synthError(app)).toContain(
      'NL401 ingress-route-conflict: rules[0].paths[0].path: a.example.com/ is also claimed by Ingress shop/one',
    );
  });
});

describe('planned values', () => {
  test('do not depend on the order of declarations', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (order) => {
        const app = Testing.app();
        const chart = new Chart(new Cluster(app, 'prod', SIZES), 'shop');
        const services = new Map(
          order.map((id) => [
            id,
            new LoadBalancerService(chart, id, {
              pods: WEB,
              ports: [{ port: 53, name: 'dns', nodePort: NodePort.planned() }],
              clusterIp: ClusterIp.planned(),
              loadBalancerIp: LoadBalancerIp.planned(),
            }),
          ]),
        );
        const manifests = Testing.synth(chart) as { metadata: { name: string }; spec: Record<string, unknown> }[];
        expect(services.size).toBe(4);
        for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
          expect(manifests.find(({ metadata }) => metadata.name === id)?.spec).toMatchObject({
            clusterIP: `10.0.32.${index + 2}`,
            loadBalancerIP: `10.0.34.${index + 1}`,
            ports: [{ nodePort: 30000 + index }],
          });
        }
      }),
      { numRuns: 5 },
    );
  });

  test('outside of every cluster are refused', () => {
    const app = new App({ outdir: 'out' });
    new Cluster(app, 'a', SIZES);
    new Cluster(app, 'b', SIZES);
    new ClusterIpService(new Chart(app, 'stray'), 'web', { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.planned() });
    expect(synthError(app)).toContain('NL124 planned-outside-cluster: a clusterIP is to be planned');
  });

  test('belong to the only cluster of the app', () => {
    const app = new App({ outdir: 'out' });
    new Cluster(app, 'a', SIZES);
    new ClusterIpService(new Chart(app, 'stray'), 'web', { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.planned() });
    app.synth();
    expect(lockEntries()).toMatchObject({ 'a/clusterIP/default/web/IPv4': '10.0.32.2' });
  });
});

describe('the lock', () => {
  function build(names: string[], services: string[]): App {
    const app = new App({ outdir: 'out' });
    for (const name of names) {
      const chart = new Chart(new Cluster(app, name, SIZES), 'shop');
      for (const id of services) {
        new ClusterIpService(chart, id, { pods: WEB, ports: [HTTP], clusterIp: ClusterIp.planned() });
      }
    }
    return app;
  }

  test('keeps addresses where they are when others come and go', () => {
    build(['prod'], ['b', 'c']).synth();
    build(['prod'], ['a', 'c']).synth();
    expect(lockEntries()).toEqual({
      'prod/clusterIP/default/a/IPv4': '10.0.32.2',
      'prod/clusterIP/default/c/IPv4': '10.0.32.3',
      'prod/loadBalancers/IPv4': '10.0.34.0/29',
      'prod/pods/IPv4': '10.0.0.0/20',
      'prod/services/IPv4': '10.0.32.0/24',
    });
  });

  test('forgets a cluster that is gone', () => {
    build(['old', 'prod'], ['a']).synth();
    build(['prod'], ['a']).synth();
    expect(Object.keys(lockEntries()).filter((key) => key.startsWith('old'))).toEqual([]);
  });

  test('is frozen when CI=true', () => {
    build(['prod'], ['a']).synth();
    const before = lockText();
    process.env.CI = 'true';
    build(['prod'], ['a']).synth();
    expect(synthError(build(['prod'], ['a', 'b']))).toContain(
      'NL123 lock-frozen: netloom.lock.json is frozen because CI=true, and this app would change it: + prod/clusterIP/default/b/IPv4 10.0.32.3',
    );
    expect(lockText()).toBe(before);
  });

  test('is not written when the synth fails, for whatever reason', () => {
    const ours = build(['prod'], ['a']);
    rawService(new Chart(ours, 'x'), 'bad', { clusterIP: '10.9.9.9' });
    expect(synthError(ours)).toContain('NL204');
    const theirs = build(['prod'], ['a']);
    new Chart(theirs, 'y').node.addValidation({ validate: () => ['not today'] });
    expect(synthError(theirs)).toContain('[y] not today');
    expect(existsSync('netloom.lock.json')).toBe(false);
  });

  test.each([
    ['truncated', '{"version": 1, "allocations": {"prod/po'],
    ['of another version', '{"version": 2, "allocations": {}}'],
    ['in the middle of a merge', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n'],
  ])('that is %s is an error and stays as it is', (_name, text) => {
    writeFileSync('netloom.lock.json', text);
    expect(synthError(build(['prod'], ['a']))).toContain('NL903');
    expect(lockText()).toBe(text);
  });

  test('is not touched by unit tests', () => {
    const app = Testing.app();
    const chart = new Chart(new Cluster(app, 'prod', SIZES), 'shop');
    process.env.CI = 'true';
    Testing.synth(chart);
    expect(existsSync('netloom.lock.json')).toBe(false);
  });

  test('can stand elsewhere', () => {
    const app = new App({ outdir: 'out' });
    app.node.setContext('netloom.dev/lock-file', 'other.lock.json');
    new Cluster(app, 'prod', SIZES);
    app.synth();
    expect(existsSync('other.lock.json')).toBe(true);
    expect(existsSync('netloom.lock.json')).toBe(false);
  });

  test('cannot serve two apps that know nothing of each other', () => {
    build(['dev'], ['a']).synth();
    expect(synthError(build(['prod'], ['a']))).toContain('NL126 lock-shared');
    expect(Object.keys(lockEntries())).toContain('dev/pods/IPv4');
  });

  test('keeps what another app of the same fleet has planned', () => {
    const clusters = { one: { nodes: 1, services: 50 }, two: { nodes: 1, services: 50 } };
    const half = (name: 'one' | 'two'): void => {
      const app = new App({ outdir: name });
      const fleet = new Fleet(app, 'fleet', { supernets: ['10.0.0.0/8'], clusters });
      new ClusterIpService(new Chart(fleet.cluster(name), 'shop'), 'web', {
        pods: WEB,
        ports: [HTTP],
        clusterIp: ClusterIp.planned(),
      });
      app.synth();
    };
    half('one');
    half('two');
    expect(Object.keys(lockEntries()).filter((key) => key.includes('clusterIP'))).toEqual([
      'one/clusterIP/default/web/IPv4',
      'two/clusterIP/default/web/IPv4',
    ]);
  });
});

test('two clusters of one name are told apart by nobody', () => {
  const app = new App({ outdir: 'out' });
  new Cluster(app, 'prod', SIZES);
  new Cluster(new Construct(app, 'other'), 'prod', SIZES);
  expect(synthError(app)).toContain('NL125 cluster-name-reused: there is another cluster called prod');
});

describe('netloom.yaml', () => {
  test('changes severities, and is read by no unit test', () => {
    const build = (app: App): void => {
      const chart = new Chart(new Cluster(app, 'prod', SIZES), 'shop');
      for (const id of ['a', 'b']) rawService(chart, id, { clusterIP: '10.0.32.50' });
    };
    writeFileSync('netloom.yaml', 'rules: { cluster-ip-conflict: off }\n');
    const app = new App({ outdir: 'out' });
    build(app);
    app.synth();
    const unitTest = Testing.app();
    build(unitTest);
    expect(synthError(unitTest)).toContain('NL201 cluster-ip-conflict');
  });

  test('that is wrong fails the synth', () => {
    writeFileSync('netloom.yaml', 'rulez: {}\n');
    const { app } = appWithCluster();
    expect(synthError(app)).toContain('NL970 invalid-config: unknown key rulez');
    expect(existsSync('netloom.lock.json')).toBe(false);
  });
});
