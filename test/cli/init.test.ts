import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { main } from '../../lib/cli/main';
import { runProgram } from '../docs/markdown-examples';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';

interface Workflow {
  readonly jobs: { readonly check: { readonly steps: readonly { readonly run?: string }[] } };
}

function commandsOf(file: string): string[] {
  const { jobs } = parse(readFileSync(file, 'utf8')) as Workflow;
  return jobs.check.steps.flatMap(({ run }) => run ?? []);
}

test('in an empty folder: an app that synthesizes, with a planned cluster', async () => {
  expect(await netloom('init')).toBe(0);
  expect(readdirSync('.').sort()).toEqual(['.github', '.gitignore', 'cdk8s.yaml', 'main.ts', 'package.json']);
  runProgram(readFileSync('main.ts', 'utf8'));
  expect(readFileSync('netloom.lock.json', 'utf8')).toContain('"prod/pods/IPv4"');
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ dependencies: { netloom: '^1.2.3' } });
  expect(commandsOf('.github/workflows/netloom.yaml')).toEqual([
    'npm ci',
    'npx cdk8s synth',
    'npx netloom check dist -o github --output-file sarif=netloom.sarif',
  ]);
});

test('in a repository: a configuration that is in order, names its clusters, and changes nothing about the check', async () => {
  for (const folder of ['clusters/dev', 'clusters/prod', 'chart']) mkdirSync(folder, { recursive: true });
  for (const name of ['dev', 'prod']) writeFileSync(`clusters/${name}/web.yaml`, SERVICE);
  writeFileSync(
    'clusters/prod/pool.yaml',
    'apiVersion: crd.projectcalico.org/v1\nkind: IPPool\nmetadata: { name: a }\nspec: { cidr: 10.48.0.0/16 }\n',
  );
  writeFileSync('chart/Chart.yaml', 'apiVersion: v2\nname: chart\nversion: 1.0.0\n');
  await netloom('check', '.', '-o', 'json');
  const before = printed.output();
  expect(await netloom('init')).toBe(0);
  const config = readFileSync('netloom.yaml', 'utf8');
  expect(config).toContain('#   "dev":\n#     paths: ["clusters/dev"]\n#   "prod":\n#     paths: ["clusters/prod"]\n');
  expect(config).toContain('#     # the objects say podCidrs: 10.48.0.0/16\n');
  // What is proposed is understood in the same way.
  const proposed = config
    .split('\n')
    .flatMap((line) => (/^#( clusters:|  )/.test(line) ? [line.slice(2)] : []))
    .join('\n');
  writeFileSync('netloom.yaml', proposed);
  await netloom('check', '.', '-o', 'json', '--ignore', 'NL970');
  expect((JSON.parse(printed.output()) as { findings: unknown }).findings).toEqual(
    (JSON.parse(before) as { findings: unknown }).findings,
  );
  writeFileSync('netloom.yaml', config);
  expect(config).toContain('"chart" is a chart');
  await netloom('check', '.', '-o', 'json', '--ignore', 'NL970');
  const { findings } = JSON.parse(printed.output()) as { findings: unknown };
  expect(findings).toEqual((JSON.parse(before) as { findings: unknown }).findings);
  expect(await netloom('config')).toBe(0);
  expect(printed.errors()).toBe('');
  const [command] = commandsOf('.github/workflows/netloom.yaml');
  expect(await netloom(...command.split(' ').slice(3))).toBe(0);
});

test('what exists is kept, a dry run writes nothing, and GitLab has a job to include', async () => {
  writeFileSync('.gitlab-ci.yml', 'stages: [test]\n');
  writeFileSync('web.yaml', SERVICE);
  await netloom('init', '--dry-run');
  expect(readdirSync('.').sort()).toEqual(['.gitlab-ci.yml', 'web.yaml']);
  writeFileSync('netloom.yaml', 'rules: {}\n');
  await netloom('init');
  expect(printed.output()).toContain('kept     netloom.yaml, which exists');
  expect(readFileSync('netloom.yaml', 'utf8')).toBe('rules: {}\n');
  const job = parse(readFileSync('.gitlab/netloom.gitlab-ci.yml', 'utf8')) as { netloom: { script: string[] } };
  const [command] = job.netloom.script;
  expect(await netloom(...command.split(' ').slice(3))).toBe(0);
  expect(readFileSync('gl-code-quality-report.json', 'utf8')).toMatch(/^\[/);
});
