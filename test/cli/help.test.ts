import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

test('the commands', async () => {
  expect(await netloom('--help')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
});

const COMMANDS = [
  'plan',
  'check',
  'reach',
  'explain',
  'whois',
  'capacity',
  'diff',
  'pull',
  'doctor',
  'adopt',
  'drift',
  'rehearse',
  'shard',
  'merge',
  'config',
  'init',
  'completion',
  'rule',
];

test.each(COMMANDS)('help of %s', async (command) => {
  expect(await netloom('help', command)).toBe(0);
  const help = printed.output();
  expect(help).toMatchSnapshot();
  expect(await netloom(command, '--help')).toBe(0);
  expect(printed.output()).toBe(help);
});

test('the list has every command of this test', async () => {
  await netloom('--help');
  const listed = [...printed.output().matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  expect(listed).toEqual([...COMMANDS, 'help']);
});

test('a name that is almost right', async () => {
  expect(await netloom('chekc', 'web.yaml')).toBe(2);
  expect(printed.errors()).toBe("error: unknown command 'chekc'\n(Did you mean check?)\n");
});

test('the options that say facts of a cluster are those of every command that reads one', async () => {
  const facts = /--(?:service-cidr|pod-cidr|node-cidr|node-port-range|kubernetes-version|cluster-domain) /g;
  for (const command of ['check', 'reach', 'explain', 'whois', 'capacity', 'diff']) {
    await netloom('help', command);
    expect(printed.output().match(facts)).toHaveLength(6);
  }
});

test.each(COMMANDS)(
  'the help of %s ends with examples and exit codes, and has no default of nothing',
  async (command) => {
    await netloom(command, '--help');
    expect(printed.output()).toMatch(/\nExamples:\n( {2}# .+\n {2}.*netloom.+\n)+\nExit codes:\n {2}0 {2}\S/);
    expect(printed.output()).not.toContain('default: false');
  },
);

const WORKLOADS = ['web', 'db']
  .map(
    (name) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n` +
      `  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: main, image: x, ports: [{ name: http, containerPort: 80 }] }] }\n`,
  )
  .join('---\n');
const NODE = 'apiVersion: v1\nkind: Node\nmetadata: { name: node-a, labels: { topology.kubernetes.io/zone: eu-1a } }\n';

/** All examples of all commands, but for what stands in startup files of shells, and for what needs the runbook of an app or a running cluster. */
async function examples(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const command of COMMANDS.filter(
    (name) => !['adopt', 'completion', 'doctor', 'drift', 'pull', 'rehearse'].includes(name),
  )) {
    await netloom(command, '--help');
    lines.push(...[...printed.output().matchAll(/^ {2}(.*netloom [^ ].*)$/gm)].map(([, line]) => line));
  }
  return lines;
}

async function checked(file: string): Promise<string> {
  await netloom('check', file, '-o', 'json');
  return printed.output();
}

test('every example is understood', async () => {
  mkdirSync('k8s');
  writeFileSync('k8s/shop.yaml', `${WORKLOADS}---\n${NODE}`);
  for (const file of ['old.yaml', 'new.yaml']) writeFileSync(file, WORKLOADS);
  for (const file of ['shard-1.json', 'shard-2.json']) writeFileSync(file, await checked('old.yaml'));

  writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: { prod: { nodes: 10 } }\n');
  writeFileSync('netloom.yaml', 'clusters: { prod: { paths: [k8s] } }\n');
  for (const args of ['init -qb main', 'add .', '-c user.name=x -c user.email=x@example.com commit -qm x']) {
    execFileSync('git', args.split(' '));
  }
  const lines = await examples();
  expect(lines.length).toBeGreaterThan(25);
  for (const line of lines) {
    if (line.endsWith('| netloom check -')) continue;
    const [args] = line.replace(/^.*?netloom /, '').split(' > ');
    const code = await netloom(...args.split(' '));
    // A plan whose lock would change is one with --detailed-exitcode.
    expect({ line, errors: printed.errors(), isUnderstood: code < 2 || line.includes('--detailed-exitcode') }).toEqual({
      line,
      errors: expect.not.stringContaining('netloom: ') as string,
      isUnderstood: true,
    });
  }
});
