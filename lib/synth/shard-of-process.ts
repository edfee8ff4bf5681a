import { MOST_SHARDS, parseShard, type Shard } from '../plan';

/** The variable of the environment that says which part of an app is synthesized. */
export const SHARD_VARIABLE = 'NETLOOM_SHARD';

export const SHARD_NEEDS_OWN_APP = `${SHARD_VARIABLE} is set, and the App of cdk8s always writes the whole app: import { App } from 'netloom' instead`;

/** @throws Error in words */
export function shardOfProcess(): Shard | undefined {
  const text = process.env[SHARD_VARIABLE];
  if (text === undefined || text === '') return undefined;
  const shard = parseShard(text);
  if (shard !== undefined) return shard;
  const error = new Error(
    `${SHARD_VARIABLE} is ${JSON.stringify(text)}, and must be INDEX/COUNT, such as 1/8 for the first of 8 shards, with a count of at most ${MOST_SHARDS}`,
  );
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}
