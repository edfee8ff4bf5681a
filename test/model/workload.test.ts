import { readWorkload } from '../../lib/model';
import { objectOf } from './model-objects';

const POD = `{ metadata: { labels: { app: web } }, spec: { containers: [{ ports: [{ containerPort: 8080 }] }] } }`;

test.each([
  ['a Pod', `{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } }, spec: { containers: [] } }`],
  ['a Pod without containers', `{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } } }`],
  ['a Deployment', `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { template: ${POD} } }`],
  [
    'a ReplicationController',
    `{ apiVersion: v1, kind: ReplicationController, metadata: { name: a }, spec: { template: ${POD} } }`,
  ],
  ['a Job', `{ apiVersion: batch/v1, kind: Job, metadata: { name: a }, spec: { template: ${POD} } }`],
  [
    'a CronJob',
    `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: a }, spec: { jobTemplate: { spec: { template: ${POD} } } } }`,
  ],
  [
    'a controller of somebody else',
    `{ apiVersion: apps.kruise.io/v1, kind: CloneSet, metadata: { name: a }, spec: { template: ${POD} } }`,
  ],
])('%s makes pods', (_, yaml) => {
  const workload = readWorkload(objectOf(yaml));
  expect([...(workload?.labels ?? [])]).toEqual([['app', 'web']]);
  expect(workload?.namespace).toBe('default');
});

test.each([
  ['a Service', '{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { selector: { app: web } } }'],
  [
    'a Pod of another API group',
    '{ apiVersion: example.com/v1, kind: Pod, metadata: { name: a, labels: { app: web } } }',
  ],
  ['a PodTemplate', `{ apiVersion: v1, kind: PodTemplate, metadata: { name: a }, template: ${POD} }`],
  [
    'a template of something else',
    '{ apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: { name: a }, spec: { template: { metadata: { labels: { app: web } }, spec: { project: x } } } }',
  ],
  [
    'a template without containers',
    '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { template: { spec: { containers: x } } } }',
  ],
  ['nothing', '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: null }'],
])('%s makes no pods', (_, yaml) => {
  expect(readWorkload(objectOf(yaml))).toBeUndefined();
});

test('the ports of containers and sidecars, but not those of other init containers', () => {
  const workload = readWorkload(
    objectOf(`
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  hostNetwork: true
  initContainers:
    - { ports: [{ name: setup, containerPort: 1 }] }
    - { restartPolicy: Always, ports: [{ name: proxy, containerPort: 2 }] }
  containers:
    - { ports: [{ name: http, containerPort: 3 }, { name: '', containerPort: 4, protocol: UDP }] }
    - { ports: x }
    - { ports: [null, {}, { containerPort: '5' }, { containerPort: 0 }] }
    - null
`),
  );
  expect(workload?.containerPorts).toEqual([
    {
      name: 'http',
      containerPort: 3,
      protocol: 'TCP',
      hostPort: 3,
      hostIp: undefined,
      path: ['spec', 'containers', 0, 'ports', 0],
    },
    {
      name: undefined,
      containerPort: 4,
      protocol: 'UDP',
      hostPort: 4,
      hostIp: undefined,
      path: ['spec', 'containers', 0, 'ports', 1],
    },
    {
      name: 'proxy',
      containerPort: 2,
      protocol: 'TCP',
      hostPort: 2,
      hostIp: undefined,
      path: ['spec', 'initContainers', 1, 'ports', 0],
    },
  ]);
  expect([workload?.namespace, workload?.hostNetwork]).toEqual(['shop', true]);
});

test.each([
  ['[]', []],
  ['null', []],
  ['{ app: 5, tier: a }', [['tier', 'a']]],
  [
    '{ __proto__: x, constructor: y }',
    [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ],
  ],
])('labels: %s read as %j', (labels, expected) => {
  const workload = readWorkload(objectOf(`{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: ${labels} } }`));
  expect([...(workload?.labels ?? [])]).toEqual(expected);
});

test.each([
  [
    'an Argo Rollout',
    'argoproj.io/v1alpha1',
    'Rollout',
    '{ template: { metadata: { labels: { app: a } }, spec: { containers: [] } } }',
  ],
  [
    'a Knative Service',
    'serving.knative.dev/v1',
    'Service',
    '{ template: { metadata: { labels: { app: a } }, spec: { containers: [] } } }',
  ],
  [
    'a ReplicationController',
    'v1',
    'ReplicationController',
    '{ template: { metadata: { labels: { app: a } }, spec: { containers: [] } } }',
  ],
  [
    'a CronJob',
    'batch/v1',
    'CronJob',
    '{ jobTemplate: { spec: { template: { metadata: { labels: { app: a } }, spec: { containers: [] } } } } }',
  ],
  [
    'a virtual machine of KubeVirt',
    'kubevirt.io/v1',
    'VirtualMachine',
    '{ template: { metadata: { labels: { app: a } }, spec: { domain: {} } } }',
  ],
])('%s makes pods', (_what, apiVersion, kind, spec) => {
  const workload = readWorkload(
    objectOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, spec: ${spec} }`),
  );
  expect([...(workload?.labels ?? [])]).toEqual([['app', 'a']]);
});

test.each([
  ['{ key: zone, operator: In, values: [a] }', '{}', [[{ key: 'zone', operator: 'In', values: ['a'] }]]],
  [
    '{}',
    '{ key: metadata.name, operator: In, values: [n] }',
    [[{ key: '.metadata.name', operator: 'In', values: ['n'] }]],
  ],
])('node affinity: %s and fields %s', (expression, field, expected) => {
  const term = `{ matchExpressions: [${expression === '{}' ? '' : expression}], matchFields: [${field === '{}' ? '' : field}] }`;
  const workload = readWorkload(
    objectOf(
      `{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${term}] } } } } }`,
    ),
  );
  expect(workload?.nodeTerms).toEqual(expected);
});
