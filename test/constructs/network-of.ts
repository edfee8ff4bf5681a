import { type App, Testing } from 'cdk8s';
import { Fleet, type FleetProps } from '../../lib';
import { NetworkSynthesis } from '../../lib/synth';
import { type Manifest, readManifests } from '../apps/synthesis';
import { expectSameJudgement } from './same-judgement';

/** What a fleet is synthesized to: its objects by cluster and chart, the files beside them, and what is said. */
export interface Synthesized {
  readonly manifests: readonly Manifest[];
  readonly files: ReadonlyMap<string, string>;
  /** `CODE message` of each error and warning. */
  readonly problems: readonly string[];
}

export function synthesizeFleet(props: FleetProps): Synthesized {
  return synthesizeApp((app) => new Fleet(app, 'fleet', props));
}

export function synthesizeApp(build: (app: App) => unknown): Synthesized {
  const app = Testing.app();
  const printed: string[] = [];
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  let manifests: Manifest[] = [];
  try {
    build(app);
    manifests = readManifests(app.synthYaml());
  } catch (error) {
    printed.unshift(error instanceof Error ? error.message : String(error));
  } finally {
    stderr.mockRestore();
  }
  expectSameJudgement(app);
  const shown = [...printed.join('\n').matchAll(/(?:error|warning) (NL\d+) [a-z-]+: (.*)/g)];
  return {
    manifests,
    files: NetworkSynthesis.of(app).files(),
    problems: shown.map(([, code, message]) => `${code} ${message}`),
  };
}

export function specOf(manifests: readonly Manifest[], kind: string, name?: string): Manifest['spec'] {
  return manifests.find((object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name)
    ?.spec;
}
