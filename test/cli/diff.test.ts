import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();
let out: string;
let err: string;

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  const code = await main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
  out = printed.output();
  err = printed.errors();
  return code;
}

interface Report {
  readonly version: number;
  readonly objects: { change: string; object: { name: string }; after: { file: string } | null }[];
  readonly findings: {
    code: string;
    origin: { file: string; line: number };
    related: { origin: { file: string } }[];
  }[];
  readonly connections: { src: string; dst: string; before: string | null; after: string | null }[];
  readonly suppressed: number;
}
const report = (): Report => JSON.parse(out) as Report;
const codes = (): string[] => report().findings.map(({ code }) => code);

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

const service = (ip: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\n${more}spec:\n  clusterIP: ${ip}\n  ports:\n    - port: 80\n`;

const OLD = `${service('10.96.0.50')}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: db:1 }] }
`;
const NEW = `${OLD.replace('0.50', '0.60').replace('web:1', 'web:2').replace('spec:\n', 'spec:\n  type: LoadBalancer\n')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 5432 }]
`;

describe('two folders', () => {
  beforeEach(() => {
    write('old/shop.yaml', OLD);
    write('new/all.yaml', NEW);
  });

  test.each(['text', 'markdown', 'json'])('as %s', async (format) => {
    expect(await netloom('diff', 'old', 'new', '-o', format)).toBe(1);
    expect(out).toMatchSnapshot();
  });

  test('where objects stand in files means nothing', async () => {
    write('split/one.yaml', OLD.slice(OLD.indexOf('---\n')));
    write('split/two.yaml', service('10.96.0.50'));
    expect(await netloom('diff', 'old', 'split')).toBe(0);
    expect(out).toBe('✓ no change\n  0 errors, 0 warnings, 0 infos\n');
  });

  test('exit codes', async () => {
    write('note.yaml', OLD.replace('web:1', 'web:2'));
    expect(await netloom('diff', 'old', 'note.yaml')).toBe(0);
    expect(await netloom('diff', 'old', 'note.yaml', '--detailed-exitcode')).toBe(2);
    expect(await netloom('diff', 'old', 'old', '--detailed-exitcode')).toBe(0);
    expect(await netloom('diff', 'old', 'new', '--detailed-exitcode')).toBe(1);
  });

  test('severities of netloom.yaml, and suppressions', async () => {
    write('netloom.yaml', 'rules:\n  cluster-ip-change: warning\n');
    expect(await netloom('diff', 'old', 'new', '-o', 'json')).toBe(0);
    write('netloom.yaml', '{}\n');
    const ignored = "  annotations: { netloom.dev/ignore: 'NL801: recreated by hand' }\n";
    write('new/all.yaml', service('10.96.0.60', ignored));
    expect(await netloom('diff', 'old', 'new', '-o', 'json')).toBe(0);
    expect(report()).toMatchObject({ findings: [], suppressed: 1 });
    // A check finds no changes, and does not take the suppression for a forgotten one.
    await netloom('check', 'new', '-o', 'json');
    expect(codes()).not.toContain('NL961');
  });

  test('input that cannot be read is a finding, and the rest is compared', async () => {
    write('new/broken.yaml', 'a: [\n');
    expect(await netloom('diff', 'old', 'new', '-o', 'json')).toBe(1);
    expect(codes()).toEqual(['NL801', 'NL931']);
  });
});

describe('git', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    write('dist/shop.yaml', OLD);
    write('dist/node_modules/x.yaml', service('10.96.0.1'));
    write('dist/readme.txt', 'no manifest');
    write("dist/sub folder/näme'\n.yaml", service('10.96.0.7').replace('name: web', 'name: other'));
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('checkout', '-q', '-b', 'change');
    write('dist/shop.yaml', NEW);
    symlinkSync('shop.yaml', 'dist/link.yaml');
    git('add', '.');
    git('commit', '-q', '-m', 'two');
    // The work tree has no part in it.
    rmSync('dist', { recursive: true });
  });

  test.each([
    ['a range', ['main:dist..change:dist']],
    ['the branch since it parted', ['main:dist...change:dist']],
    ['two revisions', ['main:dist', 'HEAD:dist']],
    ['two files', ['main:dist/shop.yaml', 'change:dist/shop.yaml']],
    ['globs', ['main:dist/*.yaml', 'change:dist/sh*.yaml']],
    ['whole trees', ['main:', 'change:']],
    ['commits by their names', ['HEAD~1:dist', 'HEAD:dist']],
  ])('%s', async (_name, args) => {
    expect(await netloom('diff', ...args, '-o', 'json')).toBe(1);
    expect(err).toBe('');
    expect(report().objects.map(({ change, object }) => `${change} ${object.name}`)).toEqual([
      'changed web',
      'added db',
      'changed web',
    ]);
    const [first] = report().findings;
    expect([first.code, first.origin.line]).toEqual(['NL801', 8]);
    expect(first.related[0].origin.file).toMatch(/^(main|HEAD~1|[0-9a-f]{12}):dist\/shop\.yaml$/);
    expect(
      git('status', '--porcelain')
        .split('\n')
        .filter((line) => !line.startsWith(' D')),
    ).toEqual(['']);
  });

  test('a revision and a folder', async () => {
    write('now/shop.yaml', NEW);
    expect(await netloom('diff', 'main:dist/shop.yaml', 'now', '-o', 'json')).toBe(1);
    expect(codes()).toEqual(['NL801']);
  });

  test('the old state is that where branches parted', async () => {
    git('checkout', '-q', '-f', 'main');
    write('dist/later.yaml', service('10.96.0.9').replace('name: web', 'name: later'));
    git('add', '.');
    git('commit', '-q', '-m', 'three');
    await netloom('diff', 'main:dist..change:dist', '-o', 'json');
    expect(report().objects.map(({ object }) => object.name)).toContain('later');
    await netloom('diff', 'main:dist...change:dist', '-o', 'json');
    expect(report().objects.map(({ object }) => object.name)).not.toContain('later');
  });

  test.each([
    [['main:nope', 'HEAD:dist'], 'main has no nope'],
    [['main:dist/*.json', 'HEAD:dist'], 'in main no .yaml, .yml or .json file matches dist/*.json'],
    [['nothing', 'HEAD:dist'], 'there is no nothing'],
  ])('%j cannot be read', async (args, message) => {
    expect(await netloom('diff', ...args)).toBe(1);
    expect(err).toContain(message);
    expect(out).toBe('');
  });

  test.each([
    [['nope:dist', 'HEAD:dist'], 'nope is no revision of this repository and no file'],
    [['--', '-x:dist', 'HEAD:dist'], '-x is no revision'],
    [['main:dist'], 'diff takes OLD and NEW, or one REV:PATH..REV:PATH'],
    [['-', '-'], 'only one of OLD and NEW can be standard input'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await netloom('diff', ...args)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});

test('without a repository', async () => {
  expect(await netloom('diff', 'main:dist', 'HEAD:dist')).toBe(2);
  expect(err).toContain('this folder is in no git repository');
});

test('one of the clusters of netloom.yaml, in files and in revisions; one that has no files yet is empty', async () => {
  write('netloom.yaml', "clusters: { prod: { paths: ['dist/prod-*'] }, test: { paths: ['dist/test-*'] } }\n");
  write('dist/prod-web.yaml', service('10.96.0.50'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  write('dist/prod-web.yaml', service('10.96.0.51'));
  write('dist/test-web.yaml', service('10.97.0.50'));

  expect(await netloom('diff', 'HEAD:dist', 'dist', '-o', 'json')).toBe(2);
  expect(err).toContain('name one with --cluster: prod, test');
  expect(await netloom('diff', 'HEAD:dist', 'dist', '-o', 'json', '--cluster', 'prod')).toBe(1);
  expect(codes()).toEqual(['NL801']);
  expect(report().findings[0].related[0].origin.file).toBe('HEAD:dist/prod-web.yaml');
  expect(await netloom('diff', 'HEAD:dist', 'dist', '-o', 'json', '--cluster', 'test')).toBe(0);
  expect(report().objects.map(({ change, after }) => [change, after?.file])).toEqual([['added', 'dist/test-web.yaml']]);
});
