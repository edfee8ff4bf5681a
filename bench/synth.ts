/**
 * What Netloom adds to a synth: the same Deployments and Services as L1 objects of cdk8s-plus, and as constructs of
 * Netloom with planned addresses, planned and checked. Both are built and rendered in one run, in turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Cluster, ClusterIp, ClusterIpService, Pods } from '../lib';

const SIZES = [100, 1000, 4000];
const RUNS = 5;
const SERVICES_PER_CHART = 100;

function deployment(chart: Chart, name: string): void {
  const labels = { app: name };
  new k8s.KubeDeployment(chart, `${name}-pods`, {
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image: 'x', ports: [{ containerPort: 80 }] }] } },
    },
  });
}

function charts(scope: App | Cluster, count: number): Chart[] {
  return Array.from(
    { length: Math.ceil(count / SERVICES_PER_CHART) },
    (_, index) => new Chart(scope, `c${index}`, { namespace: `n${index}` }),
  );
}

function plain(outdir: string, count: number): App {
  const app = new App({ outdir });
  for (const chart of charts(app, count)) {
    for (let index = 0; index < SERVICES_PER_CHART; index++) {
      const name = `s${index}`;
      deployment(chart, name);
      new k8s.KubeService(chart, name, {
        metadata: { name },
        spec: { selector: { app: name }, ports: [{ port: 80 }] },
      });
    }
  }
  return app;
}

function netloom(outdir: string, count: number): App {
  const app = new App({ outdir });
  app.node.setContext('netloom.dev/lock-file', join(outdir, 'netloom.lock.json'));
  const cluster = new Cluster(app, 'bench', { supernets: ['10.0.0.0/8'], nodes: 100, services: 60_000 });
  for (const [position, chart] of charts(cluster, count).entries()) {
    for (let index = 0; index < SERVICES_PER_CHART; index++) {
      const name = `s${index}`;
      deployment(chart, name);
      new ClusterIpService(chart, name, {
        pods: Pods.labelled({ app: name }),
        ports: [{ port: 80 }],
        // The static band has 256 addresses.
        clusterIp: position < 2 ? ClusterIp.planned() : ClusterIp.dynamic(),
      });
    }
  }
  return app;
}

function seconds(build: (outdir: string, count: number) => App, count: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  try {
    const start = performance.now();
    build(outdir, count).synth();
    return (performance.now() - start) / 1000;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

delete process.env.CI;
console.log('services   cdk8s alone   with netloom   ratio (median of pairs)');
for (const count of SIZES) {
  seconds(plain, SERVICES_PER_CHART);
  seconds(netloom, SERVICES_PER_CHART);
  const pairs = Array.from({ length: RUNS }, () => ({
    plain: seconds(plain, count),
    netloom: seconds(netloom, count),
  }));
  const columns = [
    String(count).padStart(8),
    `${median(pairs.map((pair) => pair.plain)).toFixed(3)} s`.padStart(13),
    `${median(pairs.map((pair) => pair.netloom)).toFixed(3)} s`.padStart(14),
    median(pairs.map((pair) => pair.netloom / pair.plain))
      .toFixed(2)
      .padStart(7),
  ];
  console.log(columns.join('  '));
}
