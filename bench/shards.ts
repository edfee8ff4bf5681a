/**
 * A fleet of 10,000 clusters with 20 objects each, synthesized and checked by an app in 8 shards, one after the other, each
 * a process of its own as in a pipeline. Processor time and peak memory of each, and the time of a last step that merges the
 * results. Needs `npm run build`. Run with `npm run bench:shards [-- CLUSTERS SHARDS]`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const OBJECTS = 20;

/** 10 Deployments with their Services for each cluster. */
function appText(clusters: number, modules: string): string {
  return `
const { Chart } = require(${JSON.stringify(`${modules}/node_modules/cdk8s`)});
const { k8s } = require(${JSON.stringify(`${modules}/node_modules/cdk8s-plus-28`)});
const { App, ClusterIp, ClusterIpService, Fleet, Pods } = require(${JSON.stringify(`${modules}/build/lib`)});
const { writeFileSync } = require('node:fs');
const names = Array.from({ length: ${clusters} }, (_, index) => 'c' + String(index).padStart(6, '0'));
const app = new App({ outdir: 'dist-' + (process.env.NETLOOM_SHARD || 'all').replace('/', '-of-') });
const fleet = new Fleet(app, 'fleet', {
  supernets: ['10.0.0.0/8', '172.16.0.0/12'],
  clusters: Object.fromEntries(names.map((name) => [name, { nodes: 4, podsPerNode: 8, services: 40 }])),
});
for (const cluster of fleet.clusters) {
  if (!cluster.isInShard) continue;
  const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
  for (let index = 0; index < ${OBJECTS / 2}; index++) {
    const labels = { app: 's' + index };
    new k8s.KubeDeployment(chart, 'pods' + index, {
      metadata: { name: 's' + index },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'x', image: 'x', ports: [{ containerPort: 80 }] }] } } },
    });
    new ClusterIpService(chart, 's' + index, { pods: Pods.labelled(labels), ports: [{ port: 80 }], clusterIp: index === 0 ? ClusterIp.planned() : ClusterIp.dynamic() });
  }
}
app.synth();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
writeFileSync('cost.json', JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
`;
}

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

function synth(folder: string, shard: string): Cost {
  const { status, stderr } = spawnSync(process.execPath, ['app.js'], {
    cwd: folder,
    env: { ...process.env, NETLOOM_SHARD: shard },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr.slice(0, 1000));
  return JSON.parse(readFileSync(join(folder, 'cost.json'), 'utf8')) as Cost;
}

function main(): void {
  const [clusters = 10_000, count = 8] = process.argv.slice(2).map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const print = (name: string, { seconds, megabytes }: Cost): void => {
    console.log(`${name.padEnd(24)}${seconds.toFixed(1).padStart(8)} s ${megabytes.toFixed(0).padStart(8)} MB`);
  };
  try {
    delete process.env.CI;
    writeFileSync(join(folder, 'app.js'), appText(clusters, resolve('.')));
    console.log(`${clusters} clusters with ${OBJECTS} objects each: processor time and memory of each job`);
    const costs = Array.from({ length: count }, (_, index) => {
      const cost = synth(folder, `${index + 1}/${count}`);
      print(`shard ${index + 1}/${count}`, cost);
      return cost;
    });
    const files = Array.from({ length: count }, (_, index) => `dist-${index + 1}-of-${count}/netloom.clusters`);
    const start = performance.now();
    execFileSync(resolve('bin/netloom'), ['merge', ...files, '--output-file', 'json=netloom.clusters'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    console.log(`merging the records of clusters took ${((performance.now() - start) / 1000).toFixed(1)} s`);
    print('all shards', {
      seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0),
      megabytes: Math.max(...costs.map(({ megabytes }) => megabytes)),
    });
    print('the whole in one job', synth(folder, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
