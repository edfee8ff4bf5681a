import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';
import { CORPUS, describeCorpus } from './corpus';

/** Inputs after public bug reports, judged as their README.md says. */

interface Expected {
  readonly problem: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly mention: string;
  readonly options: readonly string[];
}

interface Found {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly help: string;
}

const ORDER = ['info', 'warning', 'error'];
const reports = join(CORPUS, 'reports');
const cases = existsSync(reports) ? readdirSync(reports).filter((name) => !name.endsWith('.md')) : [];

describeCorpus('inputs after public bug reports', () => {
  const printed = inTemporaryFolders();

  test.each(cases)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(reports, name, 'expected.json'), 'utf8')) as Expected;
    cpSync(join(reports, name), '.', { recursive: true });
    const files = readdirSync('.').filter((file) => file.endsWith('.yaml'));
    await main(['node', 'netloom', 'check', ...files, '-o', 'json', ...expected.options], { version: '0', root: '.' });
    const { findings } = JSON.parse(printed.output()) as { findings: readonly Found[] };
    const said = findings.filter(
      ({ severity, message, help }) =>
        ORDER.indexOf(severity) >= ORDER.indexOf(expected.severity) &&
        new RegExp(expected.mention).test(`${message} ${help}`),
    );
    expect({ problem: expected.problem, said: said.length > 0 }).toEqual({ problem: expected.problem, said: true });
  });
});
