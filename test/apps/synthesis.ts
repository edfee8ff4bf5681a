import { type App, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as it stands in a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly spec?: { readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** The objects of an app, and what the synth said on standard error. */
export function synthesize(build: (app: App) => void): { app: App; manifests: Manifest[]; stderr: string } {
  const app = Testing.app();
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    build(app);
    return { app, manifests: readManifests(app.synthYaml()), stderr: stderr.mock.calls.map(([text]) => text).join('') };
  } finally {
    stderr.mockRestore();
  }
}

export function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((value): value is Manifest => value !== null);
}

export function objectKey({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ?? 'default'}/${metadata.name}`;
}
