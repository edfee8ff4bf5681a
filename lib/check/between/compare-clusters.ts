import { type AddressRange, addressSet, type EachOverlap, overlapsOfEach, setCovers } from '../../address';
import type { Config } from '../../config/config';
import { finding, type Finding, objectText, type Origin, type Rule, type Severity } from '../../finding/finding';
import { flatMap, readRange } from '../../model';
import { moreText } from '../../plan';
import { groupBy } from '../../model/lookup';
import {
  addressClaims,
  type Claim,
  type ComparedCluster,
  hostClaims,
  meshClaims,
  poolClaims,
  type RangeClaim,
  rangeClaims,
  routersOf,
} from './claims';
import {
  ADDRESS_OF_TWO_CLUSTERS,
  ANNOUNCED_RANGES_OVERLAP,
  CLUSTER_RANGES_OVERLAP,
  HOST_OF_TWO_CLUSTERS,
  MESH_IDENTITY_TWICE,
} from './rules';

/** How two clusters belong together. */
interface Relation {
  /** netloom.yaml says that they are on one network. */
  readonly isConnected: boolean;
  /** netloom.yaml names both. */
  readonly isNamed: boolean;
  /** Both announce addresses to it. */
  readonly router: string | undefined;
}

/** What clusters claim that only one of them can have. */
export function compareClusters(clusters: readonly ComparedCluster[], config: Config): readonly Finding[] {
  if (clusters.length < 2) return [];
  const relationOf = relations(clusters, config);
  const isShared = sharedIn(config);
  const pairsOf = <T extends Claim>(claims: readonly T[]): readonly (readonly [T, T])[] =>
    [...groupBy(claims, ({ text }) => text).values()].flatMap(([first, ...others]) =>
      others.filter(({ cluster }) => cluster !== first.cluster).map((other) => [first, other] as const),
    );
  const routers = [...groupBy(clusters.flatMap(withRouters), ({ router }) => router).values()].map((group) =>
    group.map(({ name }) => name),
  );
  const claimsOf = (claims: (cluster: ComparedCluster) => readonly RangeClaim[]): ReadonlyMap<string, RangeClaim[]> =>
    groupBy(
      clusters.flatMap(claims).filter(({ range }) => !isShared.range(range)),
      ({ cluster }) => cluster,
    );
  const found: Finding[] = [];
  for (const { a, b, more } of overlaps(claimsOf(rangeClaims), config.connected)) {
    const message = `the ${a.role} of ${a.cluster} have ${a.text}, and the ${b.role} of ${b.cluster} ${b.text}${moreText(more)}: the clusters are connected`;
    found.push(
      report(
        CLUSTER_RANGES_OVERLAP,
        [a, b],
        message,
        'give one of them another range: addresses of connected clusters must be apart',
      ),
    );
  }
  for (const { a, b, more } of overlaps(claimsOf(poolClaims), [...config.connected, ...routers])) {
    const { isConnected, router } = relationOf(a, b);
    const why = router === undefined ? 'the clusters are connected' : `both announce to the router ${router}`;
    const message = `${a.text} of ${a.cluster} overlaps ${b.text} of ${b.cluster}${moreText(more)}, and ${why}`;
    const help = 'give each cluster a range of its own, or declare the range as shared in netloom.yaml';
    found.push(report(ANNOUNCED_RANGES_OVERLAP, [a, b], message, help, isConnected ? 'error' : 'warning'));
  }
  for (const [a, b] of pairsOf(clusters.flatMap(addressClaims))) {
    const { isConnected, isNamed, router } = relationOf(a, b);
    if ((!isConnected && !isNamed && router === undefined) || isShared.address(a.text)) continue;
    const message = `${a.text} is asked for in ${a.cluster} and in ${b.cluster}`;
    const help = 'choose another address in one of the clusters, or declare the address as shared in netloom.yaml';
    found.push(report(ADDRESS_OF_TWO_CLUSTERS, [a, b], message, help, isConnected ? 'error' : 'warning'));
  }
  for (const [a, b] of pairsOf(clusters.flatMap(hostClaims))) {
    if (!relationOf(a, b).isConnected || isShared.host(a.text)) continue;
    const message = `${a.text} is served in ${a.cluster} and in ${b.cluster}`;
    found.push(
      report(HOST_OF_TWO_CLUSTERS, [a, b], message, `if that is meant, write shared: [${a.text}] in netloom.yaml`),
    );
  }
  for (const [a, b] of pairsOf(clusters.flatMap(meshClaims))) {
    if (!relationOf(a, b).isConnected) continue;
    const message = `${a.text} is that of ${a.cluster} and of ${b.cluster}`;
    found.push(
      report(MESH_IDENTITY_TWICE, [a, b], message, 'give each cluster of the mesh a name and a number of its own'),
    );
  }
  return found;
}

