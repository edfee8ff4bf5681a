import { readFileSync, writeFileSync } from 'node:fs';
import type { App as Cdk8sApp } from 'cdk8s';
import { ApiObject, Chart } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { App, Cluster, ClusterIp, ClusterIpService, NetworkPolicy, Pods } from '../../lib';
import { appOrder } from '../../lib/synth/app-order';
import { inTemporaryFolders } from '../temporary-folders';
import { later, widget } from './app-cases';
import { filesOf } from './written-files';

const { errors } = inTemporaryFolders();

describe('one pass', () => {
  function counted(charts: number): { validations: number; renderings: number } {
    const app = new App({ outdir: 'out' });
    const counts = { validations: 0, renderings: 0 };
    app.node.addValidation({ validate: () => (counts.validations++, []) });
    for (let index = 0; index < charts; index++) {
      widget(new Chart(app, `c${index}`), 'w', { lazy: later(() => counts.renderings++) });
    }
    app.synth();
    return counts;
  }

  test.each([1, 30])('validates once and renders each object once, of %i charts', (charts) => {
    expect(counted(charts)).toEqual({ validations: 1, renderings: charts });
  });

  test('an object with planned values is rendered a second time', () => {
    const app = new App({ outdir: 'out' });
    const cluster = new Cluster(app, 'prod', { supernets: ['10.0.0.0/8'], nodes: 10, services: 200 });
    const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
    const renderings = [ClusterIp.planned(), ClusterIp.dynamic()].map((clusterIp, index) => {
      const pods = Pods.labelled({ app: 'web' });
      const service = new ClusterIpService(chart, `web${index}`, { pods, ports: [{ port: 80 }], clusterIp });
      return jest.spyOn(ApiObject.of(service), 'toJson');
    });
    app.synth();
    expect(renderings.map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
  });

  test('what changes between two syntheses is written', () => {
    const app = new App({ outdir: 'out' });
    const object = widget(new Chart(app, 'one'), 'w');
    app.synth();
    object.metadata.addLabel('on', 'yes');
    expect(app.synthYaml()).toContain('"on": "yes"');
    app.synth();
    expect(readFileSync('out/one.k8s.yaml', 'utf8')).toBe(app.synthYaml());
  });

  test('long chains and layers of dependencies', () => {
    const build = (app: Cdk8sApp, layers: number, width: number): void => {
      const chart = new Chart(app, 'one');
      let below: ApiObject[] = [];
      for (let layer = 0; layer < layers; layer++) {
        const objects = Array.from({ length: width }, (_, index) => widget(chart, `${layer}-${index}`));
        for (const object of objects) object.addDependency(...below);
        below = objects;
      }
    };
    for (const [layers, width] of [
      [12_000, 1],
      [60, 3],
    ] as const) {
      const app = new App({ outdir: 'out' });
      build(app, layers, width);
      const [chart] = app.charts;
      expect(
        appOrder(app)
          .objectsOf(chart)
          .map(({ node }) => node.id),
      ).toEqual(Array.from({ length: layers * width }, (_, index) => `${Math.floor(index / width)}-${index % width}`));
    }
  });

  test('a dependency between large charts is one', () => {
    const app = new App({ outdir: 'out' });
    const charts = ['one', 'two', 'three'].map((id) => new Chart(app, id));
    for (const chart of charts) for (let index = 0; index < 5000; index++) widget(chart, `w${index}`);
    charts[0].addDependency(charts[1], charts[2]);
    charts[1].addDependency(charts[2]);
    const edges = jest.spyOn(Array.prototype, 'push');
    const order = appOrder(app).charts.map(({ node }) => node.id);
    const count = edges.mock.calls.length;
    edges.mockRestore();
    expect(order).toEqual(['three', 'two', 'one']);
    expect(count).toBeLessThan(20 * 15_000);
  });
});

describe('what is refused', () => {
  test('is all told, and nothing is written', () => {
    const app = new App({ outdir: 'out' });
    const chart = new Chart(app, 'one', { namespace: 'shop' });
    chart.node.addValidation({ validate: () => ['this chart is refused'] });
    new plus.k8s.KubeService(chart, 'a', { spec: { clusterIp: '10.0.0.300', ports: [{ port: 99_999 }] } });
    widget(
      chart,
      'b',
      later(() => raise('no such value')),
    );
    expect(() => {
      app.synth();
    }).toThrow(
      /^Validation failed with the following errors:\n[^]*99999[^]*10\.0\.0\.300[^]*no such value[^]*\[one\] this chart is refused$/,
    );
    expect(() => app.synthYaml()).toThrow('this chart is refused');
    expect(filesOf('out')).toEqual({});
  });

  test('warnings are printed once', () => {
    const app = new App({ outdir: 'out' });
    const chart = new Chart(app, 'one', { namespace: 'shop' });
    new plus.Deployment(chart, 'web', { containers: [{ image: 'example.com/web:1' }] });
    new NetworkPolicy(new Chart(app, 'two', { namespace: 'shop' }), 'db', {
      subject: Pods.labelled({ app: 'db' }),
      ingress: [],
    });
    app.synth();
    expect(errors().match(/warning NL501/g)).toHaveLength(1);
  });

  test.each([
    ['itself', 0, 0],
    ['what depends on it', 0, 1],
  ])('an object that depends on %s', (_name, from, to) => {
    const app = new App({ outdir: 'out' });
    const chart = new Chart(app, 'one');
    const objects = ['a', 'b'].map((id) => widget(chart, id));
    objects[from].addDependency(objects[to]);
    objects[to].addDependency(objects[from]);
    expect(() => {
      app.synth();
    }).toThrow(/^Dependency cycle detected: one\/a => (one\/b => )?one\/a$/);
  });

  test('a dependency outside of all charts', () => {
    const app = new App({ outdir: 'out' });
    const [a, b] = ['a', 'b'].map((id) => new Construct(app, id)) as [Construct, Construct];
    a.node.addDependency(b);
    expect(() => {
      app.synth();
    }).toThrow('cannot find a parent chart');
  });

  test('a file that cannot be written is named', () => {
    writeFileSync('out', '');
    const app = new App({ outdir: 'out/manifests' });
    new Chart(app, 'one');
    expect(() => {
      app.synth();
    }).toThrow('cannot write to out/manifests: a part of its path is not a directory');
  });
});

function raise(message: string): never {
  throw new Error(message);
}
