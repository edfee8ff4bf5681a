import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '../../lib');

/** With pretty errors the yaml package copies the line of each error: a line of `}}` takes time quadratic in its length. */
test('whoever parses YAML of the input with the yaml package asks for no pretty errors', () => {
  const calls = readdirSync(LIB, { encoding: 'utf8', recursive: true }).flatMap((file) => {
    if (!file.endsWith('.ts')) return [];
    const text = readFileSync(join(LIB, file), 'utf8');
    const imported = /import \{[^}]*\bparse\b[^}]*\} from 'yaml'/.test(text);
    return imported ? [...text.matchAll(/(?<![.\w])parse\([^;]*;/g)].map(([call]) => `${file}: ${call}`) : [];
  });
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter((call) => !call.includes('prettyErrors: false'))).toEqual([]);
});