/** A pair of ranges is enough for each pair of clusters and roles. */
const MOST_OVERLAPS = 8;

/** Of the clusters of each group. */
function overlaps(
  claims: ReadonlyMap<string, readonly RangeClaim[]>,
  groups: readonly (readonly string[])[],
): readonly EachOverlap<RangeClaim>[] {
  const pairs = groups
    .flatMap((names) =>
      overlapsOfEach(
        [...new Set(names)].flatMap((name) => claims.get(name) ?? []),
        ({ range }) => range,
        {
          most: MOST_OVERLAPS,
          mayOverlap: (a, b) => a.cluster === b.cluster,
          groupOf: ({ cluster }) => cluster,
        },
      ),
    )
    .map(({ a, b, more }) => (more > 0 || a.cluster <= b.cluster ? { a, b, more } : { a: b, b: a, more }));
  const keyOf = ({ a, b }: EachOverlap<RangeClaim>): string => `${a.cluster} ${a.role},${b.cluster} ${b.role}`;
  return [...new Map(pairs.toReversed().map((pair) => [keyOf(pair), pair])).values()];
}

function withRouters(cluster: ComparedCluster): readonly { readonly name: string; readonly router: string }[] {
  return [...routersOf(cluster)].flatMap((router) => (router === undefined ? [] : [{ name: cluster.name, router }]));
}

function relations(
  clusters: readonly ComparedCluster[],
  { clusters: named, connected }: Config,
): (a: Claim, b: Claim) => Relation {
  const names = new Set(named.map(({ name }) => name));
  const routers = new Map(clusters.map((cluster) => [cluster.name, routersOf(cluster)]));
  const groupsOf = new Map<string, Set<number>>();
  for (const [index, group] of connected.entries()) {
    for (const name of group) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(index));
  }
  return (a, b) => ({
    isConnected: [...(groupsOf.get(a.cluster) ?? [])].some((group) => groupsOf.get(b.cluster)?.has(group)),
    isNamed: names.has(a.cluster) && names.has(b.cluster),
    router: [...(routers.get(a.cluster) ?? [])].find(
      (router) => router !== undefined && routers.get(b.cluster)?.has(router) === true,
    ),
  });
}

interface Shared {
  readonly host: (host: string) => boolean;
  readonly address: (text: string) => boolean;
  readonly range: (range: AddressRange) => boolean;
}

function sharedIn({ shared }: Config): Shared {
  const hosts = new Set(shared);
  const ranges = addressSet(flatMap(shared, (text) => readRange(text) ?? []));
  const isIn = (range: AddressRange): boolean => setCovers(ranges, range);
  return {
    host: (host) => hosts.has(host),
    address: (text) => {
      const range = readRange(text);
      return range !== undefined && isIn(range);
    },
    range: isIn,
  };
}

function report(
  rule: Rule,
  claims: readonly [Claim, Claim],
  message: string,
  help: string,
  severity: Severity = rule.severity,
): Finding {
  // A place in a file is worth more than none.
  const [first, second] = claims[0].place === null && claims[1].place !== null ? [claims[1], claims[0]] : claims;
  return finding(rule, {
    severity,
    message,
    help,
    object: first.place?.on.ref ?? null,
    origin: originOf(first),
    related:
      second.place === null
        ? []
        : [
            {
              message: `${second.cluster}: ${objectText(second.place.on.ref)}`,
              object: second.place.on.ref,
              origin: originOf(second),
            },
          ],
  });
}

function originOf({ place }: Claim): Origin | null {
  return place === null ? null : place.on.locate(place.field);
}
