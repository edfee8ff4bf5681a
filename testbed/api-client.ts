import { Agent, request } from 'node:https';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What the API server answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

export interface Connection {
  /** `https://127.0.0.1:PORT`. */
  readonly server: string;
  readonly token: string;
  /** The certificate that the server shows, in PEM. */
  readonly certificateAuthority: string;
}

export interface RequestOptions {
  readonly body?: unknown;
  /** @default application/json */
  readonly contentType?: string;
  readonly query?: { readonly [name: string]: string };
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The API of Kubernetes over HTTPS, as plain requests: what the server refuses is an answer, not an exception. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(private readonly connection: Connection) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 8, ca: connection.certificateAuthority });
  }

  close(): void {
    this.agent.destroy();
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const url = new URL(path, this.connection.server);
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value);
    const text = options.body === undefined ? undefined : bodyText(options.body);
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.connection.token}`,
      accept: 'application/json',
    };
    if (text !== undefined) headers['content-type'] = options.contentType ?? 'application/json';
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: parsedBody(Buffer.concat(chunks).toString('utf8')),
            warnings: warningTexts(response.rawHeaders),
          });
        });
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server has closed a connection that was idle, just as it was used again.
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(this.request(method, path, options));
        else reject(error);
      });
      sent.end(text);
    });
  }

  /** The path of the collection that objects of this kind are created in, or nothing where the server does not serve the kind. */
  async collectionPath(apiVersion: string, kind: string, namespace: string | undefined): Promise<string | undefined> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.resourcesOf(root)).find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource === undefined) return undefined;
    const scope = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace ?? 'default')}` : '';
    return `${root}${scope}/${resource.name}`;
  }

  /** Forgets which kinds the server serves: after a CustomResourceDefinition was added. */
  forgetResources(): void {
    this.resources.clear();
  }

  private resourcesOf(root: string): Promise<readonly Resource[]> {
    const known = this.resources.get(root);
    if (known !== undefined) return known;
    const found = this.request('GET', root).then(({ status, body }) =>
      status === 200 ? (body as { resources: readonly Resource[] }).resources : [],
    );
    this.resources.set(root, found);
    return found;
  }
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `299 - "TEXT"`, with backslashes before quotes. One header each. */
function warningTexts(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((value, index) => {
    if (index % 2 === 0 || rawHeaders[index - 1].toLowerCase() !== 'warning') return [];
    const text = /^\d+ \S+ "(.*)"$/s.exec(value)?.[1];
    return text === undefined ? [value] : [text.replace(/\\(.)/g, '$1')];
  });
}

/** The message of an answer that refuses. */
export function refusalText({ status, body }: Answer): string {
  const message = (body as { message?: unknown } | null)?.message;
  return `${status} ${typeof message === 'string' ? message : JSON.stringify(body)}`;
}
