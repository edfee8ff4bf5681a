import { relative, sep } from 'node:path';
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

/** The folder of this library: its frames are never the user's. */
const OWN_FOLDER = `${__dirname.slice(0, __dirname.lastIndexOf(sep))}${sep}`;
const FRAME = /\(?((?:file:\/\/)?[^()\s][^()]*):(\d+):(\d+)\)?$/;

/** The first line of code outside of libraries, relative to the working directory; undefined if there is none. */
export function codeLocation(site: CallSite): CodeLocation | undefined {
  for (const line of (site.stack ?? '').split('\n').slice(1)) {
    const match = FRAME.exec(line.trim().replace(/^at (?:async )?/, ''));
    if (match?.[1] === undefined) continue;
    const file = plainPath(match[1].includes('(') ? match[1].slice(match[1].lastIndexOf('(') + 1) : match[1]);
    if (file.startsWith('node:') || file.includes(`${sep}node_modules${sep}`) || file.startsWith(OWN_FOLDER)) continue;
    return {
      file: relative(process.cwd(), file).split(sep).join('/'),
      line: Number(match[2]),
      column: Number(match[3]),
    };
  }
  return undefined;
}

function plainPath(location: string): string {
  return location.startsWith('file://') ? fileURLToPath(location) : location;
}
