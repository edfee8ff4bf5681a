import type { ShardResult } from '../shard-result';
import { jsonText } from './json-text';

export function shardJson({ count, shards }: ShardResult): string {
  const result = { version: 1, count, shards: shards.map(({ index, clusters }) => ({ index, clusters })) };
  return `${jsonText(result, 2)}\n`;
}

/** The shards that have a cluster, as the values of a matrix of CI jobs: `["1/8","2/8"]`. */
export function shardMatrix({ count, shards }: ShardResult): string {
  return `${JSON.stringify(shards.filter(({ clusters }) => clusters.length > 0).map(({ index }) => `${index}/${count}`))}\n`;
}
