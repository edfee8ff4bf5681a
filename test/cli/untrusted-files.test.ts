import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

const FIXABLE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: {a: 1}}\nspec: {ports: [{port: 80}]}\n';
const FIXED = FIXABLE.replace('a: 1', 'a: "1"');

function findings(): string[] {
  const { findings: all } = JSON.parse(printed.output()) as { findings: { code: string; message: string }[] };
  return all.filter(({ code }) => code === 'NL930').map(({ message }) => message);
}

describe('links and devices', () => {
  test('a link that leads out of the repository is named, and what it leads to is not read', async () => {
    mkdirSync('k8s');
    symlinkSync('/proc/self/environ', 'k8s/env.yaml');
    symlinkSync('/dev/zero', 'k8s/zero.yaml');
    symlinkSync('/etc', 'k8s/etc');
    expect(await netloom('check', 'k8s', '-o', 'json')).toBe(1);
    expect(findings()).toEqual([
      'cannot read k8s/env.yaml: it is a link that leads out of the repository',
      'cannot read k8s/zero.yaml: it is a device',
    ]);
    expect(printed.output()).not.toContain('PATH=');
    for (const path of ['k8s/env.yaml', 'k8s/etc']) {
      expect(await netloom('check', path, '-o', 'json')).toBe(1);
      expect(findings()).toEqual([
        `cannot read ${path}: it is a link, or in a folder that is one, which leads out of the repository`,
      ]);
    }
  });

  test.each([
    ['netloom.yaml', ['check', 'a.yaml']],
    ['netloom.lock.json', ['plan', 'fleet.yaml']],
    ['fleet.yaml', ['plan', 'fleet.yaml']],
    ['baseline.json', ['check', 'a.yaml', '--baseline', 'baseline.json']],
    ['cdk8s.yaml', ['check']],
  ])('%s that is such a link says nothing of what it leads to', async (name, args) => {
    writeFileSync('a.yaml', FIXED);
    if (name !== 'fleet.yaml') writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: {a: {nodes: 1}}\n');
    symlinkSync('/proc/self/environ', name);
    expect(await netloom(...args)).toBeGreaterThan(0);
    const said = printed.output() + printed.errors();
    expect(said).toContain('leads out of the repository');
    expect(said).not.toContain('PATH=');
  });

  test('pipes, sockets and folders are looked at first, and not waited for', async () => {
    execFileSync('mkfifo', ['pipe.yaml']);
    mkdirSync('folder.json');
    writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: {a: {nodes: 1}}\n');
    expect(await netloom('check', '.', '-o', 'json')).toBe(1);
    expect(findings()).toEqual(['cannot read pipe.yaml: it is a named pipe']);
    expect(await netloom('check', 'pipe.yaml', '-o', 'json')).toBe(1);
    expect(findings()).toEqual(['cannot read pipe.yaml: it is a named pipe']);
    expect(await netloom('plan', 'fleet.yaml', '--lock', 'pipe.yaml', '--write-lock')).toBe(1);
    expect(printed.output()).toContain('it is a named pipe');
    expect(await netloom('plan', 'pipe.yaml')).toBe(1);
    expect(printed.errors()).toContain('it is a named pipe');
    expect(await netloom('check', 'fleet.yaml', '--output-file', 'json=pipe.yaml')).toBe(2);
    expect(printed.errors()).toContain('nobody reads from it');
  });

  test('a link inside of the repository counts once', async () => {
    mkdirSync('k8s');
    writeFileSync('k8s/a.yaml', FIXED);
    writeFileSync('other.yaml', FIXED.replace('web', 'other'));
    symlinkSync('a.yaml', 'k8s/b.yaml');
    symlinkSync('../other.yaml', 'k8s/c.yaml');
    symlinkSync('../other.yaml', 'k8s/d.yaml');
    await netloom('check', 'k8s', '-o', 'json');
    expect((JSON.parse(printed.output()) as { summary: { files: number } }).summary.files).toBe(2);
  });

  test('the same holds for a repository that the command is not run in', async () => {
    mkdirSync('checkout/.git', { recursive: true });
    mkdirSync('runner');
    writeFileSync('mine.yaml', 'mine\n');
    symlinkSync('/proc/self/environ', 'checkout/env.yaml');
    symlinkSync('../mine.yaml', 'checkout/result.json');
    symlinkSync('../new.yaml', 'checkout/new.json');
    writeFileSync('runner/a.yaml', FIXED);
    process.chdir('runner');
    for (const args of [
      ['check', '../checkout/env.yaml'],
      ['check', '../checkout/../checkout/env.yaml'],
      ['reach', '../checkout/env.yaml'],
      ['diff', '../checkout/env.yaml', 'a.yaml'],
      ['plan', '../checkout/env.yaml'],
      ['check', 'a.yaml', '--config', '../checkout/env.yaml'],
      ['check', 'a.yaml', '--baseline', '../checkout/env.yaml'],
      ['check', 'a.yaml', '--output-file', 'json=../checkout/result.json'],
      ['check', 'a.yaml', '--output-file', 'json=../checkout/new.json'],
    ]) {
      expect(await netloom(...args)).toBeGreaterThan(0);
      const said = printed.output() + printed.errors();
      expect(said).toContain('leads out of the repository');
      expect(said).not.toContain('PATH=');
    }
    expect(readFileSync('../mine.yaml', 'utf8')).toBe('mine\n');
    expect(existsSync('../new.yaml')).toBe(false);
  });

  test('a link of the user that stands in no repository is followed', async () => {
    mkdirSync('runner');
    writeFileSync('mine.yaml', FIXED);
    mkdirSync('links');
    symlinkSync('../mine.yaml', 'links/a.yaml');
    process.chdir('runner');
    expect(await netloom('check', '../links/a.yaml')).toBe(0);
  });

  test('nothing is written through a link that leads out of the repository', async () => {
    mkdirSync('repository');
    writeFileSync('outside.yaml', 'mine\n');
    process.chdir('repository');
    symlinkSync('../outside.yaml', 'result.json');
    symlinkSync('../new.yaml', 'new.json');
    writeFileSync('a.yaml', FIXABLE);
    for (const name of ['result.json', 'new.json']) {
      expect(await netloom('check', 'a.yaml', '--output-file', `json=${name}`)).toBe(2);
      expect(printed.errors()).toContain('leads out of the repository');
    }
    expect(readFileSync('../outside.yaml', 'utf8')).toBe('mine\n');
    expect(existsSync('../new.yaml')).toBe(false);
  });
});

