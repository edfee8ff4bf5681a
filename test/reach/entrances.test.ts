import { parseAllDocuments } from 'yaml';
import { connections, entrances, EVERYTHING, type Filter, readParty, readPort, solve } from '../../lib/reach';
import type { Json } from './oracle';
import { modelOf } from './reach-of';

function read(yaml: string): Json[] {
  return [...parseAllDocuments(yaml)].map((document) => document.toJS() as Json);
}

const pods = (name: string, more = '', labels = `app: ${name}`, namespace = 'shop'): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { ${labels} } }
    spec: { containers: [{ name: c, image: i, ports: [{ name: http, containerPort: 8080${more} }] }] }
`;
const service = (more: string, name = 'web', namespace = 'shop'): string => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: web }, ports: [{ name: www, port: 80, targetPort: http }], ${more} }
`;
const policy = (spec: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ${spec} }
`;
const ingress = (spec: string): string => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { ingressClassName: nginx, ${spec} }
`;
const path = (backend: string): string =>
  `rules: [{ host: a.example, http: { paths: [{ path: /, pathType: Prefix, backend: ${backend} }] } }]`;
const BY_NAME = path('{ service: { name: web, port: { name: www } } }');
const controller = pods('controller', '', 'app.kubernetes.io/name: ingress-nginx', 'ingress-nginx');
const route = (backend: string, namespace: string): string => `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: ${namespace} }
spec: { parentRefs: [{ name: gw }], rules: [{ backendRefs: [${backend}] }] }
`;
const grant = `---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge }], to: [{ group: '', kind: Service }] }
`;
const OTHER_ROUTE = route('{ name: web, namespace: shop, port: 80 }', 'edge');
const FROM_CONTROLLER = policy(
  'ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } } }], ports: [{ port: 8080 }] }]',
);

/** `kind: offered, connections` */
test.each<[string, string, readonly string[]]>([
  ['a port by name', service('') + ingress(BY_NAME), ['Ingress: TCP 8080, TCP 8080']],
  [
    'a port by number',
    service('') + ingress(path('{ service: { name: web, port: { number: 80 } } }')),
    ['Ingress: TCP 8080, TCP 8080'],
  ],
  [
    'the port of the pods is none of the Service',
    service('') + ingress(path('{ service: { name: web, port: { number: 8080 } } }')),
    [],
  ],
  [
    'a default backend',
    service('') + ingress('defaultBackend: { service: { name: web, port: { number: 80 } } }'),
    ['Ingress: TCP 8080, TCP 8080'],
  ],
  ['a backend that is no Service', service('') + ingress(path('{ resource: { kind: Bucket, name: b } }')), []],
  ['rules with hosts only', service('') + ingress('rules: [{ host: a.example }]'), []],
  ['a Service that is not there', ingress(BY_NAME), []],
  [
    'a policy that denies all',
    service('') + ingress(BY_NAME) + policy('ingress: []'),
    ['Ingress: TCP 8080, No Connections'],
  ],
  [
    'a policy for another port',
    service('') + ingress(BY_NAME) + policy('ingress: [{ ports: [{ port: 80 }] }]'),
    ['Ingress: TCP 8080, No Connections'],
  ],
  [
    'a policy for the port of the pods',
    service('') + ingress(BY_NAME) + policy('ingress: [{ ports: [{ port: http }] }]'),
    ['Ingress: TCP 8080, TCP 8080'],
  ],
  [
    'a policy for a namespace that the input does not have',
    service('') + ingress(BY_NAME) + FROM_CONTROLLER,
    ['Ingress: TCP 8080, TCP 8080 (assumed)'],
  ],
  [
    'the same with the controller there',
    service('') + ingress(BY_NAME) + FROM_CONTROLLER + controller,
    ['Ingress: TCP 8080, TCP 8080'],
  ],
  [
    'a controller whom the policy does not allow',
    service('') + ingress(BY_NAME) + policy('ingress: [{ from: [{ podSelector: {} }] }]') + controller,
    ['Ingress: TCP 8080, No Connections'],
  ],
  ['a route', service('') + route('{ name: web, port: 80 }', 'shop'), ['Gateway: TCP 8080, TCP 8080']],
  ['a route to another namespace without a grant', service('') + OTHER_ROUTE, []],
  ['a route to another namespace with a grant', service('') + OTHER_ROUTE + grant, ['Gateway: TCP 8080, TCP 8080']],
  ['a ClusterIP', service(''), []],
  ['a load balancer', service('type: LoadBalancer'), ['LoadBalancer: TCP 8080, TCP 8080']],
  [
    'a load balancer and a policy for some addresses',
    service('type: LoadBalancer') + policy('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'),
    ['LoadBalancer: TCP 8080, TCP 8080'],
  ],
  [
    'a load balancer for other addresses than the policy',
    service('type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24]') +
      policy('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'),
    ['LoadBalancer: TCP 8080, No Connections'],
  ],
  [
    'a load balancer for addresses of the policy',
    service('type: LoadBalancer, loadBalancerSourceRanges: ["10.1.0.0/16"]') +
      policy('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'),
    ['LoadBalancer: TCP 8080, TCP 8080'],
  ],
  ['a node port', service('type: NodePort'), ['NodePort: TCP 8080, TCP 8080']],
  ['external IPs', service('externalIPs: [192.0.2.1]'), ['externalIPs: TCP 8080, TCP 8080']],
])('%s', (_name, yaml, expected) => {
  const model = modelOf(read(pods('web') + yaml));
  const reach = solve(model);
  expect(
    entrances(model, reach).map(
      ({ kind, offered, connections: open, assumed }) =>
        `${kind}: ${reach.sets.text(offered)}, ${reach.sets.text(open)}${assumed ? ' (assumed)' : ''}`,
    ),
  ).toEqual(expected);
});

