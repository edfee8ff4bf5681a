import { type ClusterFacts, networkModel } from '../../lib/model';
import { doubtsByWorkload, type Reachability, reachWorkloads, solveBounds } from '../../lib/reach';
import { objects } from '../rules/expectations';

const WORLD = `
  - Namespace shop: {}
    labels: { team: a }
  - Namespace back: {}
    labels: { team: b }
  - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
  - Deployment shop/db: { labels: { app: db }, ports: [{ name: sql, containerPort: 5432 }] }
  - Deployment back/job: { labels: { app: job } }
  - DaemonSet back/agent: { labels: { app: agent }, hostNetwork: true }
  - Service shop/db: { selector: { app: db }, ports: [{ port: 5432 }] }
  - manifest: { apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: { name: office, labels: { at: home } }, spec: { externalCIDRs: [192.0.2.0/24] } }
`;

const OUTSIDE = ['192.0.2.1', '198.51.100.1'];

function solved(
  policies: string,
  facts: ClusterFacts = {},
): { readonly open: (to: string) => Record<'least' | 'evaluated' | 'most', string[]>; readonly doubts: string[] } {
  const model = networkModel(objects(WORLD + policies), facts);
  const bounds = solveBounds(model, reachWorkloads(model, 'node'));
  return {
    open: (to) => ({
      least: opens(bounds.least, to),
      evaluated: opens(bounds.evaluated, to),
      most: opens(bounds.most, to),
    }),
    doubts: [...doubtsByWorkload(model, bounds.evaluated.compiled)].map(([who, why]) => `${who}: ${why}`),
  };
}

/** Who of all opens what to the workload, or whom it opens with `db →`. */
function opens(
  { workloads, sets, between, sources, outsideTo, destinations, toOutsideRange }: Reachability,
  to: string,
): string[] {
  const [isSource, name] = to.endsWith(' →') ? [true, to.slice(0, -2)] : [false, to];
  const own = workloads.findIndex((workload) => workload.name === name);
  const text = (set: number): string => (sets.text(set) === 'All Connections' ? '' : ` ${sets.text(set)}`);
  const found = workloads.flatMap((other, index): string[] => {
    const set = isSource ? between(own, index) : between(index, own);
    return index === own || set === 0 ? [] : [`${other.name}${text(set)}`];
  });
  const at = (ranges: Reachability['sources'], address: string): number => {
    const value = address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    return ranges.findIndex(({ family, first, last }) => family === 'IPv4' && first <= value && value <= last);
  };
  for (const address of OUTSIDE) {
    const set = isSource ? toOutsideRange(own, at(destinations, address)) : outsideTo(at(sources, address), own);
    if (set !== 0) found.push(`${address}${text(set)}`);
  }
  return found;
}

const policy = (spec: string, name = 'db'): string =>
  `  - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }\n`;
const ingress = (rule: string): string =>
  policy(`{ endpointSelector: { matchLabels: { app: db } }, ingress: [${rule}] }`);
const egress = (rule: string): string =>
  policy(`{ endpointSelector: { matchLabels: { app: db } }, egress: [${rule}] }`);
const clusterwide = (spec: string): string =>
  `  - manifest: { apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: { name: all }, spec: ${spec} }\n`;
const config = (data: string): string =>
  `  - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: kubernetes, ${data} } }\n`;

const ALL = ['agent', 'job', 'web', ...OUTSIDE];

