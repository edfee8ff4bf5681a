import { compareText, type Origin } from '../finding/finding';
import { text } from '../model/json';
import type { ClusterTexts } from './cluster-options';
import { FACT_KEYS, FACT_SCHEMAS, readFacts } from './cluster-key';
import { type ConfigKey, readFields, readGlobs, readMap } from './config-key';

/** One of several clusters. */
export interface ClusterConfig {
  readonly name: string;
  /** Globs of the files that are its manifests. */
  readonly paths: readonly string[];
  readonly facts: ClusterTexts;
  /** The file of the fleet that the cluster is planned in. @default - none */
  readonly fleet?: string;
  /** Where each of the paths is written. @default - not known */
  readonly origins?: readonly Origin[];
}

const KEYS = ['paths', 'fleet', ...FACT_KEYS];

/** `clusters`: by name, the files and the facts of each. Sorted by name. */
export const CLUSTERS_KEY: ConfigKey<readonly ClusterConfig[]> = {
  absent: [],
  read(value, path, context) {
    const clusters = readMap(value, path, "write a map of clusters: { prod: { paths: ['dist/prod-*'] } }", context);
    return clusters
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, cluster]): ClusterConfig => {
        const here = [...path, name];
        const entries = readFields(cluster ?? {}, here, KEYS, "write a map: { paths: ['dist/prod-*'] }", context);
        const fields = new Map(entries);
        const paths = fields.get('paths');
        const fleet = fields.get('fleet');
        if (fleet !== undefined && !text(fleet)) {
          context.report([...here, 'fleet'], 'fleet is no path', 'write the file of the fleet: fleet.yaml');
        }
        const read = paths === undefined ? [] : readGlobs(paths, [...here, 'paths'], "['dist/prod-*']", context);
        return {
          name,
          paths: read,
          facts: readFacts(entries, here, context),
          ...(text(fleet) && { fleet: text(fleet) }),
          origins: read.map((_, index) => context.locate([...here, 'paths', index])),
        };
      });
  },
  schema: () => ({
    description: 'The clusters of this folder, by name: the files of each, and its facts.',
    type: ['object', 'null'],
    additionalProperties: {
      type: ['object', 'null'],
      properties: {
        paths: {
          description: 'Folders, files and globs: the manifests of the cluster.',
          type: ['array', 'null'],
          items: { type: 'string', minLength: 1 },
        },
        fleet: {
          description: 'The file of the fleet that the cluster is planned in; its ranges are facts.',
          type: ['string', 'null'],
          minLength: 1,
        },
        ...FACT_SCHEMAS,
      },
      additionalProperties: false,
    },
  }),
};
