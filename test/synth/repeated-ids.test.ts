import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App as Cdk8sApp } from 'cdk8s';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { App, Cluster, ClusterIpService, Pods } from '../../lib';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();
const ROOT = join(__dirname, '../..');
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' };

/** The text of the error, with the lines of this file as their distance from the first one in it. */
function thrownBy(build: () => void): string {
  let text = '';
  try {
    build();
  } catch (error) {
    text = (error as Error).message;
  }
  const lines = [...text.matchAll(/repeated-ids\.test\.ts:(\d+):\d+/g)].map(([, line]) => Number(line));
  const first = Math.min(...lines);
  return text.replaceAll(
    /\S*repeated-ids\.test\.ts:(\d+):\d+/g,
    (_place, line: string) => `line ${Number(line) - first}`,
  );
}

test.each([
  [
    'charts below an App of ours',
    (): void => {
      const app = new App();
      new Chart(app, 'shop');
      new Chart(app, 'shop');
    },
    "there is already a Construct with name 'shop' in App",
    'shop',
  ],
  [
    'charts below a cluster of an App of cdk8s',
    (): void => {
      const cluster = new Cluster(Testing.app(), 'prod');
      new Chart(cluster, 'shop');
      new Chart(cluster, 'shop');
    },
    "there is already a Construct with name 'shop' in Cluster [prod]",
    'prod/shop',
  ],
  [
    'constructs of ours',
    (): void => {
      const chart = new Chart(new Cluster(Testing.app(), 'prod'), 'shop');
      new ClusterIpService(chart, 'web', { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] });
      new ClusterIpService(chart, 'web', { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] });
    },
    "there is already a Construct with name 'web' in Chart [shop]",
    'prod/shop/web',
  ],
  [
    'clusters',
    (): void => {
      const app = Testing.app();
      new Cluster(app, 'prod');
      new Cluster(app, 'prod');
    },
    "there is already a Construct with name 'prod' in App",
    'prod',
  ],
])('%s: both lines are told', (_what, build, message, path) => {
  expect(thrownBy(build)).toBe(
    [
      `error NL907 construct-id-reused: ${message}`,
      `  --> line 1 (${path})`,
      `  = first used here: line 0 (${path})`,
      '  = help: give one of them another id: it is part of the names of their objects and files',
    ].join('\n'),
  );
});

test('what else constructs refuses is told as it is', () => {
  expect(() => new Chart(new Cluster(Testing.app(), 'prod'), '')).toThrow('Only root constructs may have an empty ID');
});

test('code that catches the error goes on', () => {
  const app: Cdk8sApp = Testing.app();
  const chart = new Chart(new Cluster(app, 'prod'), 'shop');
  new ApiObject(chart, 'settings', CONFIG_MAP);
  expect(() => new ApiObject(chart, 'settings', CONFIG_MAP)).toThrow('NL907');
  new ApiObject(chart, 'others', CONFIG_MAP);
  expect(Testing.synth(chart)).toHaveLength(2);
});

describe('a command that runs the app', () => {
  const app = (end: string): void => {
    const url = (path: string): string => JSON.stringify(pathToFileURL(join(ROOT, path)).href);
    writeFileSync(
      'app.mjs',
      [
        `import cdk8s from ${url('node_modules/cdk8s/lib/index.js')};`,
        `import netloom from ${url('build/lib/index.js')};`,
        'const app = new cdk8s.App();',
        "const chart = new cdk8s.Chart(new netloom.Cluster(app, 'prod'), 'shop');",
        `const settings = () => new cdk8s.ApiObject(chart, 'settings', ${JSON.stringify(CONFIG_MAP)});`,
        'settings();',
        end,
        'app.synth();',
      ].join('\n'),
    );
    writeFileSync('cdk8s.yaml', 'language: typescript\napp: node app.mjs\n');
  };
  const netloom = (...args: string[]): Promise<number> =>
    main(['node', 'netloom', ...args], { version: '0.0.0', root: ROOT });

  test.each([['check'], ['plan']])('%s has it as a finding', async (command) => {
    app(`new cdk8s.ApiObject(chart, 'settings', ${JSON.stringify(CONFIG_MAP)});`);
    expect(await netloom(command, '-o', 'json')).toBe(1);
    const { findings } = JSON.parse(printed.output()) as { findings: unknown[] };
    expect(findings).toMatchObject([
      {
        code: 'NL907',
        origin: { file: 'app.mjs', line: 7, column: 1, construct: 'prod/shop/settings' },
        related: [{ origin: { file: 'app.mjs', line: 5, construct: 'prod/shop/settings' } }],
      },
    ]);
  });

  test('what the app catches is no finding', async () => {
    app('try { settings(); } catch {}');
    expect(await netloom('check', '-o', 'json')).toBe(0);
    expect(JSON.parse(printed.output())).toMatchObject({ findings: [] });
  });
});
