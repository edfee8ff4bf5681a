/**
 * A cluster of 5,000 nodes and 50,000 pods, from an API server that answers at once: how many questions are asked, and what reading,
 * understanding and diagnosing take.
 */
import { networkModel } from '../lib/model';
import { clusterOfFiles } from '../lib/cli/inputs';
import { snapshotFiles } from '../lib/cli/live-cluster';
import { EMPTY_CONFIG } from '../lib/config/config';
import { diagnose } from '../lib/doctor';
import { readSnapshot } from '../lib/live';
import { apiWith, stored } from '../test/live/api';

const NODES = 5000;
const PODS = 50_000;
const SERVICES = 2000;

type Stored = ReturnType<typeof stored>;

const READY = { conditions: [{ type: 'Ready', status: 'True' }] };

function node(index: number): Stored {
  const [high, low] = [Math.floor(index / 256), index % 256];
  const addresses = [{ type: 'InternalIP', address: `172.16.${high}.${low}` }];
  return stored('v1', 'Node', `n${index}`, {
    spec: { podCIDR: `10.${64 + high}.${low}.0/24` },
    status: { ...READY, addresses },
  });
}

function service(index: number): Stored {
  const clusterIP = `10.32.${Math.floor(index / 250)}.${1 + (index % 250)}`;
  const spec = { clusterIP, selector: { app: `a${index}` }, ports: [{ port: 80, protocol: 'TCP' }] };
  return stored('v1', 'Service', `s${index}`, { spec }, `ns${index % 100}`);
}

function pod(index: number): Stored {
  const on = index % NODES;
  const ip = `10.${64 + Math.floor(on / 256)}.${on % 256}.${2 + Math.floor(index / NODES)}`;
  const containers = [{ name: 'main', image: 'main', ports: [{ containerPort: 80 }] }];
  const made = stored(
    'v1',
    'Pod',
    `p${index}`,
    { spec: { nodeName: `n${on}`, containers }, status: { ...READY, phase: 'Running', podIP: ip, podIPs: [{ ip }] } },
    `ns${(index % SERVICES) % 100}`,
  );
  return { ...made, metadata: { ...(made.metadata as object), labels: { app: `a${index % SERVICES}` } } };
}

function seconds(since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since);
  return `${((user + system) / 1e6).toFixed(1)} s`;
}

async function main(): Promise<void> {
  const count = <T>(length: number, make: (index: number) => T): T[] =>
    Array.from({ length }, (_, index) => make(index));
  const { get, asked } = apiWith([...count(NODES, node), ...count(SERVICES, service), ...count(PODS, pod)]);
  let start = process.cpuUsage();
  const snapshot = await readSnapshot(get, { sleep: () => Promise.resolve(), progress: () => undefined });
  console.log(
    `${snapshot.objects.length} objects, ${asked.length} questions: ${seconds(start)}, with what the server does`,
  );
  start = process.cpuUsage();
  const { objects } = clusterOfFiles(
    snapshotFiles({ ...snapshot, name: 'live:bench' }),
    EMPTY_CONFIG,
    undefined,
    () => undefined,
  );
  console.log(`as text, and read: ${seconds(start)}`);
  start = process.cpuUsage();
  const { findings } = diagnose(networkModel(objects, {}));
  console.log(`diagnosed, ${findings.length} findings: ${seconds(start)}`);
  console.log(`memory: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
}

void main();
