import { type ModelObject, readWorkloads, type Workload } from '../../lib/model';
import { objectOf } from './model-objects';

function readWorkload(object: ModelObject): Workload | undefined {
  const workloads = readWorkloads(object);
  expect(workloads.length).toBeLessThan(2);
  return workloads.at(0);
}

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

const TEMPLATE = '{ metadata: { labels: { app: a } }, spec: { containers: [] } }';

test.each<[string, string, string, Record<string, number | undefined>]>([
  [
    'ray.io/v1',
    'RayCluster',
    `{ headGroupSpec: { template: ${TEMPLATE} }, workerGroupSpecs: [{ replicas: 3, template: ${TEMPLATE} }, { template: ${TEMPLATE} }] }`,
    {
      'spec.headGroupSpec.template': undefined,
      'spec.workerGroupSpecs.0.template': 3,
      'spec.workerGroupSpecs.1.template': undefined,
    },
  ],
  [
    'ray.io/v1',
    'RayJob',
    `{ rayClusterSpec: { workerGroupSpecs: [{ template: ${TEMPLATE} }] }, submitterPodTemplate: ${TEMPLATE} }`,
    { 'spec.rayClusterSpec.workerGroupSpecs.0.template': undefined, 'spec.submitterPodTemplate': undefined },
  ],
  [
    'kubeflow.org/v1',
    'PyTorchJob',
    `{ pytorchReplicaSpecs: { Worker: { replicas: 2, template: ${TEMPLATE} }, Master: { replicas: 1, template: ${TEMPLATE} } } }`,
    { 'spec.pytorchReplicaSpecs.Master.template': 1, 'spec.pytorchReplicaSpecs.Worker.template': 2 },
  ],
  [
    'jobset.x-k8s.io/v1alpha2',
    'JobSet',
    `{ replicatedJobs: [{ replicas: 2, template: { spec: { parallelism: 4, template: ${TEMPLATE} } } }] }`,
    { 'spec.replicatedJobs.0.template.spec.template': undefined },
  ],
  [
    'leaderworkerset.x-k8s.io/v1',
    'LeaderWorkerSet',
    `{ replicas: 2, leaderWorkerTemplate: { leaderTemplate: ${TEMPLATE}, workerTemplate: ${TEMPLATE} } }`,
    { 'spec.leaderWorkerTemplate.leaderTemplate': undefined, 'spec.leaderWorkerTemplate.workerTemplate': undefined },
  ],
  [
    'flink.apache.org/v1beta1',
    'FlinkDeployment',
    `{ podTemplate: { apiVersion: v1, kind: Pod, spec: { containers: [] } }, taskManager: { replicas: 2, podTemplate: ${TEMPLATE} } }`,
    { 'spec.podTemplate': undefined, 'spec.taskManager.podTemplate': 2 },
  ],
  [
    'batch.volcano.sh/v1alpha1',
    'Job',
    `{ tasks: [{ replicas: 6, template: ${TEMPLATE} }] }`,
    { 'spec.tasks.0.template': 6 },
  ],
])('%s %s makes pods from each of its templates', (apiVersion, kind, spec, expected) => {
  const object = objectOf(
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: n }, spec: ${spec} }`,
  );
  const workloads = readWorkloads(object);
  expect(Object.fromEntries(workloads.map(({ path, replicas }) => [path.join('.'), replicas]))).toEqual(expected);
  expect(workloads.every((workload) => workload.object === object)).toBe(true);
});

test.each([
  [
    'a rule about objects',
    'kyverno.io/v1',
    `{ rules: [{ validate: { pattern: { spec: { template: ${TEMPLATE} } } } }] }`,
  ],
  [
    'an object for elsewhere',
    'work.open-cluster-management.io/v1',
    `{ workload: { manifests: [{ apiVersion: apps/v1, kind: Deployment, spec: { template: ${TEMPLATE} } }] } }`,
  ],
  ['values of a chart', 'helm.toolkit.fluxcd.io/v2', `{ values: { podTemplate: ${TEMPLATE} } }`],
  ['a kind of Kubernetes', 'networking.k8s.io/v1', `{ groups: [{ template: ${TEMPLATE} }] }`],
])('%s makes no pods', (_, apiVersion, spec) => {
  expect(
    readWorkloads(objectOf(`{ apiVersion: ${apiVersion}, kind: X, metadata: { name: a }, spec: ${spec} }`)),
  ).toEqual([]);
});

test('a spec without end is left before its end', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `{ a: ${index} }`).join(', ');
  const spec = `{ all: [${many}], podTemplate: ${TEMPLATE} }`;
  expect(
    readWorkloads(objectOf(`{ apiVersion: example.com/v1, kind: X, metadata: { name: a }, spec: ${spec} }`)),
  ).toEqual([]);
});
