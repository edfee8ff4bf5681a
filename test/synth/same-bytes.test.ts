import { existsSync, rmSync } from 'node:fs';
import { App as Cdk8sApp, type AppProps, Chart, type IResolver, type ResolutionContext, YamlOutputType } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import fc from 'fast-check';
import { calico } from '../../apps/calico';
import { cilium } from '../../apps/cilium';
import { flannel } from '../../apps/flannel';
import { fleet } from '../../apps/fleet';
import { migration } from '../../apps/migration';
import { onlineBoutique } from '../../apps/online-boutique';
import { production } from '../../apps/production';
import { quickstart } from '../../apps/quickstart';
import { App } from '../../lib';
import { inTemporaryFolders } from '../temporary-folders';
import { type Build, CASES, widget } from './app-cases';
import { filesOf } from './written-files';

const TYPES = [
  YamlOutputType.FILE_PER_APP,
  YamlOutputType.FILE_PER_CHART,
  YamlOutputType.FILE_PER_RESOURCE,
  YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

inTemporaryFolders();

/** Each file by its path, and what the app says as one text; or the error that came first. */
function outcome(AppClass: typeof Cdk8sApp, build: Build, props: AppProps): Partial<Record<string, string>> {
  rmSync('out', { recursive: true, force: true });
  try {
    const app = new AppClass({ outdir: 'out', ...props });
    build(app);
    app.synth();
    const text = app.synthYaml();
    return { ...filesOf('out'), 'synthYaml()': text };
  } catch (error) {
    return { error: String(error) };
  }
}

function expectSameBytes(build: Build, props: AppProps = {}): void {
  for (const yamlOutputType of TYPES) {
    const ours = outcome(App, build, { yamlOutputType, ...props });
    expect(ours).toEqual(outcome(Cdk8sApp, build, { yamlOutputType, ...props }));
    expect(ours).not.toHaveProperty('error');
  }
}

const APPS = { calico, cilium, flannel, fleet, migration, onlineBoutique, production, quickstart };

describe('the same bytes as the App of cdk8s', () => {
  test.each(Object.entries(CASES))('%s', (_name, build) => {
    expectSameBytes(build);
  });

  test.each(Object.entries(APPS))('the example app %s', (_name, build) => {
    expectSameBytes(build);
  });

  test('with metadata of constructs, resolvers and another extension', () => {
    class Shout implements IResolver {
      public resolve(context: ResolutionContext): void {
        if (context.value === 'quiet') context.replaceValue('LOUD');
      }
    }
    const build: Build = (app) => {
      widget(new Chart(app, 'b'), 'w', { text: 'quiet' });
      widget(new Chart(app, 'a'), 'w', { text: 'quiet' });
    };
    const props = { recordConstructMetadata: true, resolvers: [new Shout()], outputFileExtension: '.yml' };
    expectSameBytes(build, props);
    expect(existsSync('out/construct-metadata.json')).toBe(true);
  });

  test('with the environment of the CLI of cdk8s', () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      CDK8S_OUTDIR: 'out',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
      CDK8S_DISABLE_SORT: '1',
    });
    try {
      expectSameBytes((app) => void widget(new Chart(app, 'one'), 'w', { b: 1, a: 2 }), { outdir: undefined });
      expect(existsSync('out/construct-metadata.json')).toBe(true);
    } finally {
      process.env = before;
    }
  });

  interface Part {
    readonly kind: 'chart' | 'construct' | 'object';
    readonly id: string;
    readonly parent: number;
    readonly value: unknown;
  }

  const part: fc.Arbitrary<Part> = fc.record({
    kind: fc.constantFrom('chart', 'construct', 'object', 'object'),
    id: fc.constantFrom('a', 'b', '1', '10', '9', 'Resource', 'x y'),
    parent: fc.nat(),
    value: fc.jsonValue({ maxDepth: 2 }),
  });

  const dependency = fc.tuple(fc.nat(), fc.nat());

  /** Where nothing can stand, nothing is made. */
  function grow(app: Cdk8sApp, parts: readonly Part[], dependencies: readonly [number, number][]): void {
    const all: IConstruct[] = [app];
    for (const { kind, id, parent, value } of parts) {
      const scope = all[parent % all.length] as Construct;
      if (scope.node.tryFindChild(id) !== undefined) continue;
      if (kind === 'chart') all.push(new Chart(scope, id));
      else if (scope !== app) all.push(kind === 'object' ? widget(scope, id, value) : new Construct(scope, id));
    }
    const [, ...others] = all;
    if (others.length === 0) return;
    for (const [source, target] of dependencies) {
      const [from, to] = [others[source % others.length], others[target % others.length]];
      if (from !== to) from.node.addDependency(to);
    }
  }

  test('of whatever app', () => {
    let circles = 0;
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 14 }),
        fc.array(dependency, { maxLength: 4 }),
        fc.constantFrom(...TYPES),
        (parts, dependencies, yamlOutputType) => {
          const build: Build = (app) => {
            grow(app, parts, dependencies);
          };
          const props = { yamlOutputType, recordConstructMetadata: true };
          const [ours, theirs] = [outcome(App, build, props), outcome(Cdk8sApp, build, props)];
          if (theirs.error?.includes('Dependency cycle')) {
            circles++;
            expect(ours.error).toMatch(/^Error: Dependency cycle detected: (\S.*) => .*\1$/);
          } else expect(ours).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
    expect(circles).toBeGreaterThan(0);
  });
});
