import type { Origin } from '../finding/finding';
import { list, record, text } from '../model/json';
import { readLabelSelector } from '../model/label-selector';
import type { Expectation, ExpectedParty, ExpectedPort } from '../reach';
import { type ConfigContext, type ConfigKey, type ConfigPath, type JsonSchema, readFields } from './config-key';

/** An expectation of `netloom.yaml`, and the place where it stands. */
export interface ConfigExpectation {
  /** Null for the files of no cluster, which are all files where no clusters are named. */
  readonly cluster: string | null;
  readonly expectation: Expectation;
  readonly origin: Origin;
}

const KEYS = ['cluster', 'from', 'to', 'port', 'reach', 'isolated', 'notFromOutside'];
const PARTY_KEYS = ['namespace', 'labels'];
const HELP = 'write { from: shop/web, to: shop/db, port: 5432 }, { isolated: shop/db } or { notFromOutside: shop/db }';
const PORT = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(TCP|UDP|SCTP))?$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** `expectations`: what must and must not be possible. */
export const EXPECTATIONS_KEY: ConfigKey<readonly ConfigExpectation[]> = {
  absent: [],
  read(value, path, context) {
    if (!Array.isArray(value)) context.report(path, 'expectations is not a list', `write a list: ${HELP}`);
    return list(value).flatMap((item, index) => readExpectation(item, [...path, index], context));
  },
  schema: () => ({
    description: 'What must and must not be possible between workloads, namespaces and addresses.',
    type: ['array', 'null'],
    items: { oneOf: [CONNECTION_SCHEMA, subjectSchema('isolated'), subjectSchema('notFromOutside')] },
  }),
};

function readExpectation(value: unknown, path: ConfigPath, context: ConfigContext): ConfigExpectation[] {
  const fields = new Map(readFields(value, path, KEYS, HELP, context));
  if (record(value) === undefined) return [];
  const cluster = text(fields.get('cluster')) ?? null;
  if (fields.has('cluster') && (cluster === null || cluster === '')) {
    context.report(
      [...path, 'cluster'],
      'cluster is no text',
      'write the name of a cluster of this file or of the app',
    );
  }
  const forms = ['isolated', 'notFromOutside', 'from'].filter((key) => fields.has(key));
  const [form] = forms;
  const isConnection = form === 'from' && fields.has('to');
  const strays = ['from', 'to', 'port', 'reach'].filter((key) => fields.has(key));
  if (forms.length !== 1 || (form === 'from' ? !isConnection : strays.length > 0)) {
    context.report(path, 'this is no expectation: it needs from and to, or isolated, or notFromOutside', HELP);
    return [];
  }
  const made = (expectation: Expectation): ConfigExpectation => ({
    cluster,
    expectation,
    origin: context.locate(path),
  });
  if (form !== 'from') {
    const of = readParty(fields.get(form), [...path, form], context);
    return of === undefined ? [] : [made({ kind: form === 'isolated' ? 'isolated' : 'not-from-outside', of })];
  }
  const from = readParty(fields.get('from'), [...path, 'from'], context);
  const to = readParty(fields.get('to'), [...path, 'to'], context);
  const port = fields.has('port') ? readPort(fields.get('port'), [...path, 'port'], context) : undefined;
  const reach = fields.get('reach') ?? true;
  if (typeof reach !== 'boolean') {
    context.report(
      [...path, 'reach'],
      `reach is ${JSON.stringify(reach)}`,
      'write true, which is the default, or false',
    );
  }
  if (from === undefined || to === undefined || port === null) return [];
  return [made({ kind: reach === false ? 'not-reach' : 'reach', from, to, port })];
}

function readParty(value: unknown, path: ConfigPath, context: ConfigContext): ExpectedParty | undefined {
  if (typeof value === 'string' && value !== '') return { text: value };
  const help =
    'write namespace/name, a namespace, a CIDR, outside, {cluster-dns}, or { namespace: shop, labels: { app: web } }';
  if (record(value) === undefined) {
    context.report(path, `${String(path.at(-1))} names nobody`, help);
    return undefined;
  }
  const fields = new Map(readFields(value, path, PARTY_KEYS, help, context));
  const labels = record(fields.get('labels'));
  const namespace = fields.get('namespace');
  const isWrong =
    labels === undefined ||
    Object.keys(labels).length === 0 ||
    Object.values(labels).some((label) => typeof label !== 'string') ||
    (namespace !== undefined && (typeof namespace !== 'string' || namespace === ''));
  if (isWrong) {
    context.report(path, 'labels is no map of texts with an entry, or namespace is no text', help);
    return undefined;
  }
  return { labels: readLabelSelector({ matchLabels: labels }), namespace: text(namespace) };
}

/** Null for what is no port. */
function readPort(value: unknown, path: ConfigPath, { report }: ConfigContext): ExpectedPort | null {
  const written = typeof value === 'number' ? String(value) : (text(value) ?? '');
  const match: readonly (string | undefined)[] | null = PORT.exec(written);
  const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (match !== null && first >= 1 && first <= last && last <= 65535) {
    return { protocol: match[3] ?? 'TCP', port: first, endPort: last };
  }
  if (typeof value === 'string' && match === null && PORT_NAME.test(value)) return { port: value };
  report(path, `${JSON.stringify(value)} is no port`, 'write 5432, 53/UDP, 8000-8080/TCP or the name of a port');
  return null;
}

const PARTY_SCHEMA: JsonSchema = {
  oneOf: [
    { description: 'namespace/name, a namespace, a CIDR, outside, or {cluster-dns}.', type: 'string', minLength: 1 },
    {
      type: 'object',
      properties: {
        namespace: { type: ['string', 'null'], minLength: 1 },
        labels: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
      },
      required: ['labels'],
      additionalProperties: false,
    },
  ],
};

const CLUSTER_SCHEMA: JsonSchema = {
  description: 'The cluster that is meant, where there are several.',
  type: ['string', 'null'],
  minLength: 1,
};

const CONNECTION_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    cluster: CLUSTER_SCHEMA,
    from: PARTY_SCHEMA,
    to: PARTY_SCHEMA,
    port: {
      description: 'The port of the pods: 5432, 53/UDP, 8000-8080/TCP or a name.',
      oneOf: [
        { type: 'integer', minimum: 1, maximum: 65535 },
        { type: 'string', pattern: `${PORT.source}|${PORT_NAME.source}` },
        { type: 'null' },
      ],
    },
    reach: { description: 'Whether it must be possible.', type: ['boolean', 'null'], default: true },
    isolated: { type: 'null' },
    notFromOutside: { type: 'null' },
  },
  required: ['from', 'to'],
  additionalProperties: false,
};

function subjectSchema(key: 'isolated' | 'notFromOutside'): JsonSchema {
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(KEYS.map((other) => [other, { type: 'null' }])),
      cluster: CLUSTER_SCHEMA,
      [key]: PARTY_SCHEMA,
    },
    required: [key],
    additionalProperties: false,
  };
}
