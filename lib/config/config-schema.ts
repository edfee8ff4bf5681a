import type { Rule } from '../finding/finding';
import { CONFIG_KEYS } from './config';
import type { JsonSchema } from './config-key';

/** The JSON schema of `netloom.yaml`: what is read without a finding, except for addresses, which no schema can check. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  const names = [
    ...rules.map(({ code, title }) => ({ name: code, title })),
    ...rules.map(({ slug, code, title }) => ({ name: slug, title: `${code}: ${title}` })),
  ];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'netloom.yaml',
    description: 'How Netloom looks at the manifests of a folder.',
    type: ['object', 'null'],
    properties: Object.fromEntries(Object.entries(CONFIG_KEYS).map(([key, { schema }]) => [key, schema(names)])),
    additionalProperties: false,
  };
}

export function formatConfigSchema(rules: readonly Rule[]): string {
  return `${JSON.stringify(configSchema(rules), null, 2)}\n`;
}
