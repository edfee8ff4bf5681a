import { parse } from 'yaml';
import { lookPodProblems, rehearse } from '../../../lib/migration';
import type { SourceObject } from '../../../lib/model';
import { RUNBOOKS } from '../runbooks';
import { KUBEADM_CALICO, oldRunbook } from './old-runbooks';

function sources(texts: readonly string[]): SourceObject[] {
  return texts.map((text) => ({
    manifest: parse(text) as unknown,
    locate: () => ({ file: null, line: null, column: null, construct: null }),
  }));
}

const DNS = [
  '{apiVersion: v1, kind: Namespace, metadata: {name: kube-system, labels: {kubernetes.io/metadata.name: kube-system}}}',
  `apiVersion: v1
kind: Pod
metadata: {name: coredns-1, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec: {containers: [{name: coredns, image: coredns, ports: [{name: dns, containerPort: 53, protocol: UDP}]}]}
status: {podIP: 10.244.0.2, podIPs: [{ip: 10.244.0.2}]}`,
  `apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP, targetPort: 53}]}`,
];
const policy = (namespace: string, spec: string): string =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: ${namespace}}, spec: ${spec}}`;
const admin = (action: string, to: string): string =>
  `{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: anp}, spec: {priority: 5, subject: {namespaces: {}}, egress: [{action: ${action}, to: [${to}]}]}}`;

const POD = { namespace: 'migration-check', name: 'migration-check' };

function found(texts: readonly string[], pod = POD): string[] {
  return lookPodProblems(sources(texts), {}, pod, 'It answers').map(
    ({ rule, message }) => `${rule.severity} ${rule.code} ${message}`,
  );
}

test.each<[string, string[], string[]]>([
  ['no policy', [], []],
  ['a default deny in other namespaces', [policy('shop', '{podSelector: {}, policyTypes: [Ingress, Egress]}')], []],
  [
    'one before the DNS that takes any namespace',
    [
      policy(
        'kube-system',
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}]}',
      ),
    ],
    [],
  ],
  [
    'one before the DNS that takes some namespaces',
    [
      policy(
        'kube-system',
        '{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {dns: allowed}}}]}]}',
      ),
    ],
    [
      'error NL855 "It answers" fails on a healthy cluster: its pod does not reach the DNS, because of NetworkPolicy kube-system/p',
    ],
  ],
  [
    'a policy of administrators',
    [admin('Deny', '{namespaces: {}}')],
    [
      'error NL855 "It answers" fails on a healthy cluster: its pod does not reach the DNS, because of AdminNetworkPolicy anp',
    ],
  ],
  ['one that lets it through', [admin('Allow', '{namespaces: {}}')], []],
  [
    'a policy that is not evaluated',
    [
      '{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: deny}, spec: {endpointSelector: {}, egress: [{}]}}',
    ],
    [
      'warning NL855 "It answers" may fail on a healthy cluster: whether its pod reaches the DNS is decided by CiliumClusterwideNetworkPolicy deny',
    ],
  ],
])('%s', (_what, policies, expected) => {
  expect(found([...DNS, ...policies])).toEqual(expected);
  expect(found([...policies, ...DNS].toReversed())).toEqual(expected);
});

test('a cache on the node, which a policy of all namespaces does not know', () => {
  const cache =
    '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: node-local-dns, namespace: kube-system}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {hostNetwork: true, containers: [{name: c, image: c, args: [-localip, 169.254.20.10]}]}}}}';
  const toPods = admin('Allow', '{namespaces: {}}');
  expect(found([...DNS, cache, toPods])).toEqual([]);
  expect(found([...DNS, cache, admin('Deny', '{networks: [169.254.0.0/16]}')])).toEqual([
    'error NL855 "It answers" fails on a healthy cluster: its pod does not reach the DNS, because of AdminNetworkPolicy anp',
  ]);
});

test('where nothing says where the DNS is, a policy is a warning', () => {
  expect(found([admin('Deny', '{namespaces: {}}')])).toEqual([
    'warning NL855 "It answers" fails on a healthy cluster: its pod does not reach the DNS, because of AdminNetworkPolicy anp',
  ]);
  expect(found([])).toEqual([]);
});

test('a runbook that looks from a namespace with a default deny', () => {
  const objects = sources([...DNS, policy('default', '{podSelector: {}, policyTypes: [Egress]}')]);
  const judge = {
    cluster: (): [] => [],
    lookPod: (pod: typeof POD, title: string) => lookPodProblems(objects, {}, pod, title),
  };
  const texts = (runbook: Parameters<typeof rehearse>[0]): string[] =>
    rehearse(runbook, KUBEADM_CALICO, judge).stages.flatMap(({ folder, problems }) =>
      problems.filter(({ message }) => message.includes('the DNS')).map(({ message }) => `${folder} ${message}`),
    );
  expect(texts(oldRunbook('calico-manifest'))).toEqual([
    '5-move-pods "It has a new address, and reaches the cluster" fails on a healthy cluster: its pod does not reach the DNS, because of NetworkPolicy default/p',
  ]);
  expect(texts(RUNBOOKS['another range with Calico'])).toEqual([]);
});
