/** Which clusters the jobs of a pipeline look at. */
export interface ShardResult {
  readonly count: number;
  readonly shards: readonly {
    /** From 1. */
    readonly index: number;
    /** Sorted. */
    readonly clusters: readonly string[];
  }[];
  /** Whether one shard was asked for. */
  readonly single: boolean;
}
