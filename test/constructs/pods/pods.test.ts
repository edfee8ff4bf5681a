import { ApiObject, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  ClusterIp,
  ClusterIpService,
  ExternalNameService,
  type LabelExpression,
  LabelOperator,
  type LabelledPods,
  NetworkPolicy,
  Pods,
} from '../../../lib';
import { podLabels } from '../../../lib/constructs/pods/pod-selection';
import { problemsOf, shopChart, specOf } from '../synthesized';

function selectorFor(pods: LabelledPods): unknown {
  return (specOf(new ClusterIpService(shopChart(), 'web', { pods, ports: [{ port: 80 }] })) as { selector: unknown })
    .selector;
}

function policyFor(pods: Pods): NetworkPolicy {
  return new NetworkPolicy(shopChart(), 'p', { subject: pods, ingress: [] });
}

describe('podLabels reads', () => {
  const template = { metadata: { labels: { app: 'web', version: '2' } } };

  test.each<[string, object, object]>([
    ['a Pod', { kind: 'Pod', metadata: { labels: { app: 'web' } } }, { app: 'web' }],
    ['a Pod without labels', { kind: 'Pod', metadata: { name: 'x' } }, {}],
    [
      'the selector of a controller',
      { kind: 'Deployment', spec: { selector: { matchLabels: { app: 'web' } }, template } },
      { app: 'web' },
    ],
    [
      'the template where the selector says more than labels',
      {
        kind: 'Deployment',
        spec: {
          selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
          template,
        },
      },
      { app: 'web', version: '2' },
    ],
    ['the template where there is no selector', { kind: 'Job', spec: { template } }, { app: 'web', version: '2' }],
    [
      'the template of a CronJob',
      { kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } },
      { app: 'web', version: '2' },
    ],
    ['a custom controller', { kind: 'CloneSet', spec: { template } }, { app: 'web', version: '2' }],
    [
      'a ReplicationController',
      { kind: 'ReplicationController', spec: { selector: { app: 'web' }, template } },
      { app: 'web' },
    ],
    ['a Service', { kind: 'Service', spec: { selector: { app: 'web' } } }, { app: 'web' }],
    ['a Service without selector', { kind: 'Service', spec: {} }, {}],
    ['nothing from a policy', { kind: 'NetworkPolicy', spec: { podSelector: { matchLabels: { app: 'web' } } } }, {}],
    [
      'nothing from a selector without template',
      { kind: 'PodMonitor', spec: { selector: { matchLabels: { a: 'b' } } } },
      {},
    ],
    ['nothing from what is no object', [], {}],
  ])('%s', (_, manifest, labels) => {
    expect(podLabels(manifest)).toEqual(labels);
  });

  test('labels called like members of every object as data', () => {
    expect(podLabels({ kind: 'Pod', metadata: { labels: { constructor: 'a', toString: 'b' } } })).toEqual({
      constructor: 'a',
      toString: 'b',
    });
    expect(podLabels({ kind: 'Deployment', spec: {} })).toEqual({});
  });
});

