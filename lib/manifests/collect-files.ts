import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, normalize, relative, sep } from 'node:path';
import { asText, childOf, type FilePath, home, isWithin, kindOfSpecial, realPathWithin } from '../system/boundary';
import { readRegularFile } from '../system/read-file';
import { FileRefused, systemErrorText } from '../system/system-error';
import { compareText, finding, type Finding } from '../finding/finding';
import { flatMap } from '../model/lists';
import { globMatcher, isManifestName, isSkippedFolder } from './file-selection';
import { anyGlob, GlobError, isGlob, splitGlob } from './glob';
import { type ManifestFile, STANDARD_INPUT } from './manifest-file';
import { NOTHING_TO_CHECK, UNREADABLE_FILE } from './rules';

export interface CollectOptions {
  /** Globs of paths that are left out, even if they are asked for. @default - none */
  readonly exclude?: readonly string[];
}

export interface CollectedFiles {
  /** Each file once, sorted by path. */
  readonly files: readonly ManifestFile[];
  /** What was asked for and could not be read. */
  readonly findings: readonly Finding[];
}

const STANDARD_INPUT_DESCRIPTOR = 0;

/**
 * Reads the files that the arguments of a command stand for: files; directories, in which all `.yaml`, `.yml` and `.json` files count, except
 * those in hidden directories and in `node_modules`; globs, for the same; `-` for standard input. Never throws.
 */
export function collectFiles(paths: readonly string[], { exclude = [] }: CollectOptions = {}): CollectedFiles {
  const findings: Finding[] = [];
  const isExcluded = anyGlob(exclude, { dot: true });
  const found = new Map(
    flatMap(paths, (path) => attempt(path, () => filesOf(path, findings), findings)).map((file): [string, Found] => [
      file.path,
      file,
    ]),
  );
  const wanted = [...found.values()].filter(({ path }) => !isExcluded(path));
  const files = flatMap(
    withoutLinksToOthers(wanted).sort((a, b) => compareText(a.path, b.path)),
    (file) => attempt(file.path, () => [readFile(file)], findings),
  );
  return { files, findings };
}

/** What cannot be read is a finding, and all else is read. */
function attempt<T>(path: string, read: () => readonly T[], findings: Finding[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof GlobError) findings.push(unreadable(path, `${shownPath(path)} is no glob: ${error.message}`));
    else findings.push(unreadable(path, `cannot read ${shownPath(path)}: ${systemErrorText(error)}`));
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

/** A file before it is read. */
interface Found {
  /** As it is shown. */
  readonly path: string;
  readonly location: FilePath;
  /** Whether it is a link in a folder that was walked through. */
  readonly isLink: boolean;
}

function readFile({ path, location }: Found): ManifestFile {
  if (path === STANDARD_INPUT) return { path, bytes: readFileSync(STANDARD_INPUT_DESCRIPTOR) };
  const bytes = readRegularFile(location);
  return typeof location === 'string' ? { path, bytes } : { path, bytes, location };
}

function given(path: string): Found {
  return { path: shownPath(path), location: path, isLink: false };
}

/** What a link leads to counts once, where it stands. */
function withoutLinksToOthers(files: readonly Found[]): Found[] {
  if (!files.some(({ isLink }) => isLink)) return [...files];
  const known = new Set(files.filter(({ isLink }) => !isLink).map(realPathOf));
  return files.filter((file) => {
    const real = realPathOf(file);
    if (!file.isLink || real === undefined) return true;
    const isNew = !known.has(real);
    known.add(real);
    return isNew;
  });
}

function realPathOf({ location }: Found): string | undefined {
  try {
    return realpathSync.native(location, 'buffer').toString('latin1');
  } catch {
    return undefined;
  }
}

function filesOf(path: string, findings: Finding[]): readonly Found[] {
  if (path === '-') return [given(path)];
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined && isGlob(path)) return matchesOf(path, findings);
  // Throws if there is no such file.
  if (!(stats ?? statSync(path)).isDirectory()) return [given(path)];
  realPathWithin(path);
  return manifestsIn(path, boundaryOf(path), findings);
}

