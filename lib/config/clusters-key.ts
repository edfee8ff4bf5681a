import { compareText } from '../finding/finding';
import type { ClusterTexts } from './cluster-options';
import { FACT_KEYS, FACT_SCHEMAS, readFacts } from './cluster-key';
import { type ConfigKey, readFields, readGlobs, readMap } from './config-key';

/** One of several clusters. */
export interface ClusterConfig {
  readonly name: string;
  /** Globs of the files that are its manifests. */
  readonly paths: readonly string[];
  readonly facts: ClusterTexts;
}

const KEYS = ['paths', ...FACT_KEYS];

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
        const paths = entries.find(([key]) => key === 'paths');
        return {
          name,
          paths: paths === undefined ? [] : readGlobs(paths[1], [...here, 'paths'], "['dist/prod-*']", context),
          facts: readFacts(entries, here, context),
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
          description: 'Globs of the files that are the manifests of the cluster.',
          type: ['array', 'null'],
          items: { type: 'string', minLength: 1 },
        },
        ...FACT_SCHEMAS,
      },
      additionalProperties: false,
    },
  }),
};
