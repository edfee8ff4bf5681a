import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

const service = (ip: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { clusterIP: ${ip}, ports: [{ port: 80 }] }\n`;

const runs = (): number => printed.errors().split('watching ').length - 1;

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await wait(10);
}

/** Longer than a change needs to start a run. */
const SETTLED_MS = 400;

test('checks again whenever a file changes, but not when it has written one itself', async () => {
  mkdirSync('k8s/.git', { recursive: true });
  writeFileSync('k8s/web.yaml', service('10.96.0.1'));
  const args = ['check', 'k8s', '--service-cidr', '10.96.0.0/16', '-o', 'concise', '--watch'];
  const ended = main(['node', 'netloom', ...args, '--output-file', 'json=k8s/report.json'], {
    version: '1.2.3',
    root: join(__dirname, '../..'),
  });
  await until(() => runs() === 1);
  await wait(SETTLED_MS);
  expect(runs()).toBe(1);
  expect(printed.output()).toContain('NL205');

  writeFileSync('k8s/.git/index', 'of nobody');
  await wait(SETTLED_MS);
  expect(runs()).toBe(1);

  printed.clear();
  writeFileSync('k8s/web.yaml', service('10.99.0.1'));
  await until(() => runs() >= 1);
  await wait(SETTLED_MS);
  expect(runs()).toBe(1);
  expect(printed.output()).toContain('NL204');

  process.emit('SIGINT');
  expect(await ended).toBe(1);
}, 30_000);