/** Where the files of a folder may be: in the repository, or, for a folder elsewhere, in it. */
function boundaryOf(folder: string): string {
  const real = realpathSync(folder);
  return isWithin(home(), real) ? home() : real;
}

function matchesOf(glob: string, findings: Finding[]): readonly Found[] {
  const { base, pattern } = splitGlob(glob);
  const isMatch = globMatcher(pattern);
  const root = base === '' ? (glob.startsWith('/') ? '/' : '.') : base;
  const isThere = statSync(root, { throwIfNoEntry: false }) !== undefined;
  if (isThere) realPathWithin(root);
  const boundary = isThere ? boundaryOf(root) : home();
  const files = isThere ? manifestsIn(root, boundary, findings) : [];
  const matches = files.filter(({ location }) => isMatch(relative(root, location.toString()).split(sep)));
  if (matches.length === 0) {
    findings.push(
      finding(NOTHING_TO_CHECK, {
        message: `no .yaml, .yml or .json file matches ${shownPath(glob)}`,
        help: 'name what is to be read; --allow-empty of check says that nothing may be there',
        origin: { file: shownPath(glob), line: null, column: null, construct: null },
      }),
    );
  }
  return matches;
}

/** Links to files are files; links to directories are not followed, as `kubectl apply -R -f` does not: what they lead to would be there twice. */
function manifestsIn(folder: FilePath, boundary: string, findings: Finding[]): readonly Found[] {
  const shownFolder = shownName(folder);
  const entries = attempt(
    shownFolder,
    () => readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }),
    findings,
  );
  return flatMap(entries, (entry) => {
    const name = asText(entry.name);
    const location = childOf(folder, name);
    const shown = shownName(name);
    if (entry.isDirectory()) return isSkippedFolder(shown) ? [] : manifestsIn(location, boundary, findings);
    if (!isManifestName(shown)) return [];
    const path = shownPath(shownName(location));
    if (!entry.isSymbolicLink()) {
      return attempt(path, () => [regular({ path, location, isLink: false })], findings);
    }
    const target = leadsTo(location);
    if (target === 'nothing') findings.push(leadsNowhere(path));
    if (target !== 'file') return [];
    return attempt(path, () => [linked({ path, location, isLink: true }, boundary)], findings);
  });
}

function regular(file: Found): Found {
  const special = kindOfSpecial(statSync(file.location));
  if (special !== undefined) throw new FileRefused(`it is ${special}`);
  return file;
}

function linked(file: Found, boundary: string): Found {
  regular(file);
  const real = realpathSync.native(file.location, 'buffer').toString();
  if (!isWithin(boundary, real)) throw new FileRefused(`it is a link that leads out of ${boundaryName(boundary)}`);
  return file;
}

function boundaryName(boundary: string): string {
  return boundary === home() ? 'the repository' : 'the folder';
}

/** Nobody asked for the link itself. */
function leadsNowhere(path: string): Finding {
  return finding(UNREADABLE_FILE, {
    severity: 'info',
    message: `${path} is a link that leads nowhere`,
    help: 'remove the link, or make what it leads to',
    origin: { file: path, line: null, column: null, construct: null },
  });
}

/** A link in circles is left to whoever reads it. */
function leadsTo(link: FilePath): 'file' | 'directory' | 'nothing' {
  try {
    const stats = statSync(link, { throwIfNoEntry: false });
    return stats === undefined ? 'nothing' : stats.isDirectory() ? 'directory' : 'file';
  } catch {
    return 'file';
  }
}

/** Bytes that are no UTF-8 by their number: `caf\xe9.yaml`. */
function shownName(path: FilePath): string {
  if (typeof path === 'string') return path;
  return path.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

/** Relative to the working directory, with `/` between its parts. */
function shownPath(path: string): string {
  if (path === '-' || path === STANDARD_INPUT) return STANDARD_INPUT;
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : normalize(path);
  return shown.split(sep).join('/');
}
