'use strict';
// Loaded before the program: ends it, without a chance to clean up, at the n-th change of the disk, half of it done where it can be halved.
const fs = require('node:fs');

const at = Number(process.env.KILL_AT);
let count = 0;

for (const name of [
  'openSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'closeSync',
  'fchmodSync',
  'rmSync',
  'mkdirSync',
]) {
  const real = fs[name];
  fs[name] = (...parameters) => {
    if (name === 'openSync' && !/[wa+]/.test(String(parameters[1]))) return real(...parameters);
    if (count++ !== at) return real(...parameters);
    if (name === 'writeSync' && parameters[1] instanceof Uint8Array) {
      const [descriptor, bytes, offset = 0, length = bytes.byteLength, position = null] = parameters;
      real(descriptor, bytes, offset, Math.floor(length / 2), position);
    }
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  };
}
process.on('exit', () => {
  if (process.env.KILL_COUNT) process._rawDebug(`changes: ${count}`);
});
