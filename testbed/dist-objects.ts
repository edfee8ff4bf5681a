import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { collectFiles } from '../lib/manifests';
import type { KubernetesObject } from './api-client';

/** A cluster of `netloom.yaml`, with the objects of its files. */
export interface DistCluster {
  readonly name: string;
  readonly serviceCidrs: readonly string[];
  readonly nodePortRange?: string;
  readonly objects: readonly KubernetesObject[];
}

interface ClusterKey {
  readonly paths?: readonly string[];
  readonly serviceCidrs?: readonly string[];
  readonly nodePortRange?: string;
}

const ROOT = join(__dirname, '..');

/** The clusters of the example apps: those whose files are below `dist`. */
export function distClusters(): DistCluster[] {
  const { clusters } = parse(readFileSync(join(ROOT, 'netloom.yaml'), 'utf8')) as {
    clusters: Record<string, ClusterKey>;
  };
  const { allocations } = JSON.parse(readFileSync(join(ROOT, 'netloom.lock.json'), 'utf8')) as {
    allocations: Record<string, string | undefined>;
  };
  // Ranges that are given stand in `netloom.yaml`, planned ones in the lock. All example clusters have IPv4 first.
  const planned = (name: string): string[] =>
    ['IPv4', 'IPv6'].flatMap((family) => allocations[`${name}/services/${family}`] ?? []);
  return Object.entries(clusters).flatMap(([name, { paths = [], serviceCidrs = planned(name), nodePortRange }]) => {
    const patterns = paths.filter((path) => path.startsWith('dist/')).map((path) => join(ROOT, path));
    if (patterns.length === 0) return [];
    return [
      {
        name,
        serviceCidrs,
        nodePortRange,
        objects: collectFiles(patterns).files.flatMap(({ bytes }) => documents(bytes)),
      },
    ];
  });
}

function documents(bytes: Uint8Array): KubernetesObject[] {
  return parseAllDocuments(Buffer.from(bytes).toString('utf8'))
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}
