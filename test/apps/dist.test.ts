import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

const DIST = join(__dirname, '../../dist');

/** Texts by path, with `/` between its parts. */
function textsIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      // The command of cdk8s leaves this one for its plugins; it is not committed.
      path !== 'construct-metadata.json' && statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]));
}

test('dist holds what the apps write: `npm run synth` renews it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-dist-'));
  const { CI, CDK8S_OUTDIR } = process.env;
  // The lock of the repository is read, and a change of it is an error.
  Object.assign(process.env, { CI: 'true', CDK8S_OUTDIR: folder });
  try {
    jest.requireActual('../../apps/main');
    expect(textsIn(folder)).toEqual(textsIn(DIST));
  } finally {
    for (const [name, value] of Object.entries({ CI, CDK8S_OUTDIR })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true });
  }
});
