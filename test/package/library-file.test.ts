import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as netloom from '../../lib';

const LIBRARY = join(__dirname, '../../build/lib/index.js');

function run(program: string): unknown {
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
  ) as unknown;
}

test('the built library is one file', () => {
  const program = `
import { createRequire } from 'node:module';
const require = createRequire(${JSON.stringify(LIBRARY)});
require(${JSON.stringify(LIBRARY)});
console.log(JSON.stringify(Object.keys(require.cache).filter((path) => !path.includes('node_modules'))));`;
  expect(run(program)).toEqual([LIBRARY]);
});

test('modules of ECMAScript import all of it by name', () => {
  const url = JSON.stringify(pathToFileURL(LIBRARY).href);
  const program = `
import * as netloom from ${url};
console.log(JSON.stringify(Object.keys(netloom)));`;
  const names = run(program) as string[];
  const values = Object.entries(netloom).filter(([, value]: [string, unknown]) => value !== undefined);
  expect(values.length).toBeGreaterThan(50);
  expect(names).toEqual(expect.arrayContaining(values.map(([name]) => name)));
});
