import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ALL_RULES } from '../catalogue/rule-catalogue';
import { CONFIG_FILE_NAME, EMPTY_CONFIG, readConfig, type ReadConfig } from '../config/config';
import { INVALID_CONFIG } from '../config/rules';
import { finding } from '../finding/finding';
import { readLocatedDocument } from '../manifests/located-document';
import { readTextFile } from '../system/read-file';
import { systemErrorCode, systemErrorText } from '../system/system-error';

/** Where the configuration is looked for. */
export interface ConfigSearch {
  /** The file itself; it must be there. @default - it is looked for */
  readonly file?: string;
  /** What is checked: the file is looked for from there upwards. @default - the working directory */
  readonly paths?: readonly string[];
}

export interface FoundConfig extends ReadConfig {
  /** Undefined if there is none. */
  readonly file: string | undefined;
}

/** `netloom.yaml`, if there is one. Never throws: what is wrong with it is a finding. */
export function readConfigFile(search: ConfigSearch = {}): FoundConfig {
  const file = search.file ?? findConfigFile(search.paths ?? []);
  return file === undefined ? { config: EMPTY_CONFIG, findings: [], file } : { ...readConfigAt(file), file };
}

function readConfigAt(file: string): ReadConfig {
  let text: string;
  try {
    text = readTextFile(file);
  } catch (error) {
    const unreadable = finding(INVALID_CONFIG, {
      message: `cannot read ${file}: ${systemErrorText(error)}`,
      origin: { file, line: null, column: null, construct: null },
      help:
        systemErrorCode(error) === 'ENOENT'
          ? 'name a file that exists with --config'
          : 'make it a file that can be read, or remove it',
    });
    return { config: EMPTY_CONFIG, findings: [unreadable] };
  }
  const { value, problems, locate } = readLocatedDocument(text, file);
  if (problems.length > 0) {
    const findings = problems.map(({ message, origin }) =>
      finding(INVALID_CONFIG, { message, origin, help: `${file} must be one YAML document` }),
    );
    return { config: EMPTY_CONFIG, findings };
  }
  const folder = shown(dirname(file));
  const workingDirectory =
    relative(dirname(resolve(file)), process.cwd())
      .split(sep)
      .join('/') || '.';
  return readConfig(value, RULE_NAMES, locate, { folder, workingDirectory });
}

/** The nearest one, from what the paths have in common up to the root of the repository, or else to the working directory. */
function findConfigFile(paths: readonly string[]): string | undefined {
  const start = paths.length === 0 ? process.cwd() : commonFolder(paths.filter((path) => path !== '-'));
  const folders = ancestors(start);
  const root = folders.findIndex((folder) => existsSync(join(folder, '.git')));
  const home = folders.indexOf(process.cwd());
  const last = root >= 0 ? root : home;
  // What lies elsewhere, in no repository, is looked at as the working directory says.
  const searched = last < 0 ? [process.cwd()] : folders.slice(0, last + 1);
  const found = searched.map((folder) => join(folder, CONFIG_FILE_NAME)).find((file) => existsSync(file));
  return found === undefined ? undefined : shown(found);
}

/** From a folder upwards. */
function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** What globs and paths start with. */
function commonFolder(paths: readonly string[]): string {
  const parts = paths.map((path) => resolve(path.replace(/[*?[{(].*/s, '') || '.').split(sep));
  const [first = process.cwd().split(sep), ...others] = parts;
  const shared = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  const common = (shared < 0 ? first : first.slice(0, shared)).join(sep) || sep;
  return existsSync(common) ? common : dirname(common);
}

function shown(path: string): string {
  return relative(process.cwd(), resolve(path)).split(sep).join('/') || '.';
}

/** Codes by what a rule may be called. */
export const RULE_NAMES: ReadonlyMap<string, string> = new Map(
  ALL_RULES.flatMap(({ code, slug }): [string, string][] => [
    [code, code],
    [slug, code],
  ]),
);
