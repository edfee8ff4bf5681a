import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './api-client';
import { type Component, freePorts, startComponent, waitFor } from './component';
import { kubernetesVersion, type Release, testbedProgram } from './program';

/** What every API server of a testbed stands on: a folder, the program, and etcd. */
export interface Testbed {
  readonly release: Release;
  readonly kubernetesVersion: string;
  readonly program: string;
  readonly folder: string;
  readonly etcdUrl: string;
  readonly components: Component[];
  readonly detached: boolean;
}

export interface ApiServerOptions {
  /** The first one is primary. @default 10.96.0.0/12 */
  readonly serviceCidrs?: readonly string[];
  /** @default 30000-32767 */
  readonly nodePortRange?: string;
  /** Further flags of kube-apiserver. */
  readonly flags?: readonly string[];
  /** Servers of one name see the same objects, one after the other. @default a name that no server has had */
  readonly name?: string;
}

/** An API server that answers, and how it is reached. */
export interface ApiServer {
  readonly testbed: Testbed;
  readonly name: string;
  readonly api: ApiClient;
  readonly kubeconfig: string;
  readonly component: Component;
  readonly serviceCidrs: readonly string[];
}

/** Starts etcd. Nothing of a testbed listens outside of loopback. */
export async function startTestbed(
  release: Release,
  { detached = false, folder = temporaryFolder() } = {},
): Promise<Testbed> {
  const program = testbedProgram(release);
  mkdirSync(folder, { recursive: true });
  const [client, peer] = (await freePorts(2)).map((port) => `http://127.0.0.1:${port}`);
  const settings = {
    name: 'testbed',
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `testbed=${peer}`,
    // Nothing of a testbed outlives it.
    'unsafe-no-fsync': true,
    'log-level': 'warn',
  };
  const file = join(folder, 'etcd.json');
  writeFileSync(file, JSON.stringify(settings));
  writeServiceAccountKeys(folder);
  const etcd = startComponent({ program, name: 'etcd', flags: [file], logFile: join(folder, 'etcd.log'), detached });
  const testbed = {
    release,
    kubernetesVersion: kubernetesVersion(release),
    program,
    folder,
    etcdUrl: client,
    components: [etcd],
    detached,
  };
  const isHealthy = async (): Promise<boolean> => (await fetch(`${client}/health`)).ok;
  await waitFor('etcd answers', isHealthy, 30, etcd).catch(async (error: unknown) => {
    await stopTestbed(testbed);
    throw error;
  });
  return testbed;
}

/** Ends every component, and removes the folder. */
export async function stopTestbed({ components, folder }: Testbed): Promise<void> {
  await Promise.all(components.map((component) => component.stop()));
  rmSync(folder, { recursive: true, force: true });
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'netloom-testbed-'));
}

function writeServiceAccountKeys(folder: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(join(folder, 'sa.pub'), publicKey);
  writeFileSync(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
}

export async function startApiServer(testbed: Testbed, options: ApiServerOptions = {}): Promise<ApiServer> {
  const { serviceCidrs = ['10.96.0.0/12'], nodePortRange = '30000-32767', flags = [] } = options;
  const name = options.name ?? `cluster-${testbed.components.length}`;
  const folder = join(testbed.folder, name);
  mkdirSync(folder, { recursive: true });
  const [port] = await freePorts(1);
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(folder, 'tokens.csv');
  writeFileSync(tokenFile, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const component = startComponent({
    program: testbed.program,
    name: 'kube-apiserver',
    logFile: join(folder, 'kube-apiserver.log'),
    detached: testbed.detached,
    flags: [
      `--etcd-servers=${testbed.etcdUrl}`,
      `--etcd-prefix=/${name}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      // The Service kubernetes needs an address that is not loopback; nobody asks there.
      `--advertise-address=${serviceCidrs[0].includes(':') ? '2001:db8::10' : '192.0.2.10'}`,
      `--cert-dir=${folder}`,
      `--token-auth-file=${tokenFile}`,
      '--authorization-mode=RBAC',
      `--service-cluster-ip-range=${serviceCidrs.join(',')}`,
      `--service-node-port-range=${nodePortRange}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(testbed.folder, 'sa.pub')}`,
      `--service-account-signing-key-file=${join(testbed.folder, 'sa.key')}`,
      '--allow-privileged=true',
      // Pods must not wait for a controller manager that makes the account `default`.
      '--disable-admission-plugins=ServiceAccount',
      '--profiling=false',
      ...flags,
    ],
  });
  testbed.components.push(component);
  const certificate = join(folder, 'apiserver.crt');
  const server = `https://127.0.0.1:${port}`;
  const isReady = async (): Promise<boolean> => {
    const api = new ApiClient({ server, token, certificateAuthority: readFileSync(certificate, 'utf8') });
    try {
      return (await api.request('GET', '/readyz')).status === 200;
    } finally {
      api.close();
    }
  };
  await waitFor('kube-apiserver is ready', isReady, 120, component);
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigText(server, certificate, token), { mode: 0o600 });
  const api = new ApiClient({ server, token, certificateAuthority: readFileSync(certificate, 'utf8') });
  return { testbed, name, api, kubeconfig, component, serviceCidrs };
}

export async function stopApiServer({ api, component }: ApiServer): Promise<void> {
  api.close();
  await component.stop();
}

function kubeconfigText(server: string, certificate: string, token: string): string {
  const [cluster, user, context] = [
    { server, 'certificate-authority': certificate },
    { token },
    { cluster: 'testbed', user: 'admin' },
  ];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'testbed', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'testbed', context }],
    'current-context': 'testbed',
  });
}

/** What a component that reads the cluster is started with: its kubeconfig, no lock among several of its kind, ports of its own. */
export async function startClient(
  server: ApiServer,
  name: 'kube-controller-manager' | 'kube-scheduler' | 'nodes',
  flags: readonly string[] = [],
): Promise<Component> {
  const { testbed, kubeconfig } = server;
  const folder = join(testbed.folder, server.name);
  const logFile = join(folder, `${name}-${testbed.components.length}.log`);
  const component = startComponent({
    program: testbed.program,
    name,
    logFile,
    detached: testbed.detached,
    flags: name === 'nodes' ? [kubeconfig] : [...(await commonFlags(server, name)), ...flags],
  });
  testbed.components.push(component);
  return component;
}

async function commonFlags({ testbed, kubeconfig, name: cluster }: ApiServer, name: string): Promise<string[]> {
  const [port] = await freePorts(1);
  const folder = join(testbed.folder, cluster, `${name}-certificates`);
  const common = [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    '--leader-elect=false',
  ];
  if (name !== 'kube-controller-manager') return common;
  return [
    ...common,
    `--service-account-private-key-file=${join(testbed.folder, 'sa.key')}`,
    `--root-ca-file=${join(testbed.folder, cluster, 'apiserver.crt')}`,
    '--use-service-account-credentials=true',
  ];
}

export interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the kubectl of this release. */
export function kubectl({ testbed, kubeconfig, name }: ApiServer, commandLine: readonly string[], input = ''): Output {
  return run(
    testbed.program,
    ['kubectl', `--kubeconfig=${kubeconfig}`, `--cache-dir=${join(testbed.folder, name, 'cache')}`, ...commandLine],
    input,
  );
}

/** Runs a part of the program to its end. */
export function run(program: string, commandLine: readonly string[], input: string): Output {
  try {
    const stdout = execFileSync(program, commandLine, {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    return { status: 0, stdout, stderr: '' };
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number | null; stdout?: string; stderr?: string };
    if (typeof status !== 'number') throw error;
    return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}