test.each<[string, string, string, readonly string[]]>([
  [
    'null is as absent as nothing',
    ingress('{ fromEndpoints: null, toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }'),
    'db',
    ALL.map((who) => `${who} TCP 80`),
  ],
  ['an empty list is nobody', ingress('{ fromEndpoints: [], toPorts: [{ ports: [{ port: "80" }] }] }'), 'db', []],
  ['an item of toPorts without ports opens none', ingress('{ toPorts: [{}] }'), 'db', []],
  [
    'ANY is each of the three protocols',
    ingress('{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "1", endPort: 9, protocol: ANY }] }] }'),
    'db',
    ['web SCTP 1-9; TCP 1-9; UDP 1-9'],
  ],
  ['ICMP opens no port and isolates', ingress('{ icmps: [{ fields: [{ type: 8 }] }] }'), 'db', []],
  ['the world', ingress('{ fromEntities: [world] }'), 'db', OUTSIDE],
  ['the cluster has its nodes', ingress('{ fromEntities: [cluster] }'), 'db', ['agent', 'job', 'web']],
  [
    'labels do not select pods in the network of a node',
    ingress('{ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": back } }] }'),
    'db',
    ['job'],
  ],
  [
    'what Cilium runs itself is no pod',
    ingress('{ fromEntities: [health, ingress, init, unmanaged, none] }'),
    'db',
    [],
  ],
  [
    'a reserved label is the entity',
    ingress('{ fromEndpoints: [{ matchLabels: { "reserved:world": "" } }] }'),
    'db',
    OUTSIDE,
  ],
  ['a group of blocks', ingress('{ fromCIDRSet: [{ cidrGroupRef: office }] }'), 'db', ['192.0.2.1']],
  ['an exception to a group', ingress('{ fromCIDRSet: [{ cidrGroupRef: office, except: [192.0.2.0/28] }] }'), 'db', []],
  [
    'a Service is its pods',
    egress('{ toServices: [{ k8sService: { serviceName: db, namespace: shop } }] }'),
    'db →',
    [],
  ],
  [
    'a name of a port is looked up in the cluster',
    egress('{ toEntities: [all], toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }'),
    'db →',
    ['agent TCP 8080', 'job TCP 8080', 'web TCP 8080', ...OUTSIDE.map((who) => `${who} TCP 8080`)],
  ],
  [
    'for ingress it is that of the pod itself',
    ingress('{ fromEntities: [cluster], toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }'),
    'db',
    [],
  ],
  [
    'a foreign namespace of the subject is written over',
    policy('{ endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": back } }, ingress: [{}] }'),
    'job',
    ['agent', 'db', 'web', ...OUTSIDE],
  ],
  [
    'and without the source it selects nothing',
    policy('{ endpointSelector: { matchLabels: { io.kubernetes.pod.namespace: back } }, ingress: [{}] }'),
    'db',
    ALL,
  ],
  [
    'labels of namespaces',
    clusterwide(
      '{ endpointSelector: { matchLabels: { io.cilium.k8s.namespace.labels.team: a } }, ingress: [{ fromEndpoints: [{}] }] }',
    ),
    'db',
    ['job', 'web'],
  ],
  [
    'a rule of DNS for every name narrows nothing',
    egress(
      '{ toEndpoints: [{}], toPorts: [{ ports: [{ port: "53", protocol: UDP }], rules: { dns: [{ matchPattern: "*" }] } }] }',
    ),
    'db →',
    ['web UDP 53'],
  ],
  ['always: what no policy selects is closed', config('enable-policy: always'), 'db', []],
  ['never: nothing is', config('enable-policy: never') + ingress('{}'), 'db', ALL],
  [
    'ipBlocks of NetworkPolicies miss pods and nodes',
    config('x: y') +
      '  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }\n',
    'db',
    OUTSIDE,
  ],
  [
    'unless the agents are told to match them',
    config('policy-cidr-match-mode: "pods,nodes"') +
      '  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }\n',
    'db',
    ALL,
  ],
])('%s', (_name, policies, to, expected) => {
  const { open, doubts } = solved(policies);
  expect(open(to)).toEqual({ least: expected, evaluated: expected, most: expected });
  expect(doubts).toEqual([]);
});

const DB = 'shop/db[Deployment]: CiliumNetworkPolicy shop/db';

test.each<
  [
    string,
    string,
    string,
    readonly [least: readonly string[], evaluated: readonly string[], most: readonly string[]],
    readonly string[],
  ]
