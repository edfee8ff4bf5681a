/**
 * What `netloom reach` costs on generated clusters: N Deployments in N/20 namespaces, a policy for each, and a default deny for each namespace. The
 * whole process with `-o json`, then the same apart for loading, solving and printing, then `explain` of one pair beside loading alone. At last 50,000
 * workloads of 2,000 kinds, of which connections are counted and not printed. Builds nothing: run `npm run build` before `npm run bench:reach`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as manifestsModule from '../lib/manifests';
import type * as modelModule from '../lib/model';
import type { NetworkModel } from '../lib/model';
import type * as jsonModule from '../lib/output/json/reach-json';
import type * as reachModule from '../lib/reach';

// What is measured is what users run: tsx gives each closure a name, which costs more than the closures do.
const built = createRequire(join(__dirname, '../build/lib/index.js'));
const { readManifests } = built('./manifests') as typeof manifestsModule;
const { networkModel } = built('./model') as typeof modelModule;
const { reachJson } = built('./output/json/reach-json') as typeof jsonModule;
const { entrances, EVERYTHING, explain, reachWorkloads, solve, solveAmong } = built('./reach') as typeof reachModule;

const SIZES = [500, 1000, 2000, 10_000];
const KINDS = 2000;
const SAME_KIND = 25;
const NETLOOM = join(__dirname, '../bin/netloom');

function namespaceYaml(index: number): string {
  return `---
apiVersion: v1
kind: Namespace
metadata: { name: ns${index}, labels: { team: t${index % 10} } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: ns${index} }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;
}

function deploymentYaml(namespace: number, app: number, copy: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app${app}${copy === 0 ? '' : `-${copy}`}, namespace: ns${namespace} }
spec:
  replicas: 2
  selector: { matchLabels: { app: app${app} } }
  template:
    metadata: { labels: { app: app${app}, tier: t${app % 4} } }
    spec: { containers: [{ name: c, image: i, ports: [{ containerPort: ${8000 + app}, name: http }] }] }
`;
}

function policyYaml(namespace: number, app: number): string {
  const block = `
    - from: [{ ipBlock: { cidr: 10.${app}.0.0/16, except: [10.${app}.4.0/24] } }]
      ports: [{ port: 443 }]`;
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: np-app${app}, namespace: ns${namespace} }
spec:
  podSelector: { matchLabels: { app: app${app} } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: app${(app + 19) % 20} } } }]
      ports: [{ port: http }]
    - from: [{ namespaceSelector: { matchLabels: { team: t${(namespace + 1) % 10} } }, podSelector: { matchLabels: { tier: t0 } } }]
      ports: [{ port: ${8000 + app} }, { port: 9000, endPort: 9010 }]${app % 5 === 0 ? block : ''}
  egress:
    - to: [{ podSelector: { matchLabels: { app: app${(app + 1) % 20} } } }]
    - to: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: tier, operator: In, values: [t1, t2] }] } }]
      ports: [{ port: 8000, endPort: 8100 }]
    - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
`;
}

/** So many workloads that policies can tell apart, and so many of each. */
function clusterYaml(kinds: number, copies = 1): string {
  const namespaces = Math.max(1, Math.floor(kinds / 20));
  const apps = Array.from({ length: kinds }, (_, index) => {
    const [namespace, app] = [index % namespaces, Math.floor(index / namespaces)];
    const deployments = Array.from({ length: copies }, (__, copy) => deploymentYaml(namespace, app, copy));
    return deployments.join('') + policyYaml(namespace, app);
  });
  return [...Array.from({ length: namespaces }, (_, index) => namespaceYaml(index)), ...apps].join('');
}

function load(text: string): NetworkModel {
  return networkModel(readManifests([{ path: 'all.yaml', bytes: Buffer.from(text) }]).objects, {});
}

function timed<T>(run: () => T): { result: T; ms: number } {
  const start = performance.now();
  const result = run();
  return { result, ms: performance.now() - start };
}

/** The whole process, which writes what it prints to a file. */
function processOf(folder: string, args: readonly string[]): { ms: number; megabytes: number } {
  const output = openSync(join(folder, 'out'), 'w');
  const script = `process.on('exit', () => process.stderr.write('\\n' + process.resourceUsage().maxRSS));`;
  const hook = join(folder, 'memory.cjs');
  writeFileSync(hook, script);
  const { result, ms } = timed(() =>
    spawnSync(process.execPath, ['--require', hook, NETLOOM, ...args], {
      stdio: ['ignore', output, 'pipe'],
      encoding: 'utf8',
    }),
  );
  return { ms, megabytes: Number(result.stderr.split('\n').at(-1)) / 1024 };
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(30) : cell.padStart(12))).join('');
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

/** One after the other in this process, which has run the code before. */
function stages(text: string): string[] {
  const loading = timed(() => load(text));
  const model = loading.result;
  const solving = timed(() => solve(model));
  const reach = solving.result;
  const printing = timed(() => {
    let characters = 0;
    for (const chunk of reachJson({ reach, entrances: entrances(model, reach), filter: EVERYTHING, findings: [] })) {
      characters += chunk.length;
    }
    return characters;
  });
  const explaining = timed(() => {
    const workloads = reachWorkloads(model, 'node');
    const [from, to] = [workloads[0], workloads[1]];
    return explain(solveAmong(model, [from, to]), { workload: from }, { workload: to });
  });
  return [loading, solving, printing, explaining].map((stage) => ms(stage.ms));
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const write = (text: string): string => {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, text);
    return file;
  };
  try {
    stages(clusterYaml(500));
    const print = (cells: readonly string[]): void => void process.stdout.write(`${row(cells)}\n`);
    print(['workloads', 'reach', 'memory', 'explain', 'loading', 'solving', 'printing', 'one pair']);
    for (const size of SIZES) {
      const text = clusterYaml(size);
      const file = write(text);
      const reach = processOf(folder, ['reach', file, '-o', 'json']);
      const explained = processOf(folder, ['explain', 'ns0/app0', 'ns0/app1', file, '-o', 'json']);
      print([String(size), ms(reach.ms), `${reach.megabytes.toFixed(0)} MB`, ms(explained.ms), ...stages(text)]);
    }
    const text = clusterYaml(KINDS, SAME_KIND);
    const loading = timed(() => load(text));
    const solving = timed(() => solve(loading.result));
    const counting = timed(() => solving.result.count());
    print([`${KINDS * SAME_KIND} of ${KINDS} kinds`, '', '', '', ms(loading.ms), ms(solving.ms), '', '']);
    print([`  ${counting.result} connections counted in ${ms(counting.ms)}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
