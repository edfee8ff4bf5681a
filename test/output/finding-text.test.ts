import { finding } from '../../lib/finding/finding';
import { findingTexts } from '../../lib/output/text/finding-text';
import { PLAIN } from '../../lib/output/text/palette';
import { terminalLink } from '../../lib/output/text/terminal-links';
import { CLUSTER_NAME_REUSED } from '../../lib/synth/rules';
import { rulePage } from '../../lib/output/rule-page';

const FOUND = finding(CLUSTER_NAME_REUSED, { message: 'twice', help: 'once' });

test('the code of a finding leads to the page of its rule, where the terminal has links', () => {
  const { code, slug } = FOUND;
  const [plain] = findingTexts([FOUND]);
  expect(plain).toBe(`error ${code} ${slug}: twice\n  = help: once`);
  const [linked] = findingTexts([FOUND], { ...PLAIN, hasLinks: true });
  expect(linked).toBe(plain.replace(code, terminalLink(code, rulePage(code))));
});
