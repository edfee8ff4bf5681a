import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES } from '../lib/catalogue/rule-catalogue';
import { formatConfigSchema } from '../lib/config/config-schema';

writeFileSync(join(__dirname, 'netloom.schema.json'), formatConfigSchema(ALL_RULES));
