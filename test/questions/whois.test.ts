import fc from 'fast-check';
import { formatAddress } from '../../lib/address';
import { type Answer, type Holder, isProblem, readQuery, type Sources, whois } from '../../lib/questions';
import { sourcesOf } from './sources';

function ask(question: string, sources: Sources): Answer {
  const query = readQuery(question, ['cluster.local', 'corp.example']);
  if (isProblem(query)) throw new Error(query.message);
  return whois(query, sources);
}

/** `supernet 10.0.0.0/8 > cluster a > …`, a path for each innermost holder. */
function paths(holders: readonly Holder[]): string[] {
  return holders.flatMap(({ what, name, holds }) => {
    const inner = paths(holds);
    return inner.length === 0 ? [`${what} ${name}`] : inner.map((path) => `${what} ${name} > ${path}`);
  });
}

const FLEET = {
  supernets: ['10.0.0.0/8'],
  reserved: { vpn: ['10.0.0.0/16'] },
  clusters: {
    a: {
      podCidrs: ['10.1.0.0/16'],
      serviceCidrs: ['10.2.0.0/20'],
      loadBalancerCidrs: ['10.3.0.0/26'],
      nodeNetwork: ['10.4.0.0/24'],
    },
  },
};
const LOCK = { 'a/clusterIP/shop/cart/IPv4': '10.2.0.2', 'a/nodePort/shop/cart/http': '30001' };
const SHOP = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: LoadBalancer
  loadBalancerIP: 10.3.0.7
  clusterIP: 10.2.4.4
  selector: {app: web}
  ports: [{name: http, port: 80, nodePort: 30080}]