test('a host port', () => {
  const model = modelOf(read(pods('web', ', hostPort: 80') + policy('ingress: [{ ports: [{ port: 8080 }] }]')));
  const reach = solve(model);
  expect(entrances(model, reach)).toMatchObject([{ kind: 'hostPort', assumed: false, workload: 0 }]);
});

describe('filters', () => {
  const model = modelOf(
    read(
      pods('web') +
        pods('db') +
        pods('api', '', 'app: api', 'back') +
        policy(
          'ingress: [{ ports: [{ port: http }] }, { from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 53, protocol: UDP }] }]',
        ),
    ),
  );
  const reach = solve(model);

  function filterOf({ from, to, port }: { from?: string; to?: string; port?: string }): Filter {
    const party = (text: string | undefined): Filter['from'] => {
      if (text === undefined) return undefined;
      const found = readParty(text, reach.workloads, undefined);
      if ('party' in found) return found.party;
      throw new Error(`${found.problem}: ${found.help}`);
    };
    return { from: party(from), to: party(to), ports: port === undefined ? undefined : readPort(port, reach) };
  }

  const lines = (filter: Filter): string[] =>
    [...connections(reach, entrances(model, reach), filter)].map(
      ({ src, dst, set }) => `${src} => ${dst}: ${reach.sets.text(set)}`,
    );

  test.each<[string, { from?: string; to?: string; port?: string }, readonly string[]]>([
    ['a workload', { from: 'shop/db', to: 'shop/web' }, ['shop/db[Deployment] => shop/web[Deployment]: TCP 8080']],
    [
      'a workload with its kind',
      { from: 'shop/db[Deployment]', to: 'back' },
      ['shop/db[Deployment] => back/api[Deployment]: All Connections'],
    ],
    [
      'a namespace',
      { from: 'shop', to: 'back/api', port: '80' },
      ['shop/db[Deployment] => back/api[Deployment]: TCP 80', 'shop/web[Deployment] => back/api[Deployment]: TCP 80'],
    ],
    [
      'an address',
      { from: '10.1.2.3', to: 'shop/web' },
      ['10.0.0.0-10.255.255.255 => shop/web[Deployment]: TCP 8080; UDP 53'],
    ],
    [
      'a CIDR',
      { from: '10.0.0.0/7', to: 'shop/web', port: '53/UDP' },
      ['10.0.0.0-10.255.255.255 => shop/web[Deployment]: UDP 53'],
    ],
    [
      'everything outside',
      { from: 'outside', to: 'shop/web', port: 'http' },
      [
        '0.0.0.0-9.255.255.255 => shop/web[Deployment]: TCP 8080',
        '10.0.0.0-10.255.255.255 => shop/web[Deployment]: TCP 8080',
        '11.0.0.0-255.255.255.255 => shop/web[Deployment]: TCP 8080',
      ],
    ],
    [
      'outside as destination',
      { from: 'back/api', to: '192.0.2.0/24', port: '443/TCP' },
      ['back/api[Deployment] => 0.0.0.0-255.255.255.255: TCP 443'],
    ],
    ['a name that the outside does not have', { from: 'back/api', to: 'outside', port: 'http' }, []],
    [
      'a protocol',
      { from: 'back/api', to: 'shop', port: 'udp' },
      ['back/api[Deployment] => shop/db[Deployment]: UDP 1-65535'],
    ],
    [
      'a range of ports',
      { from: 'back/api', to: 'shop/web', port: '8000-9000' },
      ['back/api[Deployment] => shop/web[Deployment]: TCP 8080'],
    ],
    ['another port', { from: 'back/api', to: 'shop/web', port: '81' }, []],
  ])('%s', (_name, filter, expected) => {
    expect(lines(filterOf(filter))).toEqual(expected);
  });

  test('without a filter all are there', () => {
    expect(lines(EVERYTHING)).toHaveLength(reach.count());
  });

  test.each([
    ['shop/wep', 'there is no workload and no namespace shop/wep: did you mean shop/web?'],
    ['sjop', 'there is no workload and no namespace sjop: did you mean shop?'],
    ['wrong/api', 'there is no workload and no namespace wrong/api: there is back/api[Deployment]'],
    [
      'shop/nothing-like-it',
      'there is no workload and no namespace shop/nothing-like-it: there is shop/db[Deployment], shop/web[Deployment]',
    ],
    ['10.0.0.0/33', '/33'],
  ])('%s is nobody', (text, problem) => {
    expect(() => filterOf({ from: text })).toThrow(problem);
  });

  test.each(['0', '65536', '90-80', '80/ICMP', 'HTTP', '80-', '-'])('%s is no port', (text) => {
    expect(readPort(text, reach)).toBeUndefined();
  });
});
