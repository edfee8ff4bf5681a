import { spawnSync } from 'node:child_process';
import { compareText, finding, type Finding, type Severity } from '../finding/finding';
import {
  type CollectedFiles,
  anyGlob,
  globMatcher,
  isGlob,
  isManifestName,
  isSkippedFolder,
  type ManifestFile,
  splitGlob,
  UNREADABLE_FILE,
} from '../manifests';
import { systemErrorCode, systemErrorText } from '../system/system-error';
import { InputError, UsageError } from './usage-error';

/** A path in a state of the repository: `main:dist`. */
export interface Revision {
  readonly revision: string;
  readonly path: string;
}

/** `REV:PATH`, as git has it. */
export function parseRevision(argument: string): Revision | undefined {
  const colon = argument.indexOf(':');
  return colon <= 0 ? undefined : { revision: argument.slice(0, colon), path: argument.slice(colon + 1) };
}

/** `REV:PATH..REV:PATH`; with three dots the old state is that where the two branches parted, as in `git diff`. */
export function parseRevisionRange(argument: string): readonly [old: Revision, current: Revision] | undefined {
  // Dots beside a slash or a colon are those of a relative path.
  const match = /^(.*?[^./:])(\.{2,3})([^./].*)$/s.exec(argument);
  const [old, current] = [match?.[1], match?.[3]].map((side) => (side === undefined ? undefined : parseRevision(side)));
  if (old === undefined || current === undefined) return undefined;
  if (match?.[2] === '..') return [old, current];
  const base = text(git(['merge-base', '--end-of-options', commitOf(old.revision), commitOf(current.revision)]));
  if (base === undefined) throw new UsageError(`${old.revision} and ${current.revision} have no common history`);
  return [{ revision: base.slice(0, SHORT_NAME), path: old.path }, current];
}

/** Enough of the name of a commit for a repository of any size. */
const SHORT_NAME = 12;

interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly object: string;
  readonly path: string;
}

/** Reads the manifests of a path in a revision without touching the work tree. Paths are told as `REV:PATH`. */
export function gitFiles({ revision, path }: Revision, exclude: readonly string[]): CollectedFiles {
  commitOf(revision);
  const isExcluded = anyGlob(exclude, { dot: true });
  const all = entriesOf(revision, path)
    .filter((entry) => !isExcluded(entry.path))
    .sort((a, b) => compareText(a.path, b.path));
  const entries = all.filter(({ type }) => type === 'blob');
  const files: ManifestFile[] = [];
  const findings = all
    .filter(({ type }) => type === SUBMODULE)
    .map((entry) => unreadable(`${revision}:${entry.path}`, NOT_OF_SUBMODULES, 'warning'));
  readObjects(entries.map((entry) => objectName(revision, entry))).forEach((bytes, index) => {
    const entry = entries[index];
    const shown = `${revision}:${entry.path}`;
    if (bytes !== undefined) files.push({ path: shown, bytes });
    else findings.push(unreadable(shown, entry.mode === SYMBOLIC_LINK ? LEADS_NOWHERE : NOT_CLONED));
  });
  return { files, findings };
}

function entriesOf(revision: string, path: string): TreeEntry[] {
  const direct = text(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}:${path}`]));
  if (direct !== undefined) {
    const type = text(git(['cat-file', '-t', direct]));
    if (type === undefined) throw new UsageError(`${revision}:${path} is a submodule, or not in this clone`);
    return type === 'blob' ? [{ mode: '', type, object: direct, path }] : manifestsIn(direct, path);
  }
  if (!isGlob(path)) throw new InputError(`${revision} has no ${path === '' ? 'files' : path}`);
  const { base, pattern } = splitGlob(path);
  const folder = text(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}:${base}`]));
  if (folder === undefined) throw new InputError(`${revision} has no ${base}`);
  const isMatch = globMatcher(pattern);
  const prefix = base === '' ? 0 : base.length + 1;
  const matches = manifestsIn(folder, base).filter((entry) => isMatch(entry.path.slice(prefix).split('/')));
  if (matches.length === 0) throw new InputError(`in ${revision} no .yaml, .yml or .json file matches ${path}`);
  return matches;
}

function manifestsIn(tree: string, folder: string): TreeEntry[] {
  const listing = git(['ls-tree', '-r', '-z', tree])?.toString('utf8');
  if (listing === undefined)
    throw new UsageError(
      `cannot read ${folder === '' ? 'the revision' : folder}: ${NOT_CLONED.because}; ${NOT_CLONED.help}`,
    );
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return listing.split('\0').flatMap((line): TreeEntry[] => {
    const match = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (match === null) return [];
    const [, mode, type, object, path] = match;
    const parts = path.split('/');
    if (parts.slice(0, -1).some(isSkippedFolder) || (type !== SUBMODULE && !isManifestName(path))) return [];
    return [{ mode, type, object, path: `${prefix}${path}` }];
  });
}

