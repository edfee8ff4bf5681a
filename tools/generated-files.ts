import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiReference, type Assembly } from './api-reference';
import { type Layer, withLayerTable } from './layer-table';
import { ruleListModule } from './rule-lists';
import { ruleModules } from './rule-modules';

export const ROOT = join(__dirname, '..');

/** A file that follows from others. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: () => string;
}

/** What needs no list of rules. */
const FIRST_FILES: readonly GeneratedFile[] = [
  {
    path: 'lib/rules/network-rules.ts',
    text: () =>
      ruleListModule(ruleModules(join(ROOT, 'lib/rules'), { ownFiles: false }), {
        name: 'NETWORK_RULES',
        type: 'NetworkRule',
        typeModule: './network-rule',
        folder: '.',
      }),
  },
  {
    path: 'lib/diff/change-rules.ts',
    text: () =>
      ruleListModule(ruleModules(join(ROOT, 'lib/diff/rules'), { ownFiles: true }), {
        name: 'CHANGE_RULES',
        type: 'ChangeRule',
        typeModule: './change-rule',
        folder: './rules',
      }),
  },
  {
    path: 'CONTRIBUTING.md',
    text: () => {
      const layers = JSON.parse(readFileSync(join(ROOT, 'eslint/layers.json'), 'utf8')) as readonly Layer[];
      return withLayerTable(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'), '## Where things are', layers);
    },
  },
];

/** The paths of the files that are not what they should be. */
export async function staleFiles(): Promise<readonly string[]> {
  return (await generatedFiles()).filter(({ path, text }) => read(path) !== text()).map(({ path }) => path);
}

/** Returns the paths of those that were not what they should be. */
export async function writeGeneratedFiles(): Promise<readonly string[]> {
  const first = write([...FIRST_FILES, ...referenceFiles()]);
  return [...first, ...write(await catalogueFiles())];
}

async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  return [...FIRST_FILES, ...referenceFiles(), ...(await catalogueFiles())];
}

/** After a build only: the reference comes from what jsii compiled. */
function referenceFiles(): readonly GeneratedFile[] {
  const assembly = read('.jsii');
  if (assembly === undefined) return [];
  return [{ path: 'docs/api.md', text: () => apiReference(JSON.parse(assembly) as Assembly) }];
}

/** Loaded late: the catalogue stands on the lists of rules, which must be right by then. */
async function catalogueFiles(): Promise<readonly GeneratedFile[]> {
  const { CATALOGUE_FILES } = await import('./catalogue-files.js');
  return CATALOGUE_FILES;
}

function write(files: readonly GeneratedFile[]): string[] {
  return files.flatMap((file) => {
    const text = file.text();
    if (read(file.path) === text) return [];
    writeFileSync(join(ROOT, file.path), text);
    return [file.path];
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}
