import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unifiedDiff } from '../../lib/fix/unified-diff';

test.each(['a.yaml', 'with space/b c.yaml', 'ü.yaml', 'a"b.yaml'])('git applies a diff of %s', (path) => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-diff-'));
  try {
    const [before, after] = ['a: 1 # x\r\n--- b c\n', 'a: "1" # x\r\n--- d e\n'];
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), before);
    execFileSync('git', ['apply'], { cwd: folder, input: unifiedDiff(path, before, after) });
    expect(readFileSync(join(folder, path), 'utf8')).toBe(after);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a tab ends a name with spaces, as patch wants it', () => {
  const [from, to] = unifiedDiff('b c.yaml', 'a\n', 'b\n').split('\n');
  expect([from, to]).toEqual(['--- a/b c.yaml\t', '+++ b/b c.yaml\t']);
});