---
apiVersion: v1
kind: Node
metadata: {name: n1}
spec: {podCIDR: 10.1.5.0/24}
status: {addresses: [{type: InternalIP, address: 10.4.0.9}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: infra}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: a, image: a, ports: [{containerPort: 9100, hostPort: 9100}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: shop, labels: {app: web}}
spec: {containers: [{name: a, image: a}]}
status: {podIP: 10.1.5.33, podIPs: [{ip: 10.1.5.33}]}
`;
const sources = sourcesOf({ fleet: FLEET, lock: LOCK, manifests: { a: SHOP } });

test.each<[string, string, string[]]>([
  ['10.0.3.4', 'taken', ['supernet 10.0.0.0/8 > reservation vpn']],
  [
    '10.2.4.4',
    'taken',
    ['supernet 10.0.0.0/8 > cluster a > services 10.2.0.0/20 > dynamic band 10.2.1.1-10.2.15.254 > Service shop/web'],
  ],
  [
    '10.2.0.2',
    'taken',
    ['supernet 10.0.0.0/8 > cluster a > services 10.2.0.0/20 > static band 10.2.0.1-10.2.1.0 > lock Service shop/cart'],
  ],
  [
    '10.2.0.10',
    'taken',
    [
      'supernet 10.0.0.0/8 > cluster a > services 10.2.0.0/20 > static band 10.2.0.1-10.2.1.0 > set aside for the DNS Service',
    ],
  ],
  ['10.3.0.7', 'taken', ['supernet 10.0.0.0/8 > cluster a > load balancers 10.3.0.0/26 > Service shop/web']],
  ['10.4.0.9', 'taken', ['supernet 10.0.0.0/8 > cluster a > node network 10.4.0.0/24 > Node n1']],
  ['10.1.5.33', 'taken', ['supernet 10.0.0.0/8 > cluster a > pods 10.1.0.0/16 > Node n1 > Pod shop/job']],
  ['10.1.6.1', 'allocated', ['supernet 10.0.0.0/8 > cluster a > pods 10.1.0.0/16 > pod CIDR of a node 10.1.6.0/24']],
  ['10.9.9.9', 'free', ['supernet 10.0.0.0/8']],
  ['192.168.1.1', 'unknown', []],
  ['127.0.0.1', 'allocated', ['special-purpose space 127.0.0.0/8']],
  [
    '10.3.0.0/25',
    'allocated',
    [
      'supernet 10.0.0.0/8 > cluster a > load balancers 10.3.0.0/26',
      'supernet 10.0.0.0/8 > cluster a > Service shop/web',
    ],
  ],
  ['30080/TCP', 'taken', ['cluster a > node ports 30000-32767 > static band 30000-30085 > Service shop/web']],
  ['30080/udp', 'taken', ['cluster a > node ports 30000-32767 > static band 30000-30085 > Service shop/web']],
  ['30001', 'taken', ['cluster a > node ports 30000-32767 > static band 30000-30085 > lock Service shop/cart']],
  ['31000', 'free', ['cluster a > node ports 30000-32767 > dynamic band 30086-32767']],
  ['9100/TCP', 'taken', ['cluster a > DaemonSet infra/agent']],
  ['9100/UDP', 'free', ['cluster a']],
  ['10250/TCP', 'allocated', ['cluster a']],
])('%s is %s', (question, verdict, holders) => {
  const answer = ask(question, sources);
  expect(answer.verdict).toBe(verdict);
  expect(paths(answer.holders)).toEqual(holders);
});

test('what is around an address', () => {
  const answer = ask('10.2.4.6', sources);
  expect(answer.neighbours.before?.name).toBe('shop/web');
  expect(answer.neighbours.after).toBeNull();
  expect(answer.free).toBe('10.2.4.6/31');
  expect(answer.conflicts).toEqual(['services 10.2.0.0/20 of cluster a']);
  const free = ask('10.5.0.0', sources);
  expect(free.free).toBe('10.5.0.0/16');
  expect([free.neighbours.before?.name, free.neighbours.after]).toEqual(['10.4.0.0/24', null]);
});

test('clusters that reuse each other’s ranges both have an address', () => {
  const clusters = {
    a: { podCidrs: ['10.1.0.0/16'], isolated: true },
    b: { podCidrs: ['10.1.0.0/16'], isolated: true },
  };
  expect(paths(ask('10.1.2.3', sourcesOf({ fleet: { clusters } })).holders)).toEqual([
    'cluster a > pods 10.1.0.0/16 > pod CIDR of a node 10.1.2.0/24',
    'cluster b > pods 10.1.0.0/16 > pod CIDR of a node 10.1.2.0/24',
  ]);
});

test('a block of Calico', () => {
  const pool =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: default}\nspec: {cidr: 10.244.0.0/16}\n';
  expect(paths(ask('10.244.1.70', sourcesOf({ manifests: { '': pool } })).holders)).toEqual([
    'pods 10.244.0.0/16 > IP pool default > block 10.244.1.64/26',
  ]);
});

describe('neighbours and free blocks agree with a search of all', () => {
  const BASE = 0x0a020400;
  test('of the addresses of Services', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 255 }),
        (used, asked) => {
          const text = (offset: number): string => formatAddress({ family: 'IPv4', value: BigInt(BASE + offset) });
          const manifests = used
            .map(
              (offset) =>
                `apiVersion: v1\nkind: Service\nmetadata: {name: s${offset}}\nspec: {clusterIP: ${text(offset)}}\n`,
            )
            .join('---\n');
          const answer = ask(text(asked), sourcesOf({ fleet: FLEET, manifests: { a: manifests } }));
          const before = Math.max(...used.filter((offset) => offset < asked));
          const after = Math.min(...used.filter((offset) => offset > asked));
          if (Number.isFinite(before)) expect(answer.neighbours.before?.name).toBe(`default/s${before}`);
          expect(answer.neighbours.after?.name).toBe(Number.isFinite(after) ? `default/s${after}` : undefined);
          expect(answer.verdict).toBe(used.includes(asked) ? 'taken' : 'allocated');
          if (answer.free === null) return;
          const size = 2 ** (32 - Number(answer.free.split('/')[1]));
          const first = Math.floor((BASE + asked) / size) * size - BASE;
          expect(used.filter((offset) => first <= offset && offset < first + size)).toEqual([]);
          // Twice the block would not be free, or leave the range.
          const larger = Math.floor((BASE + asked) / (2 * size)) * 2 * size - BASE;
          const isTaken = used.some((offset) => larger <= offset && offset < larger + 2 * size);
          expect(isTaken || larger < -1024 + 11 || 2 * size > 4096).toBe(true);
        },
      ),
    );
  });
});

const ROUTES = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: root, port: {number: 80}}}}
          - {path: /cart, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}
          - {path: /cart, pathType: Exact, backend: {service: {name: exact, port: {number: 80}}}}
    - host: '*.example.com'
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: wild, port: {number: 80}}}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: infra}
spec: {gatewayClassName: c, listeners: [{name: web, port: 80, protocol: HTTP, hostname: '*.gw.example.com'}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: api, namespace: shop}
spec:
  parentRefs: [{name: public, namespace: infra}]
  rules:
    - matches: [{path: {type: PathPrefix, value: /v1}}]
      backendRefs: [{name: v1, port: 80}]
    - matches: [{path: {type: PathPrefix, value: /v1}, method: POST}]
      backendRefs: [{name: writer, port: 80}]
`;

test.each([
  ['shop.example.com/', 'shop/root'],
  ['https://shop.example.com:443/cart?x=1', 'shop/exact'],
  ['shop.example.com/cart/1', 'shop/cart'],
  ['shop.example.com/cartoon', 'shop/root'],
  ['SHOP.example.com', 'shop/root'],
  ['other.example.com/x', 'shop/wild'],
  ['a.b.example.com/x', 'shop/fallback'],
  ['elsewhere.org', 'shop/fallback'],
])('%s goes to Service %s', (question, service) => {
  const answer = ask(question, sourcesOf({ manifests: { '': ROUTES } }));
  expect(answer.verdict).toBe('taken');
  expect(answer.holders[0].holds.flatMap(({ holds }) => holds.map(({ name }) => name))).toEqual([service]);
});

test('a route of a Gateway, with what only some requests reach', () => {
  const answer = ask('a.b.gw.example.com/v1/x', sourcesOf({ manifests: { '': ROUTES } }));
  const gateway = answer.holders.find(({ what }) => what === 'Gateway');
  expect(gateway?.name).toBe('infra/public');
  expect(gateway?.holds.map(({ detail, holds }) => [detail, holds[0].name])).toEqual([
    ['*/v1 (PathPrefix), only for requests with the method POST', 'shop/writer'],
    ['*/v1 (PathPrefix)', 'shop/v1'],
  ]);
});

const NAMES = `
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{name: pg, port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db
  replicas: 2
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db}]}}
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: db.shop.svc.cluster.local}
---
apiVersion: v1
kind: Service
metadata: {name: ping, namespace: shop}
spec: {type: ExternalName, externalName: pong.shop.svc.cluster.local}
---
apiVersion: v1
kind: Service
metadata: {name: pong, namespace: shop}
spec: {type: ExternalName, externalName: ping.shop.svc.cluster.local}
`;

test.each<[string, string[]]>([
  ['db.shop.svc.cluster.local', ['Service shop/db > StatefulSet shop/db']],
  ['DB.shop.svc.cluster.local.', ['Service shop/db > StatefulSet shop/db']],
  ['db.shop.svc', ['Service shop/db > StatefulSet shop/db']],
  ['db.shop', ['Service shop/db > StatefulSet shop/db']],
  ['db-1.db.shop.svc.cluster.local', ['Service shop/db > StatefulSet shop/db']],
  ['db-2.db.shop.svc.cluster.local', []],
  ['_pg._tcp.db.shop.svc.cluster.local', ['Service shop/db > StatefulSet shop/db']],
  ['_pg._udp.db.shop.svc.cluster.local', []],
  ['alias.shop.svc.cluster.local', ['Service shop/alias > Service shop/db > StatefulSet shop/db']],
  ['ping.shop.svc.cluster.local', ['Service shop/ping > Service shop/pong > DNS name ping.shop.svc.cluster.local']],
  ['dbb.shop.svc.cluster.local', []],
])('%s is %j', (question, holders) => {
  const answer = ask(question, sourcesOf({ manifests: { '': NAMES } }));
  expect(paths(answer.holders)).toEqual(holders);
  expect(answer.verdict).toBe(holders.length > 0 ? 'taken' : 'unknown');
});

test('a name that nobody has is probably another one', () => {
  const known = sourcesOf({ manifests: { '': NAMES } });
  expect(ask('alais.shop.svc.cluster.local', known).suggestions).toEqual(['alias.shop.svc.cluster.local']);
  expect(ask('db.prod.svc.cluster.local', known).suggestions).toEqual(['db.shop.svc.cluster.local']);
});

test('the name of a pod says its address', () => {
  expect(ask('10-1-5-33.shop.pod.cluster.local', sources).summary).toBe(
    '10.1.5.33 belongs to Pod shop/job of cluster a',
  );
});

test('the order of the manifests changes nothing', () => {
  const documents = SHOP.split('---');
  fc.assert(
    fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (shuffled) => {
      const answer = ask('10.0.0.0/8', sourcesOf({ fleet: FLEET, lock: LOCK, manifests: { a: shuffled.join('---') } }));
      expect(paths(answer.holders)).toEqual(paths(ask('10.0.0.0/8', sources).holders));
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['', 'the question is empty'],
  ['0/TCP', '0 is no port'],
  ['70000', '70000 is no port'],
  ['80/TPC', 'TPC is no protocol of a Service'],
  ['10.0.0.1/8', '10.0.0.1/8 has host bits set'],
  ['10.0.0.256', '10.0.0.256'],
  ['a b', '"a b" is no address, port, host or DNS name'],
  ['-x.example.com', '"-x.example.com" is no address'],
])('%j is no question', (question, message) => {
  const query = readQuery(question, []);
  expect(isProblem(query) && query.message).toContain(message);
});
