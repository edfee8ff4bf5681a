import { policyWithoutDns } from '../../../lib/rules/policies/policy-without-dns';
import { testRule } from '../expectations';

const NO_DNS = "may open some connections, and none to the cluster's DNS: names are not resolved";
const HELP = 'help: allow port 53 for UDP and TCP to the pods k8s-app: kube-dns of namespace kube-system';

/** One workload with one policy, whose egress is this. */
function egress(rules: string): string {
  return `
    - Deployment shop/web: { labels: { app: web } }
    - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: ${rules} }
  `;
}

const FOUND = `
  warning NL515 policy-without-dns
  on NetworkPolicy shop/web at spec.egress
  Deployment shop/web ${NO_DNS}
  ${HELP}
  see Deployment shop/web at the object: selected by the policy
`;

const OPENSHIFT_DNS = `
    - Service openshift-dns/dns-default: { selector: { dns: default }, ports: [{ name: dns, port: 53, protocol: UDP, targetPort: dns }] }
    - DaemonSet openshift-dns/dns-default: { labels: { dns: default }, ports: [{ name: dns, containerPort: 5353, protocol: UDP }] }
  `;

testRule(policyWithoutDns, [
  {
    name: 'the port of the DNS Service, whose pods listen on another',
    input: egress('[{ ports: [{ port: 53 }, { port: 53, protocol: UDP }] }]') + OPENSHIFT_DNS,
    expected: [
      `
      warning NL515 policy-without-dns
      on NetworkPolicy shop/web at spec.egress.0.ports.1
      Deployment shop/web may use port 53, and the pods of the cluster's DNS listen on 5353: names are not resolved
      help: a policy sees the port of the pods: allow 5353 for UDP and TCP as well
      see Deployment shop/web at the object: selected by the policy
      `,
    ],
  },
  ...[
    ['both ports', '[{ ports: [{ port: 53, protocol: UDP }, { port: 5353, protocol: UDP }] }]', ''],
    ['the name of the port', '[{ ports: [{ port: dns, protocol: UDP }] }]', ''],
    ['a range of ports', '[{ ports: [{ port: 1024, endPort: 9999, protocol: UDP }] }]', ''],
    [
      'a cache on the nodes that listens on 53',
      '[{ ports: [{ port: 53, protocol: UDP }] }]',
      '- DaemonSet kube-system/node-local-dns: { labels: { k8s-app: node-local-dns }, hostNetwork: true, ports: [{ containerPort: 53, protocol: UDP }] }',
    ],
  ].map(([name, rules, more]) => ({
    name: `silent: ${name}`,
    input: `${egress(rules)}${OPENSHIFT_DNS}  ${more}
  `,
    expected: [],
  })),
  {
    name: 'silent: the port of a DNS Service whose pods are elsewhere',
    input: `${egress('[{ ports: [{ port: 53, protocol: UDP }] }]')}
    - Service openshift-dns/dns-default: { selector: { dns: default }, ports: [{ name: dns, port: 53, protocol: UDP, targetPort: dns }] }
  `,
    expected: [],
  },
  ...[
    '[{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 5432 }] }]',
    '[{ to: [{ podSelector: {} }] }]',
    '[{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } } }] }]',
    '[{ ports: [{ port: 443 }] }]',
    '[{ ports: [{ port: 54, endPort: 60, protocol: UDP }, { protocol: TCP }] }]',
    '[{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 443 }] }]',
  ].map((rules) => ({ name: `no DNS: ${rules}`, input: egress(rules), expected: [FOUND] })),
  ...[
    '[]',
    '[{}]',
    '[{ ports: [{ port: 53, protocol: UDP }] }]',
    '[{ ports: [{ protocol: UDP }] }]',
    '[{ ports: [{ port: 1, endPort: 100, protocol: UDP }] }]',
    '[{ to: [{ podSelector: {} }], ports: [{ port: 53, protocol: UDP }] }]',
    '[{ to: [{ namespaceSelector: {} }] }]',
    '[{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }] }]',
    '[{ to: [{ namespaceSelector: { matchLabels: { name: kube-system } } }], ports: [{ port: dns, protocol: UDP }] }]',
    '[{ to: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [openshift-dns] }] } }], ports: [{ port: 5353, protocol: UDP }] }]',
    '[{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]',
  ].map((rules) => ({ name: `DNS, or nothing at all: ${rules}`, input: egress(rules), expected: [] })),
  {
    name: 'DNS over TCP only',
    input: egress('[{ to: [{ podSelector: {} }] }, { ports: [{ port: 443 }, { port: 53 }] }]'),
    expected: [
      `
      warning NL515 policy-without-dns
      on NetworkPolicy shop/web at spec.egress.1.ports.1
      Deployment shop/web may use the DNS port over TCP only, and lookups begin with UDP
      help: add the same port with protocol: UDP
      see Deployment shop/web at the object: selected by the policy
      `,
    ],
  },
  {
    name: 'policies add up: for each workload all that select it',
    input: `
      - Deployment shop/a: { labels: { app: a } }
      - Deployment shop/b: { labels: { app: b } }
      - Deployment shop/c: { labels: { app: c } }
      - NetworkPolicy shop/deny: { podSelector: {}, policyTypes: [Egress] }
      - NetworkPolicy shop/inside: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }] }
      - NetworkPolicy shop/dns: { podSelector: { matchLabels: { app: c } }, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }
    `,
    expected: [
      `
      warning NL515 policy-without-dns
      on NetworkPolicy shop/inside at spec.egress
      Deployment shop/a and 1 more ${NO_DNS}
      ${HELP}
      see Deployment shop/a at the object: selected by the policy
      `,
    ],
  },
  {
    name: 'a DNS server of their own, another DNS than that of the cluster, and the network of the node',
    input: `
      - Deployment a/web: { labels: { app: web } }
      - Deployment a/dns: { labels: { app: dns }, ports: [{ containerPort: 53, protocol: UDP }] }
      - NetworkPolicy a/web: { podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ podSelector: { matchLabels: { app: dns } } }] }] }
      - Deployment b/web: { labels: { app: web }, dnsPolicy: None }
      - Deployment b/host: { labels: { app: web }, hostNetwork: true }
      - NetworkPolicy b/web: { podSelector: {}, egress: [{ to: [{ podSelector: {} }] }] }
      - Deployment kube-system/web: { labels: { app: web } }
      - NetworkPolicy kube-system/web: { podSelector: {}, egress: [{ to: [{ podSelector: { matchLabels: { k8s-app: kube-dns } } }] }] }
    `,
    expected: [],
  },
  {
    name: 'a peer without the DNS that the input shows',
    input: `
      - Namespace kube-system: {}
        labels: { team: platform }
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy shop/web: { podSelector: {}, egress: [{ to: [{ namespaceSelector: { matchLabels: { team: data } } }] }] }
    `,
    expected: [FOUND],
  },
]);

