import { type ApiClient, type Answer, type KubernetesObject, refusalText } from './api-client';

/** What the API server says of an object that it would create, with every field checked. Nothing is stored. */
export async function dryRun(api: ApiClient, object: KubernetesObject): Promise<Answer | undefined> {
  return create(api, object, { dryRun: 'All', fieldValidation: 'Strict' });
}

/** Undefined where the server does not serve the kind. */
export async function create(
  api: ApiClient,
  object: KubernetesObject,
  query: { readonly [name: string]: string } = { fieldValidation: 'Strict' },
): Promise<Answer | undefined> {
  const path = await api.collectionPath(object.apiVersion, object.kind, object.metadata.namespace);
  return path === undefined ? undefined : api.request('POST', path, { body: object, query });
}

/** Makes the namespaces that objects live in. */
export async function createNamespaces(api: ApiClient, names: Iterable<string>): Promise<void> {
  for (const name of new Set(names)) {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const answer = await api.request('POST', '/api/v1/namespaces', { body });
    if (answer.status !== 201 && answer.status !== 409) throw new Error(`Namespace ${name}: ${refusalText(answer)}`);
  }
}

/** `Kind namespace/name`. */
export function objectName({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The paths whose values the server has changed: what it has added is no change. */
export function changedPaths(written: unknown, stored: unknown, path = ''): string[] {
  if (Array.isArray(written) && Array.isArray(stored) && written.length === stored.length) {
    return written.flatMap((item, index) => changedPaths(item, stored[index], `${path}[${index}]`));
  }
  if (isRecord(written) && isRecord(stored)) {
    return Object.entries(written).flatMap(([key, value]) =>
      changedPaths(value, stored[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(written, stored) ? [] : [`${path}: ${JSON.stringify(written)} → ${JSON.stringify(stored)}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
