/** One of several jobs that share the clusters of a fleet. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

export const MOST_SHARDS = 10_000;

/** `2/8` is the second of eight; undefined for what is none. */
export function parseShard(text: string): Shard | undefined {
  const match = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text);
  if (match === null) return undefined;
  const [index, count] = [Number(match[1]), Number(match[2])];
  return index > count || count > MOST_SHARDS ? undefined : { index, count };
}

/**
 * The shard of a cluster. It depends on the name alone, so that code may ask while the app is built, and a new cluster
 * moves no other one. What is outside of every cluster is of the first shard.
 */
export function shardOf(cluster: string | undefined, count: number): number {
  return cluster === undefined ? 1 : 1 + (hash(cluster) % count);
}

export function isInShard(cluster: string | undefined, { index, count }: Shard): boolean {
  return shardOf(cluster, count) === index;
}

/** FNV-1a of 32 bits, and the last step of MurmurHash3: names that differ in a digit go to shards that are not neighbours. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