const KUBELET = 'apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration';
const cache = (localIp: string): string =>
  `- DaemonSet kube-system/node-local-dns: { labels: { k8s-app: node-local-dns }, hostNetwork: true, containers: [{ name: cache, args: [-localip, '${localIp}', -conf, /etc/Corefile], ports: [{ containerPort: 53, protocol: UDP }] }] }`;
const COREDNS = `- Service kube-system/kube-dns: { clusterIP: 10.96.0.10, selector: { k8s-app: kube-dns }, ports: [{ port: 53, protocol: UDP }] }`;
const KUBE_DNS =
  '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }';
const DNS_PORTS = 'ports: [{ port: 53, protocol: UDP }, { port: 53 }]';
const toPods = `[{ to: [${KUBE_DNS}], ${DNS_PORTS} }]`;
const toAddress = (cidr: string, more = ''): string =>
  `[{ to: [{ ipBlock: { cidr: ${cidr}${more} } }], ${DNS_PORTS} }]`;
const servers = (...addresses: string[]): string =>
  `- manifest: { ${KUBELET}, clusterDNS: [${addresses.map((address) => `'${address}'`).join(', ')}] }`;

/** What the finding says of servers that are no pods. */
const notAsked = (addresses: string, blocks: string): string => `
  warning NL515 policy-without-dns
  on NetworkPolicy shop/web at spec.egress
  Deployment shop/web may open some connections, and none to the cluster's DNS, which pods ask at ${addresses}: names are not resolved
  help: a pod selector never matches that address: allow port 53 for UDP and TCP to the ipBlock ${blocks}
  see Deployment shop/web at the object: selected by the policy
`;
const CACHED = notAsked('169.254.20.10', '169.254.20.10/32');

