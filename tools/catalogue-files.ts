import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../lib/catalogue/rule-catalogue';
import { formatConfigSchema } from '../lib/config/config-schema';
import { type GeneratedFile, ROOT } from './generated-files';
import { withRuleTable } from './rule-lists';

const TABLE = 'docs/rules/README.md';

/** What stands on the catalogue of all rules. */
export const CATALOGUE_FILES: readonly GeneratedFile[] = [
  { path: TABLE, text: () => withRuleTable(readFileSync(join(ROOT, TABLE), 'utf8'), ALL_RULES) },
  { path: 'schema/netloom.schema.json', text: () => formatConfigSchema(ALL_RULES) },
];
