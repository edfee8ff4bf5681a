import { integer, list, record } from '../model/json';
import { type ConfigContext, type ConfigPath, type JsonSchema, readFields, readTexts } from './config-key';
import type { DnsTexts } from './cluster-options';

const KEYS = ['addresses', 'namespace', 'podLabels', 'ports'];
const HELP =
  'write a map: { addresses: [169.254.20.10] }, or { namespace: dns, podLabels: { app: coredns }, ports: [5353] }';
const MOST_PORT = 65535;

/** `dns` of a cluster: who answers name lookups of its pods. Undefined where nothing of it can be understood. */
export function readDns(value: unknown, path: ConfigPath, context: ConfigContext): DnsTexts | undefined {
  const fields = new Map(readFields(value, path, KEYS, HELP, context));
  const read = <T>(key: string, reader: (field: unknown) => T | undefined, help: string): { [key: string]: T } => {
    if (!fields.has(key)) return {};
    const found = reader(fields.get(key));
    if (found !== undefined) return { [key]: found };
    context.report([...path, key], `${key} cannot be understood`, help);
    return {};
  };
  const addresses = fields.has('addresses')
    ? readTexts(fields.get('addresses'), [...path, 'addresses'], 'addresses', '[169.254.20.10]', context)
    : [];
  if (Array.isArray(fields.get('addresses')) && list(fields.get('addresses')).length === 0) {
    context.report([...path, 'addresses'], 'addresses is empty', 'leave it out, or write [169.254.20.10]');
  }
  const dns: DnsTexts = {
    ...(addresses.length > 0 && { addresses }),
    ...read('namespace', namespaceOf, 'write the name of the namespace of the DNS pods: namespace: kube-system'),
    ...read('podLabels', labelsOf, 'write the labels of the DNS pods: podLabels: { k8s-app: kube-dns }'),
    ...read('ports', portsOf, 'write the ports of the DNS pods, 1 to 65535: ports: [5353]'),
  };
  return Object.keys(dns).length === 0 ? undefined : dns;
}

function namespaceOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function labelsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(record(value) ?? {});
  const labels = entries.flatMap(([key, label]): [string, string][] =>
    typeof label === 'string' ? [[key, label]] : [],
  );
  return labels.length === 0 || labels.length < entries.length ? undefined : Object.fromEntries(labels);
}

function portsOf(value: unknown): readonly number[] | undefined {
  const ports = list(value).flatMap((port) => integer(port) ?? []);
  const isWrong = ports.length === 0 || ports.length < list(value).length;
  return isWrong || ports.some((port) => port < 1 || port > MOST_PORT) ? undefined : ports;
}

export const DNS_SCHEMA: JsonSchema = {
  description: 'Who answers name lookups of pods, where it is not what kubeadm installs.',
  type: ['object', 'null'],
  properties: {
    addresses: {
      description:
        'What pods ask where no pod answers: the address of a cache on the nodes (169.254.20.10), or of a server outside of the cluster.',
      type: ['array', 'null'],
      items: { type: 'string', minLength: 1 },
      minItems: 1,
    },
    namespace: {
      description: 'The namespace of the DNS pods; kube-system by default.',
      type: ['string', 'null'],
      minLength: 1,
    },
    podLabels: {
      description: 'The labels of the DNS pods; k8s-app: kube-dns by default.',
      type: ['object', 'null'],
      minProperties: 1,
      additionalProperties: { type: 'string' },
    },
    ports: {
      description: 'The ports of the DNS pods; 53 by default.',
      type: ['array', 'null'],
      items: { type: 'integer', minimum: 1, maximum: MOST_PORT },
      minItems: 1,
    },
  },
  additionalProperties: false,
};
