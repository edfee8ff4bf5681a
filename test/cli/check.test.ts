import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  readonly findings: { code: string; severity: string; origin: { file: string; line: number; column: number } }[];
  readonly skipped: { code: string }[];
  readonly suppressed: number;
  readonly summary: Record<string, number>;
}
const report = (): Report => JSON.parse(out) as Report;
const codes = (): string[] => report().findings.map(({ code }) => code);

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const service = (name: string, ip: string, more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: shop\n${more}spec:\n  clusterIP: ${ip}\n  selector: { app: ${name} }\n  ports:\n    - port: 80\n`;

test('conflicts across files, with the place of the value', async () => {
  write('a/web.yaml', service('web', '10.96.7.7'));
  write('b/api.yaml', `# two documents\n---\n${service('api', '10.96.7.7')}`);
  expect(await netloom('check', 'b', 'a', '-o', 'json')).toBe(1);
  expect(report()).toMatchObject({
    version: 1,
    findings: [
      {
        code: 'NL201',
        slug: 'cluster-ip-conflict',
        severity: 'error',
        object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
        origin: { file: 'a/web.yaml', line: 7, column: 14, construct: null },
        related: [{ origin: { file: 'b/api.yaml', line: 9, column: 14 }, message: 'first used here' }],
        docs: 'docs/rules/NL201.md',
      },
    ],
    summary: { files: 2, objects: 2, errors: 1, warnings: 0, infos: 0 },
  });
  const first = out;
  await netloom('check', 'a', 'b', '-o', 'json');
  expect(out).toBe(first);
});

test('for a person, both places are shown', async () => {
  write('web.yaml', service('web', '10.96.7.7'));
  write('api.yaml', service('api', '10.96.7.7'));
  expect(await netloom('check', '.')).toBe(1);
  expect(out).toMatchSnapshot();
});

test('facts come from options, then from netloom.yaml; without them rules are skipped', async () => {
  write('web.yaml', service('web', '10.96.7.7'));
  expect(await netloom('check', 'web.yaml', '-o', 'json')).toBe(0);
  expect(report().skipped).toContainEqual({ code: 'NL204', because: 'the service CIDR is not known' });
  expect(await netloom('check', 'web.yaml', '-o', 'json', '--service-cidr', '10.97.0.0/16')).toBe(1);
  expect(codes()).toEqual(['NL204']);
  write('netloom.yaml', 'cluster:\n  serviceCidrs: [10.98.0.0/16]\n');
  expect(await netloom('check', 'web.yaml', '-o', 'json')).toBe(1);
  expect(await netloom('check', 'web.yaml', '-o', 'json', '--service-cidr', '10.96.0.0/16')).toBe(0);
});

test('the version of Kubernetes decides what is accepted', async () => {
  write('web.yaml', service('3scale', 'None'));
  expect(await netloom('check', 'web.yaml', '-o', 'json', '--kubernetes-version', '1.33')).toBe(1);
  expect(codes()).toContain('NL230');
  expect(await netloom('check', 'web.yaml', '-o', 'json', '--kubernetes-version', 'v1.36.2')).toBe(0);
  expect(await netloom('check', 'web.yaml', '--kubernetes-version', 'new')).toBe(2);
});

test('one broken document does not hide the others', async () => {
  write('a.yaml', `a: [\n---\n${service('web', '10.96.7.7')}`);
  write('b.yaml', service('api', '10.96.7.7'));
  expect(await netloom('check', '.', '-o', 'json')).toBe(1);
  expect(codes()).toContain('NL201');
  expect(codes().some((code) => code.startsWith('NL93'))).toBe(true);
});

