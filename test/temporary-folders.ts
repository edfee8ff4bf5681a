import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was printed since the test began, or since `clear()`. */
export interface Printed {
  readonly output: () => string;
  readonly errors: () => string;
  readonly clear: () => void;
}

/** Each test of the file runs in a folder of its own, outside of CI and without colours; what it prints is collected. */
export function inTemporaryFolders(): Printed {
  let home: string;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let output: string;
  let errors: string;
  const clear = (): void => {
    output = '';
    errors = '';
  };
  beforeEach(() => {
    home = process.cwd();
    folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
    environment = { ...process.env };
    process.chdir(folder);
    delete process.env.CI;
    process.env.NO_COLOR = '1';
    clear();
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.chdir(home);
    process.env = environment;
    rmSync(folder, { recursive: true, force: true });
  });
  return { output: () => output, errors: () => errors, clear };
}