describe('what is written', () => {
  test('inputs are not overwritten', async () => {
    writeFileSync('a.yaml', FIXABLE);
    writeFileSync('netloom.yaml', 'exclude: []\n');
    linkSync('a.yaml', 'second-name.yaml');
    symlinkSync('a.yaml', 'link.yaml');
    for (const name of ['a.yaml', 'second-name.yaml', 'link.yaml', 'netloom.yaml']) {
      expect(await netloom('check', 'a.yaml', '--output-file', `json=${name}`)).toBe(2);
      expect(printed.errors()).toContain('it is an input of this run');
      expect(await netloom('check', 'a.yaml', '--write-baseline', name)).toBe(2);
      expect(printed.errors()).toContain('it is an input of this run');
    }
    expect(readFileSync('a.yaml', 'utf8')).toBe(FIXABLE);
  });

  test('a result of an earlier run may be replaced, also in a folder that is read', async () => {
    writeFileSync('a.yaml', FIXABLE);
    for (const format of ['json', 'sarif', 'gitlab']) {
      for (const time of [1, 2]) {
        expect([
          time,
          await netloom('check', '.', '--output-file', `${format}=${format}.json`),
          printed.errors(),
        ]).toEqual([time, 1, '']);
      }
    }
  });

  test('hard links, modes and links stay when files are mended', async () => {
    writeFileSync('a.yaml', FIXABLE);
    chmodSync('a.yaml', 0o640);
    linkSync('a.yaml', 'b.txt');
    writeFileSync('target.yaml', FIXABLE.replace('web', 'other'));
    chmodSync('target.yaml', 0o604);
    symlinkSync('target.yaml', 'link.yaml');
    await netloom('check', 'a.yaml', 'link.yaml', '--fix');
    expect(readFileSync('a.yaml', 'utf8')).toBe(FIXED);
    expect(readFileSync('b.txt', 'utf8')).toBe(FIXED);
    expect(statSync('a.yaml').ino).toBe(statSync('b.txt').ino);
    expect(statSync('a.yaml').mode & 0o777).toBe(0o640);
    expect(readFileSync('link.yaml', 'utf8')).toBe(FIXED.replace('web', 'other'));
    expect(statSync('target.yaml').mode & 0o777).toBe(0o604);
  });

  test('a file whose name is no UTF-8 is read, named and mended', async () => {
    mkdirSync('k8s');
    const name = Buffer.concat([Buffer.from('k8s/caf'), Buffer.from([0xe9]), Buffer.from('.yaml')]);
    writeFileSync(name, FIXABLE);
    await netloom('check', 'k8s', '--fix', '-o', 'json');
    expect(readFileSync(name, 'utf8')).toBe(FIXED);
    await netloom('check', 'k8s', '-o', 'json', '--fail-on', 'info');
    expect(printed.output()).toContain('"files": 1');
  });

  test('a value of a lock that is nested too deeply is an error of the lock', async () => {
    writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: {a: {nodes: 1}}\n');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const text of [
      `{"version": 1, "allocations": {"a/pods/IPv4": ${deep}}}`,
      `{"version": ${deep}, "allocations": {}}`,
      `{"version": 1, "allocations": {}, "x": ${deep}}`,
    ]) {
      writeFileSync('netloom.lock.json', text);
      expect(await netloom('plan', 'fleet.yaml', '--write-lock')).toBe(1);
      expect(printed.output()).toContain('NL903');
      expect(readFileSync('netloom.lock.json', 'utf8')).toBe(text);
    }
  });
});