describe('netloom.yaml', () => {
  test('changes severities and excludes files', async () => {
    write('web.yaml', service('web', '10.96.7.7'));
    write('api.yaml', service('api', '10.96.7.7'));
    write('netloom.yaml', 'rules:\n  cluster-ip-conflict: warning\n');
    expect(await netloom('check', 'web.yaml', 'api.yaml', '-o', 'json')).toBe(0);
    expect(report().findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(await netloom('check', 'web.yaml', 'api.yaml', '--fail-on', 'warning')).toBe(1);
    write('netloom.yaml', 'rules:\n  NL201: off\n');
    expect(await netloom('check', 'web.yaml', 'api.yaml', '-o', 'json')).toBe(0);
    expect(codes()).toEqual([]);
    write('netloom.yaml', 'exclude: ["api.*"]\n');
    expect(await netloom('check', '.', '-o', 'json')).toBe(0);
    expect(report().summary.objects).toBe(1);
  });

  test('that is wrong is a finding with its place', async () => {
    write('web.yaml', service('web', '10.96.7.7'));
    write('netloom.yaml', 'rulez:\n  NL201: off\n');
    expect(await netloom('check', 'web.yaml', '-o', 'json')).toBe(1);
    expect(report().findings).toMatchObject([{ code: 'NL970', origin: { file: 'netloom.yaml', line: 1, column: 1 } }]);
  });
});

describe('suppressions', () => {
  test('in an annotation, and in a comment', async () => {
    write(
      'a.yaml',
      service('web', '10.96.7.7', '  annotations:\n    netloom.dev/ignore: "NL201: shared on purpose"\n'),
    );
    write('b.yaml', service('api', '10.96.7.7'));
    expect(await netloom('check', '.', '-o', 'json')).toBe(0);
    expect(report()).toMatchObject({ findings: [], suppressed: 1 });
    write('a.yaml', service('web', '10.96.7.7 # netloom-ignore NL201: shared on purpose'));
    expect(await netloom('check', '.', '-o', 'json')).toBe(0);
    expect(report()).toMatchObject({ findings: [], suppressed: 1 });
  });

  test('that suppress nothing are reported', async () => {
    write('a.yaml', service('web', '10.96.7.7 # netloom-ignore NL201: shared on purpose'));
    expect(await netloom('check', '.', '-o', 'json')).toBe(0);
    expect(codes()).toEqual(['NL961']);
  });
});

test('a baseline hides what was there', async () => {
  write('m/web.yaml', service('web', '10.96.7.7'));
  write('m/api.yaml', service('api', '10.96.7.7'));
  expect(await netloom('check', 'm', '--write-baseline', 'baseline.json')).toBe(0);
  expect(JSON.parse(readFileSync('baseline.json', 'utf8'))).toMatchObject({ version: 1 });
  write('m/api.yaml', `# moved down\n${service('api', '10.96.7.7')}`);
  expect(await netloom('check', 'm', '--baseline', 'baseline.json', '-o', 'json')).toBe(0);
  expect(report().suppressed).toBe(1);
  write('m/new.yaml', service('new', '10.96.7.7'));
  expect(await netloom('check', 'm', '--baseline', 'baseline.json', '-o', 'json')).toBe(1);
});

test('several formats in one run', async () => {
  write('web.yaml', service('web', '10.96.7.7'));
  expect(await netloom('check', 'web.yaml', '--output-file', 'sarif=out.sarif', '--output-file', 'junit=out.xml')).toBe(
    0,
  );
  expect(JSON.parse(readFileSync('out.sarif', 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(readFileSync('out.xml', 'utf8')).toContain('<testsuites tests="1" failures="0">');
});

describe('netloom rule', () => {
  test.each(['NL201', 'nl201', 'cluster-ip-conflict'])('%s is explained', async (name) => {
    expect(await netloom('rule', name)).toBe(0);
    expect(out).toContain('# NL201 cluster-ip-conflict');
  });

  test('lists all', async () => {
    expect(await netloom('rule')).toBe(0);
    expect(out).toMatch(/^NL201 {2}cluster-ip-conflict +error +Two Services ask for the same ClusterIP$/m);
  });

  test('helps with a wrong name', async () => {
    expect(await netloom('rule', 'cluster-ip-conflit')).toBe(2);
    expect(err).toBe('netloom: there is no rule cluster-ip-conflit; did you mean cluster-ip-conflict?\n');
  });
});

test.each([
  [['check', 'a.yaml', '--service-cidr', '10.0.0.5/8'], 'serviceCidrs: 10.0.0.5/8 has host bits set'],
  [['check', 'a.yaml', '--baseline', 'absent.json'], '--baseline: cannot read absent.json: it does not exist'],
  [['check'], 'there is no cdk8s.yaml here'],
])('%j is wrong usage', async (args, message) => {
  write('a.yaml', service('web', '10.96.7.7'));
  expect(await netloom(...args)).toBe(2);
  expect(err).toContain(message);
});
