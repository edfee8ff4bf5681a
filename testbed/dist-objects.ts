import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CLUSTER_RECORD_NAME, readClusterRecord } from '../lib/synth/cluster-record';
import type { KubernetesObject } from './api-client';

/** A cluster of the example apps, with the objects of its files. */
export interface DistCluster {
  readonly name: string;
  readonly serviceCidrs: readonly string[];
  readonly nodePortRange?: string;
  readonly objects: readonly KubernetesObject[];
}

const DIST = join(__dirname, '../dist');

/** The clusters of the example apps, as the synth has recorded them. A stage of a migration is applied by itself. */
export function distClusters(): DistCluster[] {
  const clusters = readClusterRecord(readFileSync(join(DIST, CLUSTER_RECORD_NAME), 'utf8')) ?? new Map<string, never>();
  return [...clusters].map(([name, { files, facts }]) => ({
    name,
    serviceCidrs: facts.serviceCidrs ?? [],
    nodePortRange: facts.nodePortRange,
    objects: files
      .filter((file) => !file.startsWith('migration/'))
      .flatMap((file) => documents(readFileSync(join(DIST, file)))),
  }));
}

function documents(bytes: Uint8Array): KubernetesObject[] {
  return (
    parseAllDocuments(Buffer.from(bytes).toString('utf8'))
      .map((document) => document.toJS() as KubernetesObject | null)
      // Values of a chart are no objects.
      .filter((object) => object !== null && 'kind' in object)
  );
}
