import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { crdKinds } from '../../lib/schema/crd';
import type { Schema } from '../../lib/schema/schema';
import { calicoDefinitions } from './calico';
import { moduleFolder } from './go-module';
import { merged } from './merged-schemas';

/** The schemas of all kinds, by `apiVersion kind`, from folders of modules of which the first counts. */
export function crdSchemas(crds: readonly string[]): ReadonlyMap<string, Schema> {
  const kinds = new Map<string, Schema>();
  for (const source of crds) {
    const [module, path] = source.split(':');
    const folder = join(moduleFolder(module), path);
    for (const [type, schema] of folderSchemas(folder)) {
      const newer = kinds.get(type);
      kinds.set(type, newer === undefined ? schema : merged(newer, schema));
    }
  }
  return kinds;
}

function folderSchemas(folder: string): ReadonlyMap<string, Schema> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const documents = files.flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')));
  const definitions = documents.flatMap((document) => calicoDefinitions(document.toJS()));
  return new Map(
    definitions.flatMap((definition) => crdKinds(definition).map(({ type, schema }) => [type, schema] as const)),
  );
}
