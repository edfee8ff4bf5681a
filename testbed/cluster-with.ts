import { readFileSync } from 'node:fs';
import { type ApiClient, type KubernetesObject, refusalText } from './api-client';
import { create } from './apply';
import { type Component, waitFor } from './component';
import { type ApiServer, run, startApiServer, startClient, type Testbed } from './control-plane';

/** A node as the controller manager finds it. */
export interface ExistingNode {
  readonly name: string;
  /** @default - none: node IPAM gives it one */
  readonly podCidrs?: readonly string[];
  readonly labels?: { readonly [key: string]: string };
}

export interface ClusterOptions {
  readonly serviceCidrs?: readonly string[];
  readonly nodes?: readonly ExistingNode[];
  /** Pods get addresses, nodes get ready. @default false */
  readonly kubelets?: boolean;
}

/** An API server with nodes, whose controller manager is started and stopped as a test asks. */
export interface Cluster {
  readonly server: ApiServer;
  readonly api: ApiClient;
  readonly controllerManager: (command: readonly string[]) => Promise<ControllerManagerRun>;
  readonly podCidrsOf: (node: string) => Promise<readonly string[]>;
  readonly addNode: (node: ExistingNode) => Promise<void>;
  readonly removeNodes: () => Promise<void>;
  /** Adds a node, and waits until the controllers have looked at it, and node IPAM where it runs: its `spec.podCIDRs`. */
  readonly joined: (node: string, nodeIpam: boolean) => Promise<readonly string[]>;
}

/** How a start of the controller manager went. */
export interface ControllerManagerRun {
  /** Its controllers work: a namespace gets what each one is given. */
  readonly staysUp: boolean;
  /** The last lines of its log where it has ended. */
  readonly said: string;
  readonly stop: () => Promise<void>;
}

export async function clusterWith(testbed: Testbed, options: ClusterOptions): Promise<Cluster> {
  const server = await startApiServer(testbed, { serviceCidrs: options.serviceCidrs });
  const { api } = server;
  const addNode = (node: ExistingNode): Promise<void> => created(api, nodeObject(node));
  for (const node of options.nodes ?? []) await addNode(node);
  if (options.kubelets === true) await startClient(server, 'nodes');
  const podCidrsOf = async (node: string): Promise<readonly string[]> =>
    (await readNode(api, node)).spec.podCIDRs ?? [];
  return {
    server,
    api,
    addNode,
    removeNodes: async () => {
      await api.request('DELETE', '/api/v1/nodes');
    },
    joined: async (name, nodeIpam) => {
      await addNode({ name });
      await waitFor('the controllers know the node', async () => isKnown(await readNode(api, name)), 60);
      if (nodeIpam) await waitFor('the node has a range', async () => (await podCidrsOf(name)).length > 0, 60);
      return podCidrsOf(name);
    },
    controllerManager: (command) => startControllerManager(server, command),
    podCidrsOf,
  };
}

interface NodeObject {
  readonly metadata: { readonly annotations?: { readonly [key: string]: string } };
  readonly spec: { readonly podCIDRs?: readonly string[] };
}

async function readNode(api: ApiClient, name: string): Promise<NodeObject> {
  return (await api.request('GET', `/api/v1/nodes/${name}`)).body as NodeObject;
}

/** The TTL controller writes on every node, with or without node IPAM. */
function isKnown({ metadata }: NodeObject): boolean {
  return metadata.annotations?.['node.alpha.kubernetes.io/ttl'] !== undefined;
}

function nodeObject({ name, podCidrs = [], labels }: ExistingNode): KubernetesObject {
  const ranges = podCidrs.length === 0 ? {} : { podCIDR: podCidrs[0], podCIDRs: podCidrs };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: ranges };
}

async function created(api: ApiClient, object: KubernetesObject): Promise<void> {
  const answer = await create(api, object);
  if (answer?.status !== 201)
    throw new Error(
      `${object.kind} ${object.metadata.name}: ${answer === undefined ? 'not served' : refusalText(answer)}`,
    );
}

/** Flags of a static pod that name files and addresses of its machine: the testbed has its own. */
const OF_THE_MACHINE =
  /^--(?:kubeconfig|authentication-kubeconfig|authorization-kubeconfig|client-ca-file|requestheader-client-ca-file|root-ca-file|service-account-private-key-file|cluster-signing-(?:cert|key)-file|bind-address|leader-elect|use-service-account-credentials)=/;

let namespaces = 0;

/** Starts it with the command of a static pod, and waits until its controllers work or it has ended. */
async function startControllerManager(server: ApiServer, command: readonly string[]): Promise<ControllerManagerRun> {
  const flags = command.filter((flag) => flag.startsWith('--') && !OF_THE_MACHINE.test(flag));
  const component = await startClient(server, 'kube-controller-manager', flags);
  const namespace = `asks-the-controllers-${++namespaces}`;
  await created(server.api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const works = async (): Promise<boolean> => {
    const answer = await server.api.request('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`);
    return answer.status === 200;
  };
  await waitFor('the controllers work or have ended', async () => component.ended() !== undefined || works(), 60);
  // Node IPAM reads the nodes that exist after the other controllers are up; what it refuses ends the process.
  await settled(component, flags);
  return { staysUp: component.ended() === undefined, said: lastLines(component), stop: () => component.stop() };
}

/** Until node IPAM has read the nodes, which ends the process where their ranges are not those of the flags. */
async function settled(component: Component, flags: readonly string[]): Promise<void> {
  if (!flags.includes('--allocate-node-cidrs=true')) return;
  const hasStarted = (): boolean => readFileSync(component.logFile, 'utf8').includes('"Starting ipam controller"');
  await waitFor('node IPAM starts', () => Promise.resolve(component.ended() !== undefined || hasStarted()), 30);
}

function lastLines({ logFile }: Component): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}

/** The commands of the static pods that kubeadm generates: see README.md. */
export function kubeadmCommands(
  testbed: Testbed,
  what: 'init' | 'upgrade',
  documents: readonly object[],
): { readonly [component: string]: readonly string[] } {
  const input = documents.map((document) => JSON.stringify(document)).join('\n---\n');
  const { stdout } = run(testbed.program, ['kubeadm', what], input);
  const { error, commands } = JSON.parse(stdout) as {
    error?: string;
    commands: { [component: string]: readonly string[] };
  };
  if (error !== undefined) throw new Error(`kubeadm ${what}: ${error}`);
  return commands;
}