test('keys that every object has are keys like others', async () => {
  for (const key of ['__proto__', 'toString', 'constructor', 'hasOwnProperty']) {
    const object = (value: number): string =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: web, ${key}: {a: ${value}}}\n"${key}": {a: ${value}}\nspec: {"${key}": {"${key}": ${value}}, ports: [{port: 80, "${key}": ${value}}]}\n`;
    writeFileSync('old.yaml', object(1));
    writeFileSync('new.yaml', object(2));
    for (const args of [
      ['diff', 'old.yaml', 'new.yaml'],
      ['check', 'old.yaml', '--fix', '--dry-run'],
      ['reach', 'old.yaml'],
    ]) {
      await netloom(...args);
      expect(printed.errors()).not.toContain('internal error');
    }
  }
});

test.each(['namespace: true', 'namespace: 5', 'labels: {a: yes, b: 010}', 'annotations: {a: 1}', 'nmae: x'])(
  'what is mended leaves no more and no graver findings: %s',
  async (field) => {
    const counts = (): number[] => {
      const { findings: all } = JSON.parse(printed.output()) as { findings: { severity: string }[] };
      const errors = all.filter(({ severity }) => severity === 'error').length;
      const warnings = all.filter(({ severity }) => severity === 'warning').length;
      return [errors, errors + warnings, all.length];
    };
    writeFileSync(
      'a.yaml',
      `apiVersion: v1\nkind: Servise\nmetadata: {name: web, ${field}}\nspec: {clusterIP: 010.96.0.7, ports: [{port: "80"}]}\n---\napiVersion: apps/v1\nkind: Pod\nmetadata: {name: web, ${field}}\nspec: {contaners: []}\n`,
    );
    await netloom('check', 'a.yaml', '-o', 'json');
    const before = counts();
    await netloom('check', 'a.yaml', '--fix', '-o', 'json');
    const after = counts();
    expect(after.map((count, index) => count <= before[index])).toEqual([true, true, true]);
  },
);

describe('what is run', () => {
  test.each(['check', 'plan', 'reach', 'whois 10.0.0.1', 'capacity', 'explain a/b a/c'])(
    '%s --no-app runs no app',
    async (command) => {
      writeFileSync('cdk8s.yaml', 'language: typescript\napp: touch ran\n');
      expect(await netloom(...command.split(' '), '--no-app')).toBe(2);
      expect(printed.errors()).toContain('--no-app says that the app of cdk8s.yaml is not to be run');
      expect(existsSync('ran')).toBe(false);
    },
  );

  const run = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  test('git starts nothing that the configuration of a repository names', async () => {
    run('init', '-q', '-b', 'main');
    mkdirSync('k8s');
    writeFileSync('k8s/a.yaml', FIXED);
    writeFileSync('.gitattributes', '*.yaml filter=evil diff=evil\n');
    run('add', '.');
    run('commit', '-q', '-m', 'x');
    const trap = join(process.cwd(), 'trap.sh');
    const ran = join(process.cwd(), 'ran');
    writeFileSync(trap, `#!/bin/sh\ntouch ${ran}\ncat\n`);
    chmodSync(trap, 0o755);
    mkdirSync('.git/hooks', { recursive: true });
    for (const hook of ['post-checkout', 'fsmonitor-watchman', 'reference-transaction', 'post-index-change']) {
      writeFileSync(`.git/hooks/${hook}`, `#!/bin/sh\ntouch ${ran}\n`);
      chmodSync(`.git/hooks/${hook}`, 0o755);
    }
    for (const [key, value] of [
      ['core.fsmonitor', trap],
      ['core.hooksPath', join(process.cwd(), '.git/hooks')],
      ['core.pager', trap],
      ['core.sshCommand', trap],
      ['core.gitProxy', trap],
      ['diff.external', trap],
      ['diff.evil.textconv', trap],
      ['diff.evil.command', trap],
      ['filter.evil.smudge', trap],
      ['filter.evil.clean', trap],
      ['filter.evil.process', trap],
      ['credential.helper', trap],
      ['gpg.program', trap],
      ['uploadpack.packObjectsHook', trap],
      ...['rev-parse', 'cat-file', 'ls-tree', 'merge-base'].map((name) => [`alias.${name}`, `!${trap}`]),
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${trap}`],
      ['remote.origin.uploadpack', trap],
      ['protocol.allow', 'always'],
      ['protocol.ext.allow', 'always'],
    ]) {
      run('config', key, value);
    }
    run('config', 'core.repositoryformatversion', '1');
    expect(await netloom('diff', 'main:k8s', 'main:k8s')).toBe(0);
    expect(existsSync(ran)).toBe(false);
    // What is missing would be fetched from the promisor.
    const object = run('rev-parse', 'main:k8s/a.yaml').trim();
    execFileSync('rm', ['-f', `.git/objects/${object.slice(0, 2)}/${object.slice(2)}`]);
    expect(await netloom('diff', 'main:k8s', 'k8s')).toBe(1);
    expect(printed.output()).toContain('cannot read main:k8s/a.yaml: it is not in this clone');
    expect(existsSync(ran)).toBe(false);
  });

  test('submodules are named', async () => {
    run('init', '-q', '-b', 'main');
    mkdirSync('k8s');
    writeFileSync('k8s/a.yaml', FIXED);
    run('add', '.');
    run('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},k8s/vendor`);
    run('commit', '-q', '-m', 'x');
    expect(await netloom('diff', 'main:k8s', 'k8s')).toBe(0);
    expect(printed.output()).toContain('cannot read main:k8s/vendor: it is a submodule');
    expect(await netloom('diff', 'main:k8s/vendor', 'k8s')).toBe(2);
    expect(printed.errors()).toContain('main:k8s/vendor is a submodule, or not in this clone');
  });

  test('a repository of another user is said to be one', async () => {
    run('init', '-q', '-b', 'main');
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
    expect(await netloom('diff', 'main:k8s', 'main:k8s')).toBe(2);
    expect(printed.errors()).toContain('it belongs to another user');
  });
});
