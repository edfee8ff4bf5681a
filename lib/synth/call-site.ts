import { basename, dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A remembered place in user code. V8 formats the stack only when it is read, so that remembering costs little. */
export interface CallSite {
  readonly stack?: string;
}

export interface CodeLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Remembers who called `callee`, a constructor whose own frames are left out; without one, who called this library. */
export function callSiteOf(callee?: NewableFunction): CallSite {
  const site: CallSite = {};
  Error.captureStackTrace(site, callee);
  return site;
}

/** The folder of this library, in which the build puts all of it into one file: its frames are never the user's. */
const OWN_FOLDER = `${basename(__dirname) === 'synth' ? dirname(__dirname) : __dirname}${sep}`;

/** The first line of code outside of libraries, relative to the working directory; undefined if there is none. */
export function codeLocation(site: CallSite): CodeLocation | undefined {
  for (const line of (site.stack ?? '').split('\n').slice(1)) {
    const place = placeOfFrame(line);
    if (place === undefined) continue;
    const file = plainPath(place.file);
    if (file.startsWith('node:') || file.includes(`${sep}node_modules${sep}`) || file.startsWith(OWN_FOLDER)) continue;
    return {
      file: relative(process.cwd(), file).split(sep).join('/'),
      line: place.line,
      column: place.column,
    };
  }
  return undefined;
}

/** `at NAME (FILE:LINE:COLUMN)` or `at FILE:LINE:COLUMN` */
function placeOfFrame(frame: string): CodeLocation | undefined {
  const trimmed = frame.trim().replace(/^at (?:async )?/, '');
  const parts = (trimmed.endsWith(')') ? trimmed.slice(trimmed.lastIndexOf('(') + 1, -1) : trimmed).split(':');
  const [line, column] = parts.slice(-2).map(Number);
  const file = parts.slice(0, -2).join(':');
  return file === '' || !Number.isInteger(line) || !Number.isInteger(column) ? undefined : { file, line, column };
}

function plainPath(location: string): string {
  return location.startsWith('file://') ? fileURLToPath(location) : location;
}