describe('Pods.of()', () => {
  const containers = [{ image: 'nginx', portNumber: 8080 }];

  test.each<[string, (scope: Construct) => kplus.Workload]>([
    ['Deployment', (scope) => new kplus.Deployment(scope, 'w', { containers })],
    ['StatefulSet', (scope) => new kplus.StatefulSet(scope, 'w', { containers })],
    ['DaemonSet', (scope) => new kplus.DaemonSet(scope, 'w', { containers })],
  ])('takes a %s of cdk8s-plus by its selector', (_, make) => {
    const workload = make(Testing.chart());
    expect(selectorFor(Pods.of(workload))).toEqual(workload.matchLabels);
    expect(Object.keys(workload.matchLabels)).toEqual(['cdk8s.io/metadata.addr']);
  });

  test('takes a Pod of cdk8s-plus', () => {
    const pod = new kplus.Pod(Testing.chart(), 'w', { containers, metadata: { labels: { app: 'web' } } });
    expect(selectorFor(Pods.of(pod))).toMatchObject({ app: 'web' });
  });

  test('takes a workload that cdk8s-plus gave no selector by its template', () => {
    const deployment = new kplus.Deployment(Testing.chart(), 'w', {
      containers,
      select: false,
      podMetadata: { labels: { app: 'web' } },
    });
    expect(selectorFor(Pods.of(deployment))).toMatchObject({ app: 'web' });
  });

  test('sees labels that come later', () => {
    const deployment = new kplus.Deployment(Testing.chart(), 'w', { containers });
    const pods = Pods.of(deployment);
    deployment.select(kplus.LabelSelector.of({ labels: { app: 'late' } }));
    expect(selectorFor(pods)).toMatchObject({ app: 'late' });
  });

  test('takes an ApiObject of a kind that nobody has heard of', () => {
    const rollout = new ApiObject(Testing.chart(), 'r', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } } } },
    });
    expect(selectorFor(Pods.of(rollout))).toEqual({ app: 'web' });
  });

  test('takes one of our Services', () => {
    const chart = shopChart();
    const web = new ClusterIpService(chart, 'web', { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] });
    const policy = new NetworkPolicy(chart, 'p', { subject: Pods.of(web), ingress: [] });
    expect(specOf(policy)).toMatchObject({ podSelector: { matchLabels: { app: 'web' } } });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('takes a workload and a Service that contain planned values', () => {
    const chart = shopChart();
    const api = new ClusterIpService(chart, 'api', {
      pods: Pods.labelled({ app: 'api' }),
      ports: [{ port: 80 }],
      clusterIp: ClusterIp.planned(),
    });
    const env = { API: kplus.EnvValue.fromValue(api.clusterIp as string) };
    const web = new kplus.Deployment(chart, 'w', {
      containers: [{ image: 'nginx', portNumber: 80, envVariables: env }],
    });
    new ClusterIpService(chart, 'web', { pods: Pods.of(web), ports: [{ port: 80 }] });
    new NetworkPolicy(chart, 'p', { subject: Pods.of(api), ingress: [] });
    new NetworkPolicy(chart, 'q', { subject: Pods.of(web), ingress: [] });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('reports a construct that is no object', () => {
    const chart = shopChart();
    const group = new Construct(chart, 'group');
    new NetworkPolicy(chart, 'p', { subject: Pods.of(group), ingress: [] });
    expect(problemsOf(chart)).toEqual([
      'NL980 Pods.of() was given shop/group, which is no Kubernetes object and has none as its default child',
    ]);
  });

  test('reports an object without pods', () => {
    const chart = shopChart();
    const alias = new ExternalNameService(chart, 'alias', { externalName: 'example.com' });
    new ClusterIpService(chart, 'web', { pods: Pods.of(alias), ports: [{ port: 80 }] });
    expect(problemsOf(chart)).toEqual([
      'NL980 Pods.of() was given Service alias, which has no pod template with labels',
    ]);
  });

  test('reports a workload that cannot be rendered, once for each selector', () => {
    const chart = shopChart();
    const broken = new ApiObject(chart, 'broken', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'broken' },
      bad: new Date(),
    });
    new ClusterIpService(chart, 'web', { pods: Pods.of(broken), ports: [{ port: 80 }] });
    expect(problemsOf(chart)).toEqual(['NL980 Pods.of() was given Pod broken, which cannot be rendered']);
  });

  test('knows the namespace of the workload', () => {
    const chart = shopChart();
    const pod = new ApiObject(chart, 'x', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'other', labels: { app: 'web' } },
    });
    new ClusterIpService(chart, 'web', { pods: Pods.of(pod), ports: [{ port: 80 }] });
    expect(problemsOf(chart)).toEqual([
      'NL981 the pods are in namespace other, and the Service is in shop: it selects pods of its own namespace only',
    ]);
  });
});

describe('Pods.matching()', () => {
  test('has labels and expressions', () => {
    const pods = Pods.matching({
      labels: { app: 'web' },
      expressions: [
        { key: 'tier', operator: LabelOperator.IN, values: ['a', 'b'] },
        { key: 'canary', operator: LabelOperator.DOES_NOT_EXIST },
      ],
    });
    expect(specOf(policyFor(pods))).toMatchObject({
      podSelector: {
        matchLabels: { app: 'web' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'canary', operator: 'DoesNotExist' },
        ],
      },
    });
  });

  test('has only what was given', () => {
    const pods = Pods.matching({ expressions: [{ key: 'a', operator: LabelOperator.EXISTS }] });
    expect((specOf(policyFor(pods)) as { podSelector: unknown }).podSelector).toEqual({
      matchExpressions: [{ key: 'a', operator: 'Exists' }],
    });
  });

  test.each<[LabelExpression[], string[]]>([
    [[], ['NL980 Pods.matching() was given no condition, which would choose every pod']],
    [[{ key: 'a', operator: LabelOperator.IN }], ['NL506 subject: the operator In has no values']],
    [[{ key: 'a', operator: LabelOperator.NOT_IN, values: [] }], ['NL506 subject: the operator NotIn has no values']],
    [
      [{ key: 'a', operator: LabelOperator.EXISTS, values: ['b'] }],
      ['NL506 subject: the operator Exists has values, and looks at the key alone'],
    ],
    [[{ key: 'a b', operator: LabelOperator.EXISTS }], ['NL506 subject: "a b" is not a label key']],
    [[{ key: 'a', operator: LabelOperator.IN, values: ['-'] }], ['NL506 subject: "-" for a is not a label value']],
    [[{ key: 'a', operator: LabelOperator.IN, values: [''] }], []],
  ])('problems of %j', (expressions, problems) => {
    expect(problemsOf(policyFor(Pods.matching({ expressions })))).toEqual(problems);
  });
});

test('Pods.all() is an empty selector', () => {
  expect(specOf(policyFor(Pods.all()))).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
});

test('Pods.labelled() checks labels', () => {
  expect(problemsOf(policyFor(Pods.labelled({ app: 'a b' })))).toEqual([
    'NL506 subject: "a b" for app is not a label value',
  ]);
});
