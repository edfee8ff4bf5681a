import { addressBits, hostBits, type Cidr, type IpFamily } from '../address';
import { compareText } from '../finding/finding';
import type { SizedClaim } from './claims';
import { holdsOf } from './explicit-ranges';
import type { Move } from './grow';
import { layOut, type Layout } from './layout';
import type { Lock } from './lock';
import {
  maskHoldsPods,
  MAX_MASK_DIFFERENCE,
  nodeMask,
  podsOfMask,
  ROLE_NOUNS,
  SERVICES_OF_EVERY_CLUSTER,
} from './sizing';
import { COUNT_KEYS, type ClusterSpec, type FleetSpec } from './spec';

/** A fleet and how it was laid out, to be laid out again with a change. Only what was tried is advised. */
export interface Trial {
  readonly spec: FleetSpec;
  readonly lock: Lock;
  readonly renumber: ReadonlySet<string>;
  readonly layout: Layout;
}

/** How many claims may be laid out again for advice: a large fleet gets less of it, and never waits for it. */
const MOST_WORK = 200_000;
const MOST_TRIALS = 48;

/** For how many clusters at once one mask is advised. */
const MOST_CLUSTERS = 4;

/** How often a size is halved before no smaller one is advised. */
const MOST_HALVINGS = 6;

type LayOut = (change: { readonly spec?: FleetSpec; readonly renumber?: ReadonlySet<string> }) => Layout | null;

/** Lays out with a change; null once it has been done often enough. */
function trials({ spec, lock, renumber, layout }: Trial): LayOut {
  let left = Math.min(MOST_TRIALS, Math.ceil(MOST_WORK / Math.max(layout.claims.length, 1)));
  return (change) => (left-- > 0 ? layOut(change.spec ?? spec, lock, change.renumber ?? renumber) : null);
}

/** Changes of a cluster's own sizes with which its claims find a place, by the key of the claim that has none. */
export function changesThatFit(trial: Trial): ReadonlyMap<string, readonly string[]> {
  const tryOut = trials(trial);
  const changes = new Map<string, readonly string[]>();
  for (const claims of unplacedByCluster(trial.layout)) {
    const found = [smallerNodeBlocks(trial, claims, tryOut), smallerSize(trial, claims, tryOut)].flatMap(
      (change) => change ?? [],
    );
    for (const { key } of claims) changes.set(key, found);
  }
  return changes;
}

