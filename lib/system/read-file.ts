import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import { type FilePath, kindOfSpecial, realPathWithin } from './boundary';
import { FileRefused } from './system-error';

/** No text may be longer in V8. */
const LARGEST = 0x1fffffe8;

/** What a file of this run is for: it is checked, or it says how. */
export type Input = 'manifest' | 'settings';

const INPUTS = new Map<string, Input>();

/** What the file has been read for in this run. */
export function inputAt(path: string): Input | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && INPUTS.get(keyOf(stats));
}

/** A link and a second name of a file are the file. */
function keyOf({ dev, ino }: Stats): string {
  return `${dev} ${ino}`;
}

/** For a program that runs several commands in turn. */
export function forgetReads(): void {
  INPUTS.clear();
}

/**
 * The contents of a regular file. A pipe or a device has no end, and whoever opens it may wait for ever: it is looked at first.
 * @throws FileRefused for what is none, and for a link that leads out of the repository
 */
export function readRegularFile(path: FilePath, input: Input = 'manifest'): Buffer {
  const real = realPathWithin(path);
  // Without O_NONBLOCK opening a pipe waits for a writer.
  const descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    const special = kindOfSpecial(stats);
    if (special !== undefined) throw new FileRefused(`it is ${special}`);
    if (stats.size > LARGEST) throw new FileRefused(`it has ${stats.size} bytes, and at most ${LARGEST} are read`);
    INPUTS.set(keyOf(stats), input);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The same as text, of a file that says how the others are read. */
export function readTextFile(path: string): string {
  return readRegularFile(path, 'settings').toString('utf8');
}
