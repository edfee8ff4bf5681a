import type { ShardResult } from '../shard-result';
import { visible } from './visible';

/** The clusters of one shard, one a line; of several, behind the shard of each. */
export function shardText({ count, shards, single }: ShardResult): string {
  return shards
    .flatMap(({ index, clusters }) => clusters.map((name) => `${single ? '' : `${index}/${count} `}${visible(name)}\n`))
    .join('');
}
