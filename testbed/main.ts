import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApiServer, startClient, startTestbed } from './control-plane';
import { customResourceDefinitions, installCustomResources } from './custom-resources';
import { cacheFolder, RELEASES, type Release, testbedProgram } from './program';

const USAGE = `npm run testbed -- COMMAND

  build   builds the program, where the cache has none of these sources, and prints its path
  up      starts a control plane on loopback and prints the path of its kubeconfig
  down    stops it

  --release newest            which Kubernetes: ${Object.keys(RELEASES).join(' or ')}
  --service-cidr CIDR[,CIDR]  the first one is primary
  --node-port-range RANGE
  --controllers               with kube-controller-manager, kube-scheduler and simulated nodes
`;

/** The processes of the testbed that `up` started. */
interface Running {
  readonly folder: string;
  readonly processes: readonly { readonly pid: number; readonly name: string }[];
}

const stateFile = join(cacheFolder(), 'running.json');

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      release: { type: 'string', default: 'newest' },
      'service-cidr': { type: 'string' },
      'node-port-range': { type: 'string' },
      controllers: { type: 'boolean', default: false },
    },
  });
  const release = values.release;
  if (!isRelease(release)) throw new Error(`--release is ${Object.keys(RELEASES).join(' or ')}, not ${release}`);
  switch (positionals.join(' ')) {
    case 'build':
      process.stdout.write(`${testbedProgram(release)}\n`);
      return;
    case 'up':
      await up(release, values);
      return;
    case 'down':
      down();
      return;
    default:
      process.stderr.write(USAGE);
      process.exitCode = 2;
  }
}

function isRelease(name: string): name is Release {
  return name in RELEASES;
}

interface UpOptions {
  readonly 'service-cidr'?: string;
  readonly 'node-port-range'?: string;
  readonly controllers: boolean;
}

async function up(release: Release, options: UpOptions): Promise<void> {
  if (existsSync(stateFile)) throw new Error('a testbed is up: npm run testbed -- down');
  const testbed = await startTestbed(release, { detached: true });
  try {
    const server = await startApiServer(testbed, {
      serviceCidrs: options['service-cidr']?.split(','),
      nodePortRange: options['node-port-range'],
    });
    await installCustomResources(server.api, customResourceDefinitions());
    if (options.controllers) {
      for (const name of ['kube-controller-manager', 'kube-scheduler', 'nodes'] as const)
        await startClient(server, name);
    }
    server.api.close();
    process.stdout.write(`${server.kubeconfig}\n`);
  } finally {
    const processes = testbed.components.map(({ pid, name }) => ({ pid, name }));
    writeFileSync(stateFile, JSON.stringify({ folder: testbed.folder, processes }));
  }
}

function down(): void {
  if (!existsSync(stateFile)) {
    process.stderr.write('no testbed is up\n');
    return;
  }
  const { folder, processes } = JSON.parse(readFileSync(stateFile, 'utf8')) as Running;
  for (const { pid, name } of processes) {
    if (isTestbed(pid, name)) process.kill(pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
  rmSync(stateFile);
}

/** After a reboot the number may be another process. */
function isTestbed(pid: number, name: string): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync('/proc/self') || readFileSync(commandLine, 'utf8').split('\0')[1] === name;
  } catch {
    return false;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`testbed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