>([
  [
    'rules of layer 7 narrow a connection that can be opened',
    ingress(
      '{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }',
    ),
    'db',
    [[], ['web TCP 80'], ['web TCP 80']],
    [`${DB}: rules of layer 7 narrow it`],
  ],
  [
    'a rule for the same port without them makes it certain',
    ingress(
      '{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }, { fromEndpoints: [{}] }',
    ),
    'db',
    [['web'], ['web'], ['web']],
    [`${DB}: rules of layer 7 narrow it`],
  ],
  [
    'mutual authentication',
    ingress('{ fromEndpoints: [{}], authentication: { mode: required } }'),
    'db',
    [[], ['web'], ['web']],
    [`${DB}: it asks for mutual authentication`],
  ],
  [
    'names',
    egress('{ toFQDNs: [{ matchName: api.example.com }, { matchPattern: "*.example.org" }] }'),
    'db →',
    [[], [], OUTSIDE],
    [`${DB}: addresses of api.example.com, *.example.org are not known`],
  ],
  [
    'a group of blocks that is elsewhere',
    ingress('{ fromCIDRSet: [{ cidrGroupRef: branch }] }'),
    'db',
    [[], [], OUTSIDE],
    [`${DB}: CiliumCIDRGroup branch is not known`],
  ],
  [
    'what a deny perhaps denies is open for most alone',
    policy(
      '{ endpointSelector: { matchLabels: { app: db } }, enableDefaultDeny: { ingress: false }, ingressDeny: [{ fromCIDRSet: [{ cidrGroupRef: branch }] }] }',
    ),
    'db',
    [['agent', 'job', 'web'], ALL, ALL],
    [`${DB}: CiliumCIDRGroup branch is not known`],
  ],
  [
    'the API server',
    egress('{ toEntities: [kube-apiserver] }'),
    'db →',
    [[], [], ['agent', ...OUTSIDE]],
    [`${DB}: the addresses of the API server are not known`],
  ],
  [
    'pods of the own node',
    egress('{ toEntities: [host] }'),
    'db →',
    [[], [], ['agent']],
    [`${DB}: which pods run on the same node is not known`],
  ],
  [
    'pods of other nodes',
    egress('{ toEntities: [remote-node] }'),
    'db →',
    [[], ['agent'], ['agent']],
    [`${DB}: which pods run on the same node is not known`],
  ],
  [
    'a selector that only excludes a namespace',
    ingress(
      '{ fromEndpoints: [{ matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: NotIn, values: [shop] }] }] }',
    ),
    'db',
    [['job'], ['job'], ALL],
    [`${DB}: a selector that only excludes namespaces differs between releases of Cilium`],
  ],
  [
    'a service account in the subject',
    policy('{ endpointSelector: { matchLabels: { io.cilium.k8s.policy.serviceaccount: db } }, ingress: [{}] }'),
    'db',
    [[], ALL, ALL],
    [
      'shop/db[Deployment]: CiliumNetworkPolicy shop/db may decide it',
      'shop/web[Deployment]: CiliumNetworkPolicy shop/db may decide it',
    ],
  ],
  [
    'the firewall of nodes speaks of pods in their network',
    clusterwide('{ nodeSelector: {}, ingress: [{ fromEntities: [cluster] }] }'),
    'agent',
    [[], ['job', 'db', 'web', ...OUTSIDE], ['job', 'db', 'web', ...OUTSIDE]],
    ['back/agent[DaemonSet]: CiliumClusterwideNetworkPolicy all may decide it'],
  ],
])('not certain: %s', (_name, policies, to, [least, evaluated, most], expected) => {
  const { open, doubts } = solved(policies);
  expect(open(to)).toEqual({ least, evaluated, most });
  expect(doubts).toEqual(expected);
});

test.each<[ClusterFacts['policyEngine'], readonly string[]]>([
  [undefined, ['web']],
  ['cilium', ['web']],
  ['kubernetes', ALL],
  ['calico', ALL],
])('where the engine is said to be %s', (policyEngine, expected) => {
  const { open, doubts } = solved(ingress('{ fromEndpoints: [{}] }'), { policyEngine });
  expect(open('db')).toEqual({ least: expected, evaluated: expected, most: expected });
  expect(doubts).toEqual([]);
});

test('policies of administrators are not known to be read', () => {
  const { doubts } = solved(
    `${ingress('{}')}  - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: one }, spec: { tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] } }\n`,
  );
  expect(doubts).toContain('shop/web[Deployment]: ClusterNetworkPolicy one may decide it');
});
