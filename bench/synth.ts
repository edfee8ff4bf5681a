/**
 * A whole synth: the same Deployments and Services as L1 objects in an App of cdk8s alone, and as constructs in an App of
 * Netloom, planned and checked. Each run is a process of its own, in turn; then the quickstart by the CLI of cdk8s, and
 * the same objects without Netloom. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App as Cdk8sApp, Chart, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type * as library from '../lib';

// What is measured is what users run: tsx gives each closure a name, which costs more than the closures do.
const built = createRequire(join(__dirname, '../build/lib/index.js'));
const { App, Cluster, ClusterIp, ClusterIpService, Pods } = built('./index.js') as typeof library;

const SIZES = [
  { charts: 400, objects: 20_000, goal: 0.2 },
  { charts: 1, objects: 20_000, goal: 0.5 },
  { charts: 2000, objects: 20_000, goal: 0.1 },
  { charts: 1, objects: 150_000, goal: NaN },
];
const RUNS = 3;
/** The static band of a service range, from which addresses are planned, has 256. */
const PLANNED = 200;

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

function fill(
  scope: Cdk8sApp | library.Cluster,
  charts: number,
  objects: number,
  service: (chart: Chart, name: string) => void,
): void {
  for (let index = 0; index < charts; index++) {
    const chart = new Chart(scope, `c${index}`, { namespace: `n${index}` });
    for (let number = 0; number < objects / charts / 2; number++) {
      deployment(chart, `s${number}`);
      service(chart, `s${number}`);
    }
  }
}

const BUILDERS = new Map<string, (outdir: string, charts: number, objects: number) => Cdk8sApp>([
  [
    'cdk8s',
    (outdir, charts, objects) => {
      const app = new Cdk8sApp({ outdir });
      fill(app, charts, objects, (chart, name) => {
        const spec = { selector: { app: name }, ports: [{ port: 80 }] };
        new k8s.KubeService(chart, name, { metadata: { name }, spec });
      });
      return app;
    },
  ],
  ['netloom', (outdir, charts, objects) => filled(new App({ outdir }), charts, objects)],
  ['stock', (outdir, charts, objects) => filled(new Cdk8sApp({ outdir }), charts, objects)],
]);

function filled(app: Cdk8sApp, charts: number, objects: number): Cdk8sApp {
  app.node.setContext('netloom.dev/lock-file', join(app.outdir, 'netloom.lock.json'));
  const cluster = new Cluster(app, 'bench', { supernets: ['10.0.0.0/8'], nodes: 100, services: 60_000 });
  let services = 0;
  fill(cluster, charts, objects, (chart, name) => {
    const clusterIp = services++ < PLANNED ? ClusterIp.planned() : ClusterIp.dynamic();
    new ClusterIpService(chart, name, { pods: Pods.labelled({ app: name }), ports: [{ port: 80 }], clusterIp });
  });
  return app;
}

interface Run {
  readonly built: number;
  readonly synthesized: number;
  readonly megabytes: number;
}

