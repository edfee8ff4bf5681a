import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App as Cdk8sApp } from 'cdk8s';
import { ApiObject, Chart, Cron, Helm, Include, JsonPatch, Lazy, Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { Construct, DependencyGroup } from 'constructs';
import { Cluster, ClusterIp, ClusterIpService, NodePort, NodePortService, Pods } from '../../lib';

export type Build = (app: Cdk8sApp) => void;

export function widget(scope: Construct, id: string, spec: unknown = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'example.com/v1', kind: 'Widget', spec });
}

export const later = (produce: () => unknown): Lazy => Lazy.any({ produce }) as Lazy;

/** Apps by what is special about them. */
export const CASES: Record<string, Build> = {
  'no chart': () => undefined,
  'a chart without objects': (app) => {
    new Chart(app, 'empty');
  },
  'charts that depend on each other': (app) => {
    const [one, two, three] = ['one', 'two', 'three'].map((id) => new Chart(app, id)) as [Chart, Chart, Chart];
    for (const chart of [one, two, three]) for (const id of ['a', 'b']) widget(chart, id);
    one.addDependency(three);
    three.addDependency(two);
  },
  'objects of one chart that depend on each other': (app) => {
    const chart = new Chart(app, 'one');
    const [a, b, c] = ['a', 'b', 'c'].map((id) => widget(chart, id)) as [ApiObject, ApiObject, ApiObject];
    a.addDependency(c);
    c.addDependency(b);
  },
  'objects that depend on a chart, and on a construct of another one': (app) => {
    const [one, two, three] = ['one', 'two', 'three'].map((id) => new Chart(app, id)) as [Chart, Chart, Chart];
    const group = new Construct(two, 'group');
    for (const id of ['y', 'x']) widget(group, id);
    widget(three, 'z');
    widget(one, 'a').addDependency(group, three);
  },
  'a group of dependencies': (app) => {
    const chart = new Chart(app, 'one');
    const [a, b, c] = ['a', 'b', 'c'].map((id) => widget(chart, id)) as [ApiObject, ApiObject, ApiObject];
    a.node.addDependency(new DependencyGroup(c, b));
  },
  'constructs within what they depend on': (app) => {
    const chart = new Chart(app, 'one');
    const outer = new Construct(chart, 'outer');
    const inner = new Construct(outer, 'inner');
    widget(outer, 'first');
    const only = widget(inner, 'only');
    widget(outer, 'last');
    only.addDependency(outer);
    widget(chart, 'other').addDependency(outer);
  },
  'a construct that depends on what is within it': (app) => {
    const chart = new Chart(app, 'one');
    for (const id of ['a', 'b', 'c']) widget(chart, id);
    chart.addDependency(chart.node.findChild('b'));
  },
  'a chart in a chart': (app) => {
    const outer = new Chart(app, 'outer', { namespace: 'outer' });
    widget(outer, 'a');
    const inner = new Chart(outer, 'inner', { labels: { of: 'inner' } });
    widget(inner, 'b');
    widget(outer, 'c');
    new Chart(inner, 'innermost');
  },
  'numbers as ids': (app) => {
    for (const id of ['b', '10', '9', 'a']) for (const name of ['x', '2', '1']) widget(chartOf(app, id), name);
    chartOf(app, 'b').addDependency(chartOf(app, '10'));
  },
  'objects whose files have the same name': (app) => {
    for (const name of ['ab', 'a:b', 'a_b', 'a b']) {
      const props = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name } };
      new ApiObject(chartOf(app, name.length === 2 ? 'one' : 'two'), name, props);
    }
  },
  'manifests that are included': (app) => {
    writeFileSync('manifests.yaml', MANIFESTS);
    new Include(new Chart(app, 'included'), 'manifests', { url: join(process.cwd(), 'manifests.yaml') });
  },
  'a chart of Helm': (app) => {
    writeFileSync('helm', `#!/bin/sh\ncat <<'EOF'\n${MANIFESTS}\nEOF\n`, { mode: 0o755 });
    const helmExecutable = join(process.cwd(), 'helm');
    new Helm(new Chart(app, 'helm'), 'release', { chart: 'stub', helmExecutable, values: { on: 'yes' } });
  },
  'patches, lazy values and labels': (app) => {
    const object = widget(new Chart(app, 'one'), 'w', { lazy: later(() => ({ later: 1 })), gone: 1 });
    object.addJsonPatch(JsonPatch.remove('/spec/gone'), JsonPatch.add('/spec/list', [null, { b: undefined, a: 1 }]));
    const shared = { a: 1 };
    object.addJsonPatch(JsonPatch.add('/spec/one', shared), JsonPatch.add('/spec/two', shared));
    object.metadata.addLabel('on', 'yes');
  },
  'a chart that renders itself': (app) => {
    class Reversed extends Chart {
      public toJson(): unknown[] {
        return super.toJson().reverse();
      }
    }
    const chart = new Reversed(app, 'reversed');
    for (const id of ['a', 'b']) widget(chart, id);
  },
  'constructs that are made while others are validated': (app) => {
    const chart = new Chart(app, 'one');
    const validate = (): string[] => {
      if (chart.node.tryFindChild('late') === undefined) widget(chart, 'late');
      return [];
    };
    chart.node.addValidation({ validate });
  },
  'an object that changes while it is validated': (app) => {
    const object = widget(new Chart(app, 'one'), 'w');
    object.node.addValidation({ validate: () => (object.metadata.addLabel('validated', 'true'), []) });
  },
  'constructs of cdk8s-plus': (app) => {
    const chart = new Chart(app, 'plus', { namespace: 'plus' });
    const config = new plus.ConfigMap(chart, 'config', {
      data: { 'app.conf': 'a = 1\n\n[b]\n  c = "2"\n', on: 'yes' },
    });
    config.addFile(join(__dirname, '../../LICENSE'));
    const secret = new plus.Secret(chart, 'secret', { stringData: { password: 'p: #"ss' } });
    const deployment = new plus.Deployment(chart, 'web', {
      containers: [{ image: 'example.com/web:1', portNumber: 8080, envVariables: { A: secret.envValue('password') } }],
    });
    deployment.containers[0].mount('/etc/web', plus.Volume.fromConfigMap(chart, 'volume', config));
    deployment.exposeViaIngress('/', { ports: [{ port: 80, targetPort: 8080 }] });
    deployment.scheduling.separate(deployment);
    new plus.HorizontalPodAutoscaler(chart, 'scale', { target: deployment, maxReplicas: 4 });
    new plus.CronJob(chart, 'nightly', {
      schedule: Cron.daily(),
      containers: [{ image: 'example.com/job:1', command: ['sh', '-c', 'echo "a: b"; exit 0'] }],
    });
    const claim = new plus.PersistentVolumeClaim(chart, 'data', { storage: Size.gibibytes(1) });
    new plus.Job(chart, 'job', { containers: [{ image: 'example.com/job:1' }] }).addVolume(
      plus.Volume.fromPersistentVolumeClaim(chart, 'mounted', claim),
    );
    const account = new plus.ServiceAccount(chart, 'account');
    const role = new plus.Role(chart, 'role');
    role.allowRead(plus.ApiResource.PODS);
    role.bind(account);
    new plus.DaemonSet(chart, 'agent', { containers: [{ image: 'example.com/agent:1' }], serviceAccount: account });
  },
  'planned values': (app) => {
    app.node.setContext('netloom.dev/lock-file', 'lock.json');
    const cluster = new Cluster(app, 'prod', { supernets: ['10.0.0.0/8'], nodes: 10, services: 200 });
    const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
    const pods = Pods.labelled({ app: 'web' });
    const labels = { app: 'web' };
    new plus.k8s.KubePod(chart, 'pod', { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } });
    new ClusterIpService(chart, 'web', { pods, ports: [{ port: 80 }], clusterIp: ClusterIp.planned() });
    new NodePortService(chart, 'out', { pods, ports: [{ port: 80, nodePort: NodePort.planned() }] });
  },
};

const MANIFESTS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: included, namespace: other, annotations: { "time": "2020-01-01", yes: "no" } }
data:
  text: |+
    keeps its newlines

---
apiVersion: example.com/v1
kind: Widget
spec: &spec { when: 2020-01-01, octal: 0755, nothing: null, list: [] }
status: *spec
---
apiVersion: example.com/v1
kind: List
items: []
`;

function chartOf(app: Cdk8sApp, id: string): Chart {
  return (app.node.tryFindChild(id) as Chart | undefined) ?? new Chart(app, id);
}
