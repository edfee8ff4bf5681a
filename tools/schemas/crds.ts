import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { crdKinds } from '../../lib/schema/crd';
import type { Schema } from '../../lib/schema/schema';
import { moduleFolder } from './go-module';
import { merged } from './merged-schemas';

/** The schemas of all kinds, by `apiVersion kind`, those of the newest version first. */
export function crdSchemas(versions: readonly string[], folders: readonly string[]): ReadonlyMap<string, Schema> {
  const kinds = new Map<string, Schema>();
  for (const version of versions) {
    const root = moduleFolder(version);
    for (const folder of folders.map((each) => join(root, each)).filter(existsSync)) {
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
        for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
          for (const { type, schema } of crdKinds(document.toJS())) {
            const newer = kinds.get(type);
            kinds.set(type, newer === undefined ? schema : merged(newer, schema));
          }
        }
      }
    }
  }
  return kinds;
}