/** In this process. */
function run(name: string, charts: number, objects: number): Run {
  const outdir = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  try {
    const start = performance.now();
    const app = BUILDERS.get(name)?.(outdir, charts, objects);
    const built = performance.now();
    app?.synth();
    const synthesized = performance.now();
    const megabytes = process.resourceUsage().maxRSS / 1024;
    return { built: (built - start) / 1000, synthesized: (synthesized - built) / 1000, megabytes };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** In a process of its own; undefined if it fails, with the reason. */
function measure(name: string, charts: number, objects: number): Run | string {
  try {
    const args = ['--import', 'tsx', __filename, name, String(charts), String(objects)];
    return JSON.parse(
      execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    ) as Run;
  } catch (error) {
    const { stderr } = error as { stderr: string };
    return /^\w*Error: .*/m.exec(stderr)?.[0] ?? 'failed';
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(14)).join('');
}

function seconds(runs: readonly (Run | string)[]): string {
  const failure = runs.find((one) => typeof one === 'string');
  return failure ?? `${median(runs.map((one) => (typeof one === 'string' ? NaN : one.synthesized))).toFixed(2)} s`;
}

function ratio(pairs: readonly (readonly [Run | string, Run | string])[]): string {
  const ratios = pairs.flatMap(([one, other]) =>
    typeof one === 'string' || typeof other === 'string' ? [] : [other.synthesized / one.synthesized],
  );
  return ratios.length === 0 ? '-' : median(ratios).toFixed(2);
}

function compareSizes(): void {
  console.log(
    row(['charts', 'objects', 'cdk8s alone', 'App of cdk8s', 'ratio', 'App of ours', 'ratio', 'goal', 'memory']),
  );
  for (const { charts, objects, goal } of SIZES) {
    const times = objects > 100_000 ? 1 : RUNS;
    const all = Array.from({ length: times }, () => ({
      cdk8s: measure('cdk8s', charts, objects),
      stock: measure('stock', charts, objects),
      ours: measure('netloom', charts, objects),
    }));
    const largest = Math.max(...all.map(({ ours }) => (typeof ours === 'string' ? NaN : ours.megabytes)));
    console.log(
      row([
        String(charts),
        String(objects),
        seconds(all.map(({ cdk8s }) => cdk8s)),
        seconds(all.map(({ stock }) => stock)),
        ratio(all.map(({ cdk8s, stock }) => [cdk8s, stock])),
        seconds(all.map(({ ours }) => ours)),
        ratio(all.map(({ cdk8s, ours }) => [cdk8s, ours])),
        Number.isNaN(goal) ? '-' : String(goal),
        `${largest.toFixed(0)} MB`,
      ]),
    );
  }
}

/** `cdk8s synth` of an app, in seconds of processor time: of the command, and of the app that it runs. */
function synthByCli(folder: string, program: string): number {
  writeFileSync(join(folder, 'app.js'), program);
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node app.js\n');
  const costs = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const note = `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(${JSON.stringify(`${costs}/`)} + process.pid, String((user + system) / 1e6));
});`;
  try {
    execFileSync(process.execPath, [resolve('node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
      cwd: folder,
      env: {
        ...process.env,
        CDK8S_CHECK_UPGRADE: 'false',
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(note)}`,
      },
      stdio: 'ignore',
    });
    return readdirSync(costs).reduce((sum, file) => sum + Number(readFileSync(join(costs, file), 'utf8')), 0);
  } finally {
    rmSync(costs, { recursive: true });
  }
}

function compareQuickstart(): void {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  try {
    const [ours, theirs] = ['ours', 'theirs'].map((name) => join(folder, name)) as [string, string];
    for (const path of [ours, theirs]) mkdirSync(path);
    const required = (name: string): string => JSON.stringify(resolve(name));
    const app = `const { App } = require(${required('build/lib')});
const { quickstart } = require(${required('build/apps/quickstart')});
const app = new App(); quickstart(app); app.synth();`;
    synthByCli(ours, app);
    const objects = readdirSync(join(ours, 'dist'))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => Yaml.load(join(ours, 'dist', file)) as unknown[]);
    const plain = `const { App, Chart, ApiObject } = require(${required('node_modules/cdk8s')});
require(${required('node_modules/cdk8s-plus-28')});
const app = new App();
for (const [index, objects] of ${JSON.stringify(objects)}.entries()) {
  const chart = new Chart(app, 'c' + index);
  objects.forEach((object, number) => new ApiObject(chart, 'o' + number, object));
}
app.synth();`;
    const pairs = Array.from({ length: 7 }, () => [synthByCli(theirs, plain), synthByCli(ours, app)] as const);
    console.log(
      `quickstart by the CLI: cdk8s alone ${median(pairs.map(([one]) => one)).toFixed(2)} s, with Netloom ` +
        `${median(pairs.map(([, other]) => other)).toFixed(2)} s, ratio ${median(pairs.map(([one, other]) => other / one)).toFixed(2)} (goal 1.2)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

delete process.env.CI;
const [name, charts, objects] = process.argv.slice(2) as (string | undefined)[];
if (name === undefined) {
  compareQuickstart();
  compareSizes();
} else if (name === 'quickstart') compareQuickstart();
else console.log(JSON.stringify(run(name, Number(charts), Number(objects))));
