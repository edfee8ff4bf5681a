import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { IConstruct } from 'constructs';

/** Context key of an app: the path of its lock file, when it is not the usual one. */
export const LOCK_FILE_CONTEXT = 'netloom.dev/lock-file';

/** The lock file that the app names. */
export function lockFileOf(root: IConstruct): string | undefined {
  const context: unknown = root.node.tryGetContext(LOCK_FILE_CONTEXT);
  return typeof context === 'string' ? context : undefined;
}

export function outdirOf(root: IConstruct): string | undefined {
  const outdir: unknown = 'outdir' in root ? root.outdir : undefined;
  return typeof outdir === 'string' ? outdir : undefined;
}

/** `cdk8s synth --stdout` prints all that it finds in a temporary folder, for `kubectl apply -f -`: manifests and nothing else. */
export function isPiped(outdir: string): boolean {
  return /^cdk8s-\w{6}$/.test(basename(outdir)) && isInTemporaryFolder(outdir);
}

function isInTemporaryFolder(path: string): boolean {
  return resolve(dirname(path)) === resolve(tmpdir());
}

/** `Testing.app()` writes below the temporary directory: a unit test neither reads nor changes the lock of the project. */
export function isUnitTest(root: IConstruct): boolean {
  const outdir = outdirOf(root);
  return (
    outdir !== undefined &&
    lockFileOf(root) === undefined &&
    basename(outdir).startsWith('cdk8s.outdir.') &&
    isInTemporaryFolder(outdir)
  );
}
