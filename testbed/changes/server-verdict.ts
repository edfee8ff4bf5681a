import { type Answer, type ApiClient, type KubernetesObject, refusalText } from '../api-client';
import { type ApiServer, kubectl } from '../control-plane';
import type { Change } from './states';

/** The ways in which users change an object. */
export type Way = 'apply' | 'apply --server-side' | 'replace';

/** Why each way is refused; undefined where it is taken. */
export type ChangeVerdict = { readonly [way in Way]: string | undefined };

/** The first ones of which both states are taken alone. */
export async function possibleChanges(api: ApiClient, changes: readonly Change[], most: number): Promise<Change[]> {
  const areTaken = await Promise.all(changes.map((change) => isTakenAlone(api, change)));
  return changes.filter((_, index) => areTaken[index]).slice(0, most);
}

/** Each change on objects of its own: applied one state after the other, for real. */
export async function changeVerdicts(server: ApiServer, changes: readonly Change[]): Promise<ChangeVerdict[]> {
  const applied = clientSideRefusals(server, changes);
  const verdicts: ChangeVerdict[] = [];
  for (const [index, change] of changes.entries()) {
    verdicts.push({
      apply: applied[index],
      'apply --server-side': await afterBefore(server.api, change, index, applyServerSide),
      replace: await afterBefore(server.api, change, changes.length + index, replace),
    });
  }
  return verdicts;
}

async function isTakenAlone(api: ApiClient, { before, after }: Change): Promise<boolean> {
  const path = await pathOf(api, before);
  const created = await Promise.all(
    [before, after].map((body) => api.request('POST', path, { body, query: { dryRun: 'All' } })),
  );
  return created.every(({ status }) => status === 201);
}

/** Objects stand beside each other, and addresses are released late: each has a name, addresses and ports of its own. */
function apart(state: KubernetesObject, index: number): KubernetesObject {
  const text = JSON.stringify(state)
    .replace(/10\.96\.7\.(\d+)/g, (_, last: string) => `10.${100 + Math.floor(index / 250)}.${index % 250}.${last}`)
    .replace(
      /("healthCheckNodePort":)2000(\d)/g,
      (_, key: string, last: string) => `${key}${20000 + 2 * index + Number(last)}`,
    );
  const other = JSON.parse(text) as KubernetesObject;
  return { ...other, metadata: { ...other.metadata, name: `x-${index}` } };
}

async function pathOf(api: ApiClient, { apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
  const path = await api.collectionPath(apiVersion, kind, metadata.namespace);
  if (path === undefined) throw new Error(`the server does not serve ${apiVersion} ${kind}`);
  return path;
}

async function afterBefore(
  api: ApiClient,
  change: Change,
  index: number,
  write: (api: ApiClient, path: string, state: KubernetesObject) => Promise<Answer>,
): Promise<string | undefined> {
  const [before, after] = [change.before, change.after].map((state) => apart(state, index));
  const path = `${await pathOf(api, before)}/${before.metadata.name}`;
  const created = await applyServerSide(api, path, before);
  if (created.status !== 201) throw new Error(`${change.name}: ${refusalText(created)}`);
  const answer = await write(api, path, after);
  await api.request('DELETE', path);
  return answer.status === 200 ? undefined : refusalText(answer);
}

function applyServerSide(api: ApiClient, path: string, body: KubernetesObject): Promise<Answer> {
  return api.request('PATCH', path, {
    body,
    contentType: 'application/apply-patch+yaml',
    query: { fieldManager: 'kubectl', force: 'true' },
  });
}

/** As kubectl does, which replaces the version that is there. */
async function replace(api: ApiClient, path: string, body: KubernetesObject): Promise<Answer> {
  const { resourceVersion } = ((await api.request('GET', path)).body as KubernetesObject).metadata;
  return api.request('PUT', path, { body: { ...body, metadata: { ...body.metadata, resourceVersion } } });
}

/** kubectl goes on after an object that is refused, and names it. */
function clientSideRefusals(server: ApiServer, changes: readonly Change[]): (string | undefined)[] {
  const apply = (side: 'before' | 'after'): string => {
    const items = changes.map((change, index) => apart(change[side], index));
    return kubectl(server, ['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items })).stderr;
  };
  apply('before');
  const errors = apply('after');
  const [{ before }] = changes;
  const names = changes.map((_, index) => apart(before, index).metadata.name);
  kubectl(server, ['delete', '--wait=false', '--ignore-not-found', before.kind, ...names]);
  return names.map((name) => {
    const start = errors.search(new RegExp(`"${name}"`));
    return start === -1 ? undefined : errors.slice(start, start + 300);
  });
}
