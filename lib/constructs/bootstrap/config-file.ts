import { stringify } from 'yaml';

/** YAML documents of one file. What is undefined or empty is left out; as cdk8s writes manifests, YAML 1.1 can read it too. */
export function configFile(documents: readonly object[]): string {
  return documents.map((document) => stringify(withoutEmpty(document), { version: '1.1', lineWidth: 0 })).join('---\n');
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, field]): [string, unknown] => [key, withoutEmpty(field)]);
  return Object.fromEntries(entries.filter(([, field]) => !isEmpty(field)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
