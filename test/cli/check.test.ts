import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { childProcesses } from '../child-processes';
import { inTemporaryFolders } from '../temporary-folders';

const run = childProcesses();
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

test('a baseline hides no file that cannot be read: it says so, and fails', async () => {
  write('m/web.yaml', service('web', '10.96.7.7'));
  write('m/api.yaml', service('api', '10.96.7.7'));
  write('m/broken.yaml', 'a: [\n');
  expect(await netloom('check', 'm', '--write-baseline', 'baseline.json')).toBe(1);
  expect(printed.output()).toContain('NL931');
  expect(printed.output()).not.toContain('NL201');
  expect(printed.errors()).toContain('not in the baseline');
  const { findings } = JSON.parse(readFileSync('baseline.json', 'utf8')) as { findings: string[] };
  expect(findings.map((entry) => entry.slice(0, 5))).toEqual(['NL201']);
  // Of an older version, which did hide them.
  const written = JSON.stringify({
    version: 1,
    findings: [...findings, 'NL931 |  | m/broken.yaml | the [ is not closed'],
  });
  write('baseline.json', written);
  expect(await netloom('check', 'm', '--baseline', 'baseline.json', '-o', 'json')).toBe(1);
  expect(codes()).toEqual(['NL931']);
});

test('several formats in one run', async () => {
  write('web.yaml', service('web', '10.96.7.7'));
  expect(await netloom('check', 'web.yaml', '--output-file', 'sarif=out.sarif', '--output-file', 'junit=out.xml')).toBe(
    0,
  );
  expect(JSON.parse(readFileSync('out.sarif', 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(readFileSync('out.xml', 'utf8')).toContain('<testsuites tests="1" failures="0">');
});

/** The command in a process of its own. */
const COMMAND =
  "require('./lib/cli/main').main(['node', 'netloom', ...process.argv.slice(1)], { version: '0', root: '.' }).then((code) => { process.exitCode = code; });";

test('a reader that stops early changes nothing about the exit code, and causes no stack trace', async () => {
  for (const index of Array.from({ length: 200 }).keys()) write(`${index}.yaml`, service(`s${index}`, '10.96.7.7'));
  const { stdout, stderr } = await run(
    'bash',
    [
      '-c',
      `"$0" --import "$1" -e "$2" -- check "$3" -o json | head -1; echo "\${PIPESTATUS[0]}"`,
      process.execPath,
      require.resolve('tsx'),
      COMMAND,
      process.cwd(),
    ],
    { cwd: join(__dirname, '../..') },
  );
  expect(stdout).toBe('{\n1\n');
  expect(stderr).toBe('');
});

describe('--fix', () => {
  const broken = `${service('web', '10.96.7.7').replace('port: 80', 'port: "80" # http')}      protocol: tcp\n`;
  const mended = broken.replace('"80"', '80').replace('tcp', 'TCP');

  test('mends the files, and reports what is left', async () => {
    write('a/web.yaml', broken);
    write('a/api.yaml', service('api', '10.96.7.7'));
    expect(await netloom('check', 'a', '-o', 'json')).toBe(1);
    expect(report().findings.map(({ code }) => code)).toEqual(['NL201', 'NL231', 'NL231']);
    expect(await netloom('check', 'a', '--fix', '-o', 'json')).toBe(1);
    expect(codes()).toEqual(['NL201']);
    expect(err).toBe('2 fixed in 1 file\n');
    expect(readFileSync('a/web.yaml', 'utf8')).toBe(mended);
    expect(readdirSync('a')).toEqual(['api.yaml', 'web.yaml']);
    expect(await netloom('check', 'a', '--fix', '-o', 'json')).toBe(1);
    expect(err).toBe('0 fixed in 0 files\n');
  });

  test.each(['web.yaml', 'sub folder/wéb.yaml'])('a dry run prints a diff of %s that git applies', async (path) => {
    const text = broken.replaceAll('\n', '\r\n');
    write(path, text);
    write('other.yaml', service('other', '10.96.7.8'));
    expect(await netloom('check', '.', '--fix', '--dry-run')).toBe(1);
    expect(err).toBe('2 fixable in 1 file\n');
    expect(readFileSync(path, 'utf8')).toBe(text);
    execFileSync('git', ['apply', '-p1', '-'], { input: out });
    expect(readFileSync(path, 'utf8')).toBe(mended.replaceAll('\n', '\r\n'));
  });

  test('the diff, as a person reads it', async () => {
    write('web.yaml', broken.trimEnd());
    await netloom('check', '.', '--fix', '--dry-run');
    expect(out).toMatchSnapshot();
  });

  test('what can be mended is counted, and listed', async () => {
    write('web.yaml', broken);
    await netloom('check', 'web.yaml');
    expect(out).toContain('✗ 2 errors, 0 warnings, 0 infos in 1 object of 1 file; 2 fixable with --fix\n');
    await netloom('check', 'web.yaml', '-o', 'json');
    expect(report().findings.at(0)).toMatchObject({
      fix: {
        replacements: [
          { file: 'web.yaml', start: { line: 10, column: 13 }, end: { line: 10, column: 17 }, text: '80' },
        ],
      },
    });
    await netloom('check', 'web.yaml', '-o', 'sarif');
    expect(out).toContain('"insertedContent"');
  });

  test('what is suppressed, off or in the baseline is left alone', async () => {
    write('web.yaml', broken);
    write('netloom.yaml', 'rules: { NL231: off }\n');
    expect(await netloom('check', 'web.yaml', '--fix')).toBe(0);
    write('netloom.yaml', '');
    expect(await netloom('check', 'web.yaml', '--write-baseline', 'baseline.json')).toBe(0);
    expect(await netloom('check', 'web.yaml', '--fix', '--baseline', 'baseline.json')).toBe(0);
    expect(readFileSync('web.yaml', 'utf8')).toBe(broken);
    const ignored = broken.replace('# http', '# netloom-ignore NL231: on purpose');
    write('web.yaml', ignored);
    await netloom('check', 'web.yaml', '--fix');
    expect(readFileSync('web.yaml', 'utf8')).toBe(ignored.replace('tcp', 'TCP'));
  });

  test('standard input is mended on standard output', async () => {
    const { stdout, stderr, status } = await run(
      process.execPath,
      ['--import', 'tsx', '-e', COMMAND, '--', 'check', '-', '--fix'],
      {
        input: broken,
        cwd: join(__dirname, '../..'),
      },
    );
    expect(stdout).toBe(mended);
    expect(stderr).toContain('2 fixed in 1 file\n');
    expect(stderr).toContain('0 errors, 0 warnings, 0 infos in 1 object of 1 file');
    expect(status).toBe(0);
  });

  test('a file that is read-only is left alone, and so are the others', async () => {
    write('a.yaml', broken);
    write('b.yaml', broken.replace('name: web', 'name: b').replace('7.7', '7.8'));
    chmodSync('b.yaml', 0o444);
    expect(await netloom('check', '.', '--fix')).toBe(2);
    expect(err).toBe('netloom: --fix: cannot write b.yaml: it is read-only; nothing was written\n');
    expect(readFileSync('a.yaml', 'utf8')).toBe(broken);
  });

  test('a link stays a link, and the mode stays', async () => {
    write('real.yml.txt', broken);
    chmodSync('real.yml.txt', 0o640);
    symlinkSync('real.yml.txt', 'link.yaml');
    await netloom('check', 'link.yaml', '--fix');
    expect(readFileSync('real.yml.txt', 'utf8')).toBe(mended);
    expect(lstatSync('link.yaml').isSymbolicLink()).toBe(true);
    expect(statSync('real.yml.txt').mode & 0o777).toBe(0o640);
  });

  test.each([
    [['check', '--fix'], '--fix needs a PATH'],
    [['check', 'a.yaml', '--dry-run'], '--dry-run belongs to --fix'],
    [['check', 'a.yaml', '--fix', '--write-baseline', 'b.json'], '--fix and --write-baseline exclude each other'],
  ])('%j is wrong usage', async (args, message) => {
    write('a.yaml', broken);
    expect(await netloom(...args)).toBe(2);
    expect(err).toContain(message);
    expect(readFileSync('a.yaml', 'utf8')).toBe(broken);
  });
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

  test('says which ones --fix mends', async () => {
    await netloom('rule');
    expect(out).toMatch(/^NL231 {2}service-port-value +error +fixable {2}A port of/m);
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

test('what is no manifest is passed over, and the result says so', async () => {
  write('chart/values.yaml', 'service: { port: 80 }\n');
  write('chart/templates/a.yaml', 'kind: Service\nmetadata: { name: {{ .Values.name }} }\n');
  for (const name of ['b', 'c', 'd', 'e']) write(`${name}/compose.yaml`, 'services: { web: { image: nginx } }\n');
  expect(await netloom('check', '.')).toBe(0);
  const expected = [
    'passed over b/compose.yaml, c/compose.yaml, d/compose.yaml and 1 more: a Compose file',
    'passed over chart/templates/a.yaml: a template that is not rendered: render it first, for example with helm template',
    'passed over chart/values.yaml: values of a Helm chart: render the chart with helm template',
  ];
  expect(out.trimEnd().split('\n').slice(-3)).toEqual(expected.map((line) => `  ${line}`));
  expect(await netloom('check', '.', '-o', 'json')).toBe(0);
  expect(report().findings).toEqual([]);
  expect(err.trimEnd().split('\n')).toEqual(expected);
});

test('a report that cannot be written hides neither the others nor the result', async () => {
  write('a.yaml', service('web', '10.96.7.7'));
  expect(
    await netloom('check', 'a.yaml', '--output-file', 'json=absent/a.json', '--output-file', 'sarif=a.sarif'),
  ).toBe(2);
  expect(err).toBe('netloom: cannot write absent/a.json: it does not exist\n');
  expect(out).toContain('in 1 object of 1 file');
  expect(readdirSync('.')).toEqual(['a.sarif', 'a.yaml']);
});

test('an app without constructs of Netloom is checked by its manifests', async () => {
  write(
    'app.js',
    `const fs = require('node:fs');
     const folder = process.env.CDK8S_OUTDIR;
     fs.mkdirSync(folder, { recursive: true });
     fs.writeFileSync(folder + '/shop.k8s.yaml', ${JSON.stringify(service('web', '10.97.0.1'))});`,
  );
  write('cdk8s.yaml', 'language: typescript\napp: node app.js\noutput: out\n');
  expect(await netloom('check', '-o', 'json', '--service-cidr', '10.96.0.0/16')).toBe(1);
  expect(report().findings).toMatchObject([
    { code: 'NL204', origin: { file: 'out/shop.k8s.yaml', line: 7, column: 14 } },
  ]);
  expect(report().summary).toMatchObject({ files: 1, objects: 1 });
  expect(readdirSync('.')).toEqual(['app.js', 'cdk8s.yaml']);
  expect(await netloom('reach')).toBe(2);
  expect(err).toContain('uses no construct of Netloom: synthesize it, and name its manifests');
});
