import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { checkFiles } from '../../lib/check/check-files';
import { withSeverities } from '../../lib/config/config';
import { ClusterIpService, type ClusterIpServiceProps, FlannelConfig, NetworkValidation, Pods } from '../../lib';
import { readConfigFile } from '../../lib/synth/config-file';
import { PLAN_REQUEST_VARIABLE } from '../../lib/synth/plan-report';
import { analysisOf, judgements } from '../constructs/same-judgement';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

/** A Service with a fault that the props show, and two that a patch brings. */
function faulty(outdir: string, annotations: ClusterIpServiceProps['annotations'] = {}): App {
  const app = new App({ outdir });
  const web = new ClusterIpService(new Chart(app, 'shop', { namespace: 'shop' }), 'web', {
    pods: Pods.labelled({ app: 'web' }),
    annotations,
    ports: [{ port: 80, name: 'UPPER' }],
  });
  web.apiObject.addJsonPatch(
    JsonPatch.add('/spec/healthCheckNodePort', 31000),
    JsonPatch.add('/spec/allocateLoadBalancerNodePorts', true),
  );
  return app;
}

function messageOf(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('a suppression of one fault hides no other', () => {
  const app = faulty('out', { 'netloom.dev/ignore': 'NL232: the name is as the vendor wants it' });
  expect(
    [
      ...messageOf(() => {
        app.synth();
      }).matchAll(/error (NL\d+) [a-z-]+: (.*)/g),
    ].map(([, code, text]) => [code, text]),
  ).toEqual([
    ['NL234', 'allocateNodePorts is set, and the type of the Service is ClusterIP'],
    ['NL234', 'healthCheckNodePort is set, and is only for type LoadBalancer with externalTrafficPolicy Local'],
  ]);
  expect(readdirSync('out')).toEqual([]);
});

test('a suppression of a code that is gone says what took its place, and hides nothing', () => {
  const app = faulty('out', { 'netloom.dev/ignore': 'NL220: the name is as the vendor wants it' });
  const { synth, check } = judgements(app);
  expect(synth).toEqual(check);
  expect(synth).toEqual([
    'error NL232 on Service shop/web',
    'error NL234 on Service shop/web',
    'warning NL961 on Service shop/web',
  ]);
  expect(analysisOf(app).findings.find(({ code }) => code === 'NL961')?.help).toMatch(
    /^NL220 is gone: name NL230, NL231, .*, or remove the suppression$/,
  );
});

test('what is not the object that was meant is said in a synth as in a check', () => {
  const app = new App({ outdir: 'out' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new ClusterIpService(chart, 'web', { name: '', pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] });
  new FlannelConfig(chart, 'flannel', { name: '', networks: ['10.48.0.0/16'] });
  new ApiObject(chart, 'kind', { apiVersion: 'v1', kind: 'Servce', metadata: { name: 'a' } });
  const items = [{ apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'b' } }, { kind: 'Pod' }];
  new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', ...{ items } });
  const { synth, check } = judgements(app);
  expect(synth).toEqual(check);
  expect(synth).toEqual([
    'error NL934 on Servce shop/a',
    'error NL935 on Deployment default/b',
    'error NL936 on ConfigMap shop/(unknown)',
    'error NL936 on Pod default/(unknown)',
    'error NL936 on Service shop/(unknown)',
  ]);
  const nameless = analysisOf(app).findings.find(({ object }) => object?.kind === 'Service');
  expect(nameless?.help).toBe('write a name, or leave `name` out');
  expect(nameless?.origin?.file).toMatch(/one-judge\.test\.ts$/);
});

const IGNORED = { 'netloom.dev/ignore': 'NL234: an older controller reads them\nNL232: the vendor wants it' };

interface Way {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** The same manifest in each of the four ways, each with the netloom.yaml of the folder. */
async function allWays(annotations: ClusterIpServiceProps['annotations']): Promise<Record<string, Way>> {
  return {
    synth: synthWay(annotations),
    plan: planWay(annotations),
    check: checkWay(manifestOf(annotations)),
    plugin: await pluginWay(manifestOf(annotations)),
  };
}

function synthWay(annotations: ClusterIpServiceProps['annotations']): Way {
  printed.clear();
  const message = messageOf(() => {
    faulty('out', annotations).synth();
  });
  return { errors: codesIn(message, 'error'), warnings: codesIn(printed.errors(), 'warning') };
}

function planWay(annotations: ClusterIpServiceProps['annotations']): Way {
  const report = join(process.cwd(), 'report.json');
  writeFileSync(report, '');
  process.env[PLAN_REQUEST_VARIABLE] = JSON.stringify({ report, outdir: 'planned', renumber: [] });
  messageOf(() => {
    faulty('planned', annotations).synth();
  });
  Reflect.deleteProperty(process.env, PLAN_REQUEST_VARIABLE);
  return bySeverity((JSON.parse(readFileSync(report, 'utf8')) as { findings: Found[] }).findings);
}

function checkWay(text: string): Way {
  const { config } = readConfigFile();
  const files = [{ path: 'shop.yaml', bytes: new TextEncoder().encode(text) }];
  return bySeverity(withSeverities(checkFiles(files, { config, facts: {}, today: '2026-01-01' }).findings, config));
}

async function pluginWay(text: string): Promise<Way> {
  writeFileSync('shop.yaml', text);
  const errors: string[] = [];
  const logged: string[] = [];
  await new NetworkValidation().validate({
    manifests: [join(process.cwd(), 'shop.yaml')],
    logger: { log: (line: string) => logged.push(line) },
    report: {
      addViolation: ({ ruleName }: { ruleName: string }) => errors.push(ruleName.slice(0, 5)),
      submit: () => undefined,
    },
  });
  return { errors: errors.sort(), warnings: codesIn(logged.join('\n'), 'warning') };
}

/** What the app would write, if nothing were wrong. */
function manifestOf(annotations: ClusterIpServiceProps['annotations']): string {
  const [objects] = analysisOf(faulty('unwritten', annotations)).objects.values();
  return objects.map(({ manifest }) => JSON.stringify(manifest)).join('\n---\n');
}

interface Found {
  readonly code: string;
  readonly severity: string;
}

function bySeverity(findings: readonly Found[]): Way {
  const of = (severity: string): string[] =>
    findings.flatMap((found) => (found.severity === severity ? [found.code] : [])).sort();
  return { errors: of('error'), warnings: of('warning') };
}

function codesIn(text: string, severity: string): string[] {
  return [...text.matchAll(new RegExp(`${severity} (NL\\d+)`, 'g'))].map(([, code]) => code).sort();
}

test.each<[string, ClusterIpServiceProps['annotations'], string, Way]>([
  ['nothing said', {}, '', { errors: ['NL232', 'NL234', 'NL234'], warnings: [] }],
  ['suppressions', IGNORED, '', { errors: [], warnings: [] }],
  [
    'a suppression of nothing',
    { 'netloom.dev/ignore': 'NL231: there was a port without number' },
    '',
    { errors: ['NL232', 'NL234', 'NL234'], warnings: ['NL961'] },
  ],
  ['a severity', {}, 'rules: { NL234: warning }', { errors: ['NL232'], warnings: ['NL234', 'NL234'] }],
  ['rules that are off', {}, 'rules: { NL234: off, service-port-name: off }', { errors: [], warnings: [] }],
])('%s: the same in a synth, a plan, a check and the plugin', async (_, annotations, config, expected) => {
  if (config !== '') writeFileSync('netloom.yaml', config);
  expect(await allWays(annotations)).toEqual({ synth: expected, plan: expected, check: expected, plugin: expected });
});
