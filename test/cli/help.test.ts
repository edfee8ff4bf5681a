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

test.each(['plan', 'check', 'reach', 'explain', 'whois', 'capacity', 'diff', 'rehearse', 'config', 'rule'])(
  'help of %s',
  async (command) => {
    expect(await netloom('help', command)).toBe(0);
    const help = printed.output();
    expect(help).toMatchSnapshot();
    expect(await netloom(command, '--help')).toBe(0);
    expect(printed.output()).toBe(help);
  },
);

test('the list has every command of this test', async () => {
  await netloom('--help');
  const listed = [...printed.output().matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
  expect(listed).toEqual([
    'plan',
    'check',
    'reach',
    'explain',
    'whois',
    'capacity',
    'diff',
    'rehearse',
    'config',
    'rule',
    'help',
  ]);
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
