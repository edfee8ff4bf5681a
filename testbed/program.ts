import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Kubernetes releases that the tests run on. Each is built from the versions of its module file. */
export const RELEASES: Readonly<Record<Release, string>> = {
  newest: 'go.mod',
  oldest: 'kubernetes-1.30.mod',
};

export type Release = 'newest' | 'oldest';

/** The version of Kubernetes that a release is built from, such as `1.37.2`. */
export function kubernetesVersion(release: Release): string {
  const version = /^(?:require|\t) ?k8s\.io\/kubernetes v(\S+)$/m.exec(read(RELEASES[release]))?.[1];
  if (version === undefined) throw new Error(`${RELEASES[release]} requires no version of k8s.io/kubernetes`);
  return version;
}

/** Where programs, CustomResourceDefinitions and the state of a running testbed are kept, outside of the tree. */
export function cacheFolder(): string {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(caches, 'netloom-testbed');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The path of the program of a release. It is built where the cache has none of this version and these sources. */
export function testbedProgram(release: Release): string {
  const version = kubernetesVersion(release);
  return builtProgram({
    what: `Kubernetes ${version}; the first build takes 15 minutes and more`,
    name: 'testbed',
    version,
    folder: '.',
    moduleFile: RELEASES[release],
    flags: ['-tags', release, `-ldflags=${linkerFlags(version)}`],
  });
}

/** The path of the program that asks the code of MetalLB and Cilium: see README.md. */
export function judgesProgram(): string {
  const flags = ['-ldflags=-s -w'];
  const what = 'what asks MetalLB and Cilium; the first build takes some minutes';
  return builtProgram({ what, name: 'judges', version: 'judges', folder: 'judges', moduleFile: 'go.mod', flags });
}

interface Program {
  readonly what: string;
  readonly name: string;
  readonly version: string;
  /** Of its sources, in this folder. */
  readonly folder: string;
  readonly moduleFile: string;
  readonly flags: readonly string[];
}

function builtProgram(program: Program): string {
  const { what, name, version, moduleFile, flags } = program;
  const folder = join(cacheFolder(), `${version}-${sourceHash(program)}`);
  const path = join(folder, name);
  if (existsSync(path)) return path;
  requireGo();
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`testbed: building ${what}\n`);
  const unfinished = `${path}.${process.pid}`;
  const command = ['build', '-p', '2', '-trimpath', `-modfile=${moduleFile}`, ...flags, '-o', unfinished, '.'];
  const { status } = spawnSync('go', command, {
    cwd: join(__dirname, program.folder),
    stdio: ['ignore', 2, 2],
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  if (status !== 0) throw new Error(`go build of ${what} failed`);
  renameSync(unfinished, path);
  return path;
}

/** What the components say that they are. */
function linkerFlags(version: string): string {
  const [major, minor] = version.split('.');
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
  const settings = packages.flatMap((name) =>
    Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`),
  );
  return ['-s', '-w', ...settings].join(' ');
}

function sourceHash({ folder, moduleFile }: Program): string {
  const sources = readdirSync(join(__dirname, folder)).filter((name) => name.endsWith('.go'));
  const hash = createHash('sha256');
  for (const name of [...sources.sort(), moduleFile, moduleFile.replace(/\.mod$/, '.sum')])
    hash.update(name).update(read(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

function requireGo(): void {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    throw new Error(
      'the testbed is built with Go 1.26 or later, and there is no command go: install it from your distribution or from go.dev',
    );
  }
}

function read(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}
