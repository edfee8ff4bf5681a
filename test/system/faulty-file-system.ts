import type * as fs from 'node:fs';

/** What changes the disk, or makes it durable: each call can fail. */
export const CHANGES = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'fchmodSync',
  'fchownSync',
  'ftruncateSync',
  'mkdirSync',
] as const;

export type Fault =
  | { readonly kind: 'error'; readonly code: string }
  /** The system takes a part of what is written, again and again. */
  | { readonly kind: 'short' }
  /** It takes a part, and then nothing more. */
  | { readonly kind: 'full' };

export interface FaultyFileSystem {
  /** How often the disk was changed since the last plan. */
  readonly calls: () => number;
  /** The n-th change fails. */
  readonly plan: (fault: Fault | undefined, call: number) => void;
}

/** Puts itself between the program and the functions of the file system that are given. */
export function makeFaulty(real: typeof fs): { readonly faulty: typeof fs; readonly control: FaultyFileSystem } {
  let count = 0;
  let fault: Fault | undefined;
  let at = -1;
  const written = new Set<number>();
  const faulty: Record<string, unknown> = { ...real };
  for (const name of CHANGES) {
    faulty[name] = (...parameters: unknown[]): unknown => {
      const call = real[name] as (...all: unknown[]) => unknown;
      // What is only read cannot be lost.
      if (name === 'openSync' && !changes(parameters[1])) return call(...parameters);
      if (name === 'closeSync' && !written.delete(parameters[0] as number)) return call(...parameters);
      const isHere = count++ === at;
      if (name === 'openSync' && !(isHere && fault?.kind === 'error')) {
        const descriptor = call(...parameters) as number;
        written.add(descriptor);
        return descriptor;
      }
      if (fault === undefined) return call(...parameters);
      if (fault.kind === 'error' && isHere) {
        if (name === 'closeSync') call(...parameters);
        throw systemError(fault.code, name);
      }
      if (name !== 'writeSync' || fault.kind === 'error') return call(...parameters);
      const [descriptor, bytes, offset, length, position] = parameters as [number, Uint8Array, number, number, unknown];
      if (!(bytes instanceof Uint8Array)) return call(...parameters);
      if (fault.kind === 'full' && count - 1 > at) throw systemError('ENOSPC', name);
      if (fault.kind === 'full' && !isHere) return call(...parameters);
      return call(descriptor, bytes, offset, Math.ceil(length / 2), position);
    };
  }
  return {
    faulty: faulty as unknown as typeof fs,
    control: {
      calls: () => count,
      plan: (next, call) => {
        fault = next;
        at = call;
        count = 0;
      },
    },
  };
}

function changes(flags: unknown): boolean {
  return typeof flags === 'string' && /[wa+]/.test(flags);
}

function systemError(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: a fault, ${name}`), { code });
}
