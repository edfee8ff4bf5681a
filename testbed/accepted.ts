import { type KubernetesObject, refusalText } from './api-client';
import { changedPaths, dryRun, objectName } from './apply';
import { type ApiServer, kubectl } from './control-plane';

/** No API server serves these kinds here. */
const NOT_SERVED: ReadonlyMap<string, string> = new Map([
  ['kubeadm.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
  ['kubelet.config.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
  ['kubeproxy.config.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
]);

/** What the server may warn of, and why that is right. */
export interface ExpectedWarning {
  readonly warning: RegExp;
  readonly because: string;
}

/** Objects that the API server serves here. */
export function servedObjects(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter((object) => !NOT_SERVED.has(groupOf(object)));
}

export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** What the server says of objects as they are written: a strict dry run, for real in every way of kubectl, and again. */
export async function problemsOf(
  server: ApiServer,
  objects: readonly KubernetesObject[],
  expectedWarnings: readonly ExpectedWarning[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const object of objects) {
    const answer = await dryRun(server.api, object);
    if (answer === undefined) problems.push(`${objectName(object)}: the server does not serve ${object.apiVersion}`);
    else if (answer.status !== 201 && object.kind !== 'Namespace')
      problems.push(`${objectName(object)}: ${refusalText(answer)}`);
    for (const warning of answer?.warnings ?? []) {
      if (!expectedWarnings.some((expected) => expected.warning.test(warning)))
        problems.push(`${objectName(object)}: ${warning}`);
    }
  }
  return [...problems, ...appliedProblems(server, objects)];
}

/** Applied for real in both ways of kubectl; what the server stored; what a second time would change. */
function appliedProblems(server: ApiServer, objects: readonly KubernetesObject[]): string[] {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  return [['--server-side'], ['--force-conflicts', '--server-side', '--field-manager=again'], []].flatMap((way) => {
    const applied = kubectl(server, ['apply', ...way, '-o', 'json', '-f', '-'], list);
    if (applied.status !== 0) return [`kubectl apply ${way.join(' ')}: ${applied.stderr}`];
    const stored = storedObjects(applied.stdout);
    const changes = objects.flatMap((object, index) => valueChanges(object, stored[index]));
    const again = kubectl(server, ['diff', ...way, '-f', '-'], list);
    return again.status === 0 ? changes : [...changes, `kubectl diff ${way.join(' ')}: ${again.stdout}${again.stderr}`];
  });
}

/** The server normalises quantities and leaves out zeros of workloads, which are not ours to write; everything else stays as it is written. */
function valueChanges(object: KubernetesObject, stored: unknown): string[] {
  // A chart gives its namespace to every object, Namespaces too: the server drops it.
  if (object.apiVersion === 'apps/v1' || object.kind === 'Namespace') return [];
  return changedPaths(object, stored).map((change) => `${objectName(object)}: ${change}`);
}

function storedObjects(text: string): readonly unknown[] {
  const value = JSON.parse(text) as { kind: string; items?: readonly unknown[] };
  return value.kind === 'List' ? (value.items ?? []) : [value];
}
