import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { compareText, finding, type Finding } from '../finding/finding';
import { flatMap } from '../model/lists';
import { systemErrorText } from '../system/system-error';
import { globMatcher, isManifestName, isSkippedFolder } from './file-selection';
import { type ManifestFile, STANDARD_INPUT } from './manifest-file';
import { UNREADABLE_FILE } from './rules';

export interface CollectOptions {
  /** Globs of paths that are left out, even if they are asked for. @default - none */
  readonly exclude?: readonly string[];
}

export interface CollectedFiles {
  /** Each file once, sorted by path. */
  readonly files: readonly ManifestFile[];
  /** What was asked for and could not be had. */
  readonly findings: readonly Finding[];
}

const STANDARD_INPUT_DESCRIPTOR = 0;

/**
 * Reads the files that the arguments of a command stand for: files; directories, in which all `.yaml`, `.yml` and `.json` files count, except
 * those in hidden directories and in `node_modules`; globs, for the same; `-` for standard input. Never throws.
 */
export function collectFiles(paths: readonly string[], { exclude = [] }: CollectOptions = {}): CollectedFiles {
  const findings: Finding[] = [];
  const isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  const found = new Set(flatMap(paths, (path) => attempt(path, () => filesOf(path, findings), findings)));
  const files = flatMap([...found].filter((path) => !isExcluded(path)).sort(compareText), (path) =>
    attempt(path, () => [readFile(path)], findings),
  );
  return { files, findings };
}

/** What cannot be read is a finding, and all else is read. */
function attempt<T>(path: string, read: () => readonly T[], findings: Finding[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    findings.push(unreadable(path, `cannot read ${shownPath(path)}: ${systemErrorText(error)}`));
    return [];
  }
}

function unreadable(path: string, message: string): Finding {
  return finding(UNREADABLE_FILE, {
    message,
    help: 'give files, directories, globs in quotes, or - for standard input',
    origin: { file: shownPath(path), line: null, column: null, construct: null },
  });
}

function readFile(path: string): ManifestFile {
  return { path, bytes: readFileSync(path === STANDARD_INPUT ? STANDARD_INPUT_DESCRIPTOR : path) };
}

function filesOf(path: string, findings: Finding[]): readonly string[] {
  if (path === '-') return [STANDARD_INPUT];
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined && picomatch.scan(path).isGlob) return matchesOf(path, findings);
  // Throws if there is no such file.
  if (!(stats ?? statSync(path)).isDirectory()) return [shownPath(path)];
  return manifestsIn(path, findings).map(shownPath);
}

function matchesOf(glob: string, findings: Finding[]): readonly string[] {
  const { base, glob: pattern } = picomatch.scan(glob);
  const isMatch = globMatcher(pattern);
  const root = base === '' ? '.' : base;
  const matches = manifestsIn(root, findings).filter((path) => isMatch(relative(root, path).split(sep)));
  if (matches.length === 0) {
    findings.push(unreadable(glob, `cannot read ${shownPath(glob)}: no .yaml, .yml or .json file matches it`));
  }
  return matches.map(shownPath);
}

/** Links to files are files; links to directories are not followed, as `kubectl apply -R -f` does not: what they lead to would be there twice. */
function manifestsIn(directory: string, findings: Finding[]): readonly string[] {
  const entries = attempt(directory, () => readdirSync(directory, { withFileTypes: true }), findings);
  return flatMap(entries, (entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isSkippedFolder(entry.name) ? [] : manifestsIn(path, findings);
    if (!isManifestName(entry.name)) return [];
    if (!entry.isSymbolicLink()) return [path];
    if (leadsTo(path) === 'nothing') findings.push(leadsNowhere(path));
    return leadsTo(path) === 'file' ? [path] : [];
  });
}

/** Nobody asked for the link itself. */
function leadsNowhere(path: string): Finding {
  return finding(UNREADABLE_FILE, {
    severity: 'info',
    message: `${shownPath(path)} is a link that leads nowhere`,
    help: 'remove the link, or make what it leads to',
    origin: { file: shownPath(path), line: null, column: null, construct: null },
  });
}

/** A link in circles is left to whoever reads it. */
function leadsTo(link: string): 'file' | 'directory' | 'nothing' {
  try {
    const stats = statSync(link, { throwIfNoEntry: false });
    return stats === undefined ? 'nothing' : stats.isDirectory() ? 'directory' : 'file';
  } catch {
    return 'file';
  }
}

/** Relative to the working directory, with `/` between its parts. */
function shownPath(path: string): string {
  if (path === '-' || path === STANDARD_INPUT) return STANDARD_INPUT;
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : normalize(path);
  return shown.split(sep).join('/');
}
