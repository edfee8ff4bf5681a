import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { textWidth } from '../../lib/output/text/text-width';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();
const COLUMNS = 80;
const { env } = process;

beforeEach(() => {
  process.env = { ...env, COLUMNS: String(COLUMNS) };
  writeFileSync(
    'fleet.yaml',
    'supernets: [10.0.0.0/8, "fd42:10::/32"]\nclusters:\n  platform-production-eu-central-1:\n' +
      '    { families: [IPv4, IPv6], nodes: 200, services: 4000, loadBalancers: 64 }\n  small: { nodes: 3000000, services: 10 }\n',
  );
  writeFileSync(
    'k8s.yaml',
    ['web', 'api', 'a-workload-with-a-long-name']
      .map(
        (name) =>
          `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\n` +
          'spec: { clusterIP: 10.97.7.7, selector: { app: nothing, tier: nothing-at-all, track: stable }, ports: [{ port: 80, name: http }] }\n---\n' +
          `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\n` +
          `spec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n` +
          '    spec: { containers: [{ name: main, image: main, ports: [{ containerPort: 80 }] }] }\n---\n',
      )
      .join(''),
  );
});

afterEach(() => {
  process.env = env;
});

test.each([
  'plan fleet.yaml',
  'capacity --fleet fleet.yaml',
  'check k8s.yaml --service-cidr 10.96.0.0/16',
  'check k8s.yaml --statistics',
  'reach k8s.yaml',
  'explain shop/web shop/api k8s.yaml',
  'whois 10.97.7.7 k8s.yaml',
  'rule',
  'rule NL201',
  'rule NL850',
  'check --no-such-option-at-all-in-any-command-of-netloom-however-long-the-name-of-it-is',
])('netloom %s fits 80 columns, and breaks no word', async (line) => {
  await main(['node', 'netloom', ...line.split(' ')], { version: '0.0.0', root: join(__dirname, '../..') });
  const text = printed.output() + printed.errors();
  expect(text.trim()).not.toBe('');
  const isBound = (row: string): boolean => !row.replace(/^[-\s]+/, '').includes(' ') || row.startsWith('|');
  expect(withoutCode(text).filter((row) => textWidth(row) > COLUMNS && !isBound(row))).toEqual([]);
});

/** What stands in a code block of Markdown is code. */
function withoutCode(text: string): string[] {
  return text.replace(/^```[^]*?^```$/gm, '').split('\n');
}

test('a format for programs is not broken', async () => {
  const run = (format: string): Promise<number> =>
    main(['node', 'netloom', 'check', 'k8s.yaml', '-o', format], { version: '0.0.0', root: join(__dirname, '../..') });
  for (const format of ['json', 'markdown', 'github', 'concise']) {
    printed.clear();
    await run(format);
    const narrow = printed.output();
    delete process.env.COLUMNS;
    printed.clear();
    await run(format);
    expect(printed.output()).toBe(narrow);
    process.env.COLUMNS = String(COLUMNS);
  }
});
