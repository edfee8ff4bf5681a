/**
 * Puts the library and the command into one file each, in the place of what the compiler has written: to find and load hundreds of
 * files takes longer than most syntheses. Packages that an app brings along stay outside of the library: it has one copy of them.
 */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const BUILD = join(__dirname, '..', 'build');
const LIBRARY = join(BUILD, 'lib', 'index.js');

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
};

buildSync({
  ...COMMON,
  entryPoints: [join(BUILD, 'lib', 'cli', 'main.js')],
  outfile: join(BUILD, 'cli', 'netloom.js'),
});

const names = Object.keys(createRequire(LIBRARY)(LIBRARY) as object).sort();
buildSync({
  ...COMMON,
  entryPoints: [LIBRARY],
  outfile: LIBRARY,
  allowOverwrite: true,
  external: ['cdk8s', 'cdk8s-plus-28', 'constructs'],
  // Never run: modules of ECMAScript learn the names of what they import from it.
  footer: { js: `0 && (module.exports = { ${names.join(', ')} });` },
});
rmSync(`${LIBRARY}.map`, { force: true });