testRule(
  policyWithoutDns,
  (
    [
      ['a cache on the nodes, ipvs', toPods, [cache('169.254.20.10')], CACHED],
      ['the same, as kubelets say it', toPods, [servers('169.254.20.10'), COREDNS], CACHED],
      [
        'any pods are no address either',
        `[{ to: [{ namespaceSelector: {} }], ${DNS_PORTS} }]`,
        [cache('169.254.20.10')],
        CACHED,
      ],
      ['all but the address', toAddress('0.0.0.0/0', ', except: [169.254.0.0/16]'), [cache('169.254.20.10')], CACHED],
      [
        'another port of the address',
        '[{ to: [{ ipBlock: { cidr: 169.254.20.10/32 } }], ports: [{ port: 443 }] }]',
        [cache('169.254.20.10')],
        CACHED,
      ],
      ['allowed', toAddress('169.254.20.10/32'), [cache('169.254.20.10'), COREDNS], undefined],
      ['a block around it', toAddress('0.0.0.0/0'), [cache('169.254.20.10')], undefined],
      ['everyone', `[{ ${DNS_PORTS} }]`, [cache('169.254.20.10')], undefined],
      [
        'a cache that takes the address of the DNS Service, iptables',
        toPods,
        [cache('169.254.20.10,10.96.0.10'), COREDNS, servers('10.96.0.10')],
        notAsked('10.96.0.10', '10.96.0.10/32'),
      ],
      [
        'its address',
        toAddress('10.96.0.10/32'),
        [cache('169.254.20.10,10.96.0.10'), COREDNS, servers('10.96.0.10')],
        undefined,
      ],
      ['a cache that no kubelet names', toPods, [cache('169.254.20.10'), COREDNS, servers('10.96.0.10')], undefined],
      ['a cache whose address nobody says', toPods, [cache('__PILLAR__LOCAL__DNS__'), COREDNS], undefined],
      ['Cloud DNS of GKE', toPods, [servers('169.254.169.254')], notAsked('169.254.169.254', '169.254.169.254/32')],
      [
        'k3s with an argument for its kubelets',
        toPods,
        ["- manifest: { cluster-dns: 10.43.0.10, kubelet-arg: ['cluster-dns=169.254.20.10', max-pods=110] }"],
        CACHED,
      ],
      [
        'kubeadm with an argument for its kubelets',
        toPods,
        [
          '- manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: InitConfiguration, nodeRegistration: { kubeletExtraArgs: [{ name: cluster-dns, value: 169.254.20.10 }] } }',
        ],
        CACHED,
      ],
      [
        'the Corefile of a cache whose DaemonSet is elsewhere',
        toPods,
        [
          '- manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: node-local-dns, namespace: kube-system }, data: { Corefile: ".:53 {\\n  bind 169.254.20.10\\n}" } }',
        ],
        CACHED,
      ],
      [
        'pods of another namespace, which kubelets name',
        toPods,
        [
          servers('10.96.0.53'),
          '- Service infra/resolver: { clusterIP: 10.96.0.53, selector: { app: dns }, ports: [{ port: 53, protocol: UDP, targetPort: 1053 }] }',
        ],
        `
  warning NL515 policy-without-dns
  on NetworkPolicy shop/web at spec.egress.0.ports.0
  Deployment shop/web may use port 53, and the pods of the cluster's DNS listen on 1053: names are not resolved
  help: a policy sees the port of the pods: allow 1053 for UDP and TCP as well
  see Deployment shop/web at the object: selected by the policy
`,
      ],
      [
        'the same with their port',
        `[{ to: [${KUBE_DNS}], ports: [{ port: 1053, protocol: UDP }] }]`,
        [
          servers('10.96.0.53'),
          '- Service infra/resolver: { clusterIP: 10.96.0.53, selector: { app: dns }, ports: [{ port: 53, protocol: UDP, targetPort: 1053 }] }',
        ],
        `
  warning NL515 policy-without-dns
  on NetworkPolicy shop/web at spec.egress
  Deployment shop/web ${NO_DNS}
  help: allow port 1053 for UDP and TCP to the pods app: dns of namespace infra
  see Deployment shop/web at the object: selected by the policy
`,
      ],
      [
        'pods with other labels',
        `[{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: coredns } } }], ${DNS_PORTS} }]`,
        [COREDNS],
        FOUND,
      ],
    ] as const
  ).map(([name, rules, cluster, expected]) => ({
    name,
    input: `${egress(rules).trimEnd()}\n${cluster.map((line) => `    ${line}\n`).join('')}`,
    expected: expected === undefined ? [] : [expected],
  })),
);

testRule(policyWithoutDns, [
  { name: 'a fact of netloom.yaml', input: egress(toPods), facts: { dns: '169.254.20.10' }, expected: [CACHED] },
  {
    name: 'and a policy for it',
    input: egress(toAddress('169.254.20.10/32')),
    facts: { dns: '169.254.20.10' },
    expected: [],
  },
]);