/** Of one cluster and one family each. */
function unplacedByCluster({ claims, shortages }: Layout): SizedClaim[][] {
  const unplaced = new Set(shortages.flatMap(({ shortage }) => shortage.unplaced.map(({ key }) => key)));
  const groups = new Map<string, SizedClaim[]>();
  for (const claim of claims) {
    if (!unplaced.has(claim.key)) continue;
    const name = `${claim.cluster.name}/${claim.family}`;
    groups.set(name, [...(groups.get(name) ?? []), claim]);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

/** The largest pod CIDRs of a node with which it fits: of the cluster alone, else of all clusters that compete with it. */
function smallerNodeBlocks(trial: Trial, claims: readonly SizedClaim[], tryOut: LayOut): string | null {
  const [{ cluster, family }] = claims;
  const open = openPodClaims(trial.layout, family);
  const alone = open.filter((other) => other.name === cluster.name);
  const groups = open.length <= MOST_CLUSTERS ? [alone, open] : [alone];
  for (const clusters of groups.filter((group, index) => group.length > (index === 0 ? 0 : 1))) {
    for (let mask = Math.min(...clusters.map((each) => nodeMask(each, family))) + 1; ; mask++) {
      if (!clusters.every((each) => canHaveMask(each, family, mask))) break;
      const after = tryOut({ spec: withClusters(trial.spec, clusters, (each) => withMask(each, family, mask)) });
      if (after === null) return null;
      if (helps(trial.layout, after, claims)) return maskText(clusters, family, mask);
    }
  }
  return null;
}

/** The clusters whose pod range this plan places. */
function openPodClaims({ claims, kept }: Layout, family: IpFamily): ClusterSpec[] {
  const locked = new Set(kept.map(({ claim }) => claim.key));
  return claims.flatMap((claim) =>
    claim.role === 'pods' && claim.family === family && !locked.has(claim.key) ? [claim.cluster] : [],
  );
}

function canHaveMask(cluster: ClusterSpec, family: IpFamily, mask: number): boolean {
  return (
    mask < addressBits(family) &&
    mask > nodeMask(cluster, family) - 1 &&
    maskHoldsPods(family, mask, cluster.podsPerNode) &&
    mask <= nodeMask(cluster, family) + MAX_MASK_DIFFERENCE
  );
}

function withMask(cluster: ClusterSpec, family: IpFamily, mask: number): ClusterSpec {
  return { ...cluster, nodeCidrMaskSize: { ...cluster.nodeCidrMaskSize, [family]: mask } };
}

function maskText(clusters: readonly ClusterSpec[], family: IpFamily, mask: number): string {
  const addresses = 2 ** (addressBits(family) - mask);
  const of = clusters.length === 1 ? '' : ` for ${clusters.map(({ name }) => name).join(', ')}`;
  return `set nodeCidrMaskSize: {${family}: ${mask}}${of}, ${family === 'IPv6' ? 'smaller blocks for each node' : `${addresses} addresses for each node (${podsOfMask(family, mask)} pods at most)`}, and it fits`;
}

/** The largest smaller count with which the one claim fits that has no place. */
function smallerSize(trial: Trial, claims: readonly SizedClaim[], tryOut: LayOut): string | null {
  const [claim, ...more] = claims;
  if (more.length > 0) return null;
  const { cluster, role, family, prefix } = claim;
  for (let halvings = 1; halvings <= MOST_HALVINGS && prefix + halvings <= addressBits(family); halvings++) {
    const holds = holdsOf(cluster, role, { family, base: 0n, prefix: prefix + halvings });
    const most = Math.floor((holds - (role === 'services' ? SERVICES_OF_EVERY_CLUSTER : 0)) / cluster.headroom);
    if (most < 1) return null;
    const spec = withClusters(trial.spec, [cluster], (each) => ({ ...each, [COUNT_KEYS[role]]: most }));
    const after = tryOut({ spec });
    if (after === null) return null;
    if (helps(trial.layout, after, claims)) {
      const [one, many] = ROLE_NOUNS[role];
      const headroom = cluster.headroom === 1 ? '' : `, times the headroom ${cluster.headroom}`;
      return `ask for at most ${most} ${most === 1 ? one : many}${headroom}`;
    }
  }
  return null;
}

function withClusters(
  spec: FleetSpec,
  changed: readonly ClusterSpec[],
  change: (cluster: ClusterSpec) => ClusterSpec,
): FleetSpec {
  const names = new Set(changed.map(({ name }) => name));
  return { ...spec, clusters: spec.clusters.map((cluster) => (names.has(cluster.name) ? change(cluster) : cluster)) };
}

/** Whether the claims have a place now, and nothing lost its own. */
function helps(before: Layout, after: Layout, claims: readonly SizedClaim[]): boolean {
  const placed = new Set(after.placed.map(({ claim }) => claim.key));
  return claims.every(({ key }) => placed.has(key)) && countUnplaced(after) <= countUnplaced(before) - claims.length;
}

function countUnplaced({ shortages }: Layout): number {
  return shortages.reduce((sum, { shortage }) => sum + shortage.unplaced.length, 0);
}

/** How each claim that cannot grow in place would move, by key; null where it fits nowhere. What is absent was not tried. */
export function waysToMove(trial: Trial): ReadonlyMap<string, Move | null> {
  const { blocked } = trial.layout;
  const tryOut = trials(trial);
  const moves = new Map<string, Move | null>();
  const stuck: string[] = [];
  for (const { claim } of blocked) {
    const after = tryOut({ renumber: new Set([...trial.renumber, claim.key]) });
    if (after === null) break;
    const destination = destinationIn(trial.layout, after, claim.key);
    moves.set(claim.key, destination && { keys: [claim.key], destination });
    if (destination === null) stuck.push(claim.key);
  }
  if (stuck.length === 0 || blocked.length === 1) return moves;
  const keys = blocked.map(({ claim }) => claim.key);
  const together = tryOut({ renumber: new Set([...trial.renumber, ...keys]) });
  for (const key of together === null ? [] : stuck) {
    const destination = together && destinationIn(trial.layout, together, key);
    if (destination !== null) moves.set(key, { keys, destination });
  }
  return moves;
}

function destinationIn(before: Layout, after: Layout, key: string): Cidr | null {
  if (countUnplaced(after) > countUnplaced(before)) return null;
  return after.placed.find(({ claim }) => claim.key === key)?.cidr ?? null;
}

/** The prefix length of one supernet that holds all claims of the family without a place. */
export function supernetThatHolds(family: IpFamily, { claims, shortages }: Layout): number {
  const unplaced = new Set(shortages.flatMap(({ shortage }) => shortage.unplaced.map(({ key }) => key)));
  const sizes = claims.flatMap((claim) =>
    claim.family === family && unplaced.has(claim.key)
      ? [1n << BigInt(hostBits({ family, base: 0n, prefix: claim.prefix }))]
      : [],
  );
  const total = sizes.reduce((sum, size) => sum + size, 0n);
  let prefix = addressBits(family);
  while (prefix > 0 && 1n << BigInt(addressBits(family) - prefix) < total) prefix--;
  return prefix;
}