const SYMBOLIC_LINK = '120000';

/** A link is followed by its path. */
function objectName(revision: string, { mode, object, path }: TreeEntry): string {
  return mode === SYMBOLIC_LINK && !path.includes('\n') ? `${revision}:${path}` : object;
}

/** The contents, in one process; undefined for a link that leads nowhere, or out of the repository. */
function readObjects(names: readonly string[]): (Buffer | undefined)[] {
  if (names.length === 0) return [];
  const answers = git(['cat-file', '--batch', '--follow-symlinks'], `${names.join('\n')}\n`);
  if (answers === undefined) throw new UsageError('git cannot read the objects of this repository');
  let at = 0;
  return names.map(() => {
    const end = answers.indexOf('\n', at);
    const header = answers.toString('utf8', at, end);
    const size = Number(/ (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    at = end + 1;
    if (Number.isNaN(size)) return undefined;
    const bytes = answers.subarray(at, at + size);
    at += size + 1;
    return /^[0-9a-f]+ blob \d+$/.test(header) ? bytes : undefined;
  });
}

interface Reason {
  readonly because: string;
  readonly help: string;
}

const LEADS_NOWHERE: Reason = {
  because: 'the link leads to no file of this revision',
  help: 'fix the link, or exclude the file in netloom.yaml',
};

const NOT_CLONED: Reason = {
  because: 'it is not in this clone, and nothing is fetched for a comparison',
  help: 'fetch it first: git fetch --refetch, or clone without --filter',
};

const NOT_OF_SUBMODULES: Reason = {
  because: 'it is a submodule, whose files are in another repository',
  help: 'compare them in that repository, or exclude it in netloom.yaml',
};

/** How git lists a submodule. */
const SUBMODULE = 'commit';

function unreadable(path: string, { because, help }: Reason, severity?: Severity): Finding {
  return finding(UNREADABLE_FILE, {
    ...(severity && { severity }),
    message: `cannot read ${path}: ${because}`,
    help,
    origin: { file: path, line: null, column: null, construct: null },
  });
}

function commitOf(revision: string): string {
  const commit = text(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]));
  if (commit !== undefined) return commit;
  const { status, stderr } = runGit(['rev-parse', '--git-dir']);
  if (status !== 0 && stderr.includes('dubious ownership')) {
    throw new UsageError(
      'git does not read this repository, because it belongs to another user: if you trust it, git config --global --add safe.directory and its path',
    );
  }
  if (status !== 0) {
    throw new UsageError(
      `${revision} is a git revision or a file: this folder is in no git repository and has no such file`,
    );
  }
  throw new UsageError(
    `${revision} is no revision of this repository and no file: name a branch, a tag or a commit; a shallow clone has but the last ones`,
  );
}

const LARGEST_ANSWER = 2 ** 31 - 1;

/**
 * Nothing that a repository says may start a program: no fetch of what is missing (its `uploadpack` would be run), no protocol, no hook, no
 * monitor of files. What is asked of git here runs no filter, no textconv and no alias.
 */
const WITHOUT_PROGRAMS = ['-c', 'protocol.allow=never', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
const ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_TERMINAL_PROMPT: '0',
};

/** The output of git, or undefined if it failed. */
function git(args: readonly string[], input?: string): Buffer | undefined {
  const { status, stdout } = runGit(args, input);
  return status === 0 ? stdout : undefined;
}

interface GitAnswer {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function runGit(args: readonly string[], input?: string): GitAnswer {
  // No name in git has one, and no program gets one.
  if (args.some((argument) => argument.includes('\0'))) return { status: null, stdout: Buffer.alloc(0), stderr: '' };
  const { error, status, stdout, stderr } = spawnSync('git', [...WITHOUT_PROGRAMS, ...args], {
    input,
    maxBuffer: LARGEST_ANSWER,
    env: { ...process.env, ...ENVIRONMENT },
    stdio: 'pipe',
  });
  if (error !== undefined && systemErrorCode(error) !== 'EPIPE') {
    throw new UsageError(`cannot run git: ${systemErrorText(error)}`);
  }
  return { status: error === undefined ? status : null, stdout, stderr: String(stderr) };
}

function text(output: Buffer | undefined): string | undefined {
  return output?.toString('utf8').trimEnd();
}
