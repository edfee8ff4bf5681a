import type { IpFamily } from '../address';
import {
  compareFindings,
  compareText,
  finding,
  objectText,
  type Finding,
  type ObjectRef,
  type Origin,
} from '../finding/finding';
import { assignmentPools, type AssignedValue, type AssignmentPool, type PoolSources } from './assignment-pool';
import { guessedPorts, type AskedPort } from './dry-run-ports';
import { isFleetKey, type AssignmentKind, type Lock, type LockChange } from './lock';
import { lockChanges } from './next-lock';
import { LOCK_CONFLICT, STATIC_BAND_FULL } from './rules';

/** One value that a Service wants planned. */
export interface WantedAssignment {
  /** The lock key: `cluster/kind/namespace/name/family` or `cluster/nodePort/namespace/name/port-name-or-number`. */
  readonly key: string;
  readonly kind: AssignmentKind;
  /** Of an address. @default 'IPv4' */
  readonly family?: IpFamily;
  /** Node ports of one Service that have the same port number and different protocols: all with one text get one node port. @default - a node port of its own */
  readonly shareGroup?: string;
  /** Of a node port: all ports of the Service, in their order, where some ask for none. @default - each has a number */
  readonly ports?: readonly WantedPort[];
  /** Who wants it: goes into findings. */
  readonly object?: ObjectRef | null;
  readonly origin?: Origin | null;
}

/** A port of a Service, of which a node port is wanted, or fixed, or left to the API server. */
export interface WantedPort {
  readonly port: number;
  /** Undefined where it is not fixed. */
  readonly nodePort: number | undefined;
  /** Where it is to be planned. */
  readonly key: string | undefined;
}

/** An address or port that somebody fixed. */
export interface TakenValue {
  readonly kind: AssignmentKind;
  /** An address in canonical text, or a port number. */
  readonly value: string | number;
  /** Who has it, such as `Service shop/web`. */
  readonly owner: string;
  readonly object?: ObjectRef | null;
  readonly origin?: Origin | null;
}

/** Everything that one cluster wants planned. */
export interface AssignmentRequest extends PoolSources {
  readonly lock: Lock;
  readonly wanted: readonly WantedAssignment[];
  readonly taken: readonly TakenValue[];
  /** Lock keys whose value may move. @default - none */
  readonly renumber?: ReadonlySet<string>;
}

/** The answer of {@link assignServices}. */
export interface Assignments {
  /** The value of each wanted key: an address in canonical text or a port number. A key that could not be served is absent. */
  readonly values: ReadonlyMap<string, AssignedValue>;
  /** What the next lock changes, sorted by key. */
  readonly changes: readonly LockChange[];
  readonly findings: readonly Finding[];
  /** The next lock: this cluster's entries of single services only. */
  readonly lock: Lock;
}

/**
 * Plans the addresses and ports of single Services of one cluster. Pure, and independent of the order of the request.
 *
 * What the lock holds stays. A new ClusterIP is the lowest free address of the static band of the service CIDR (KEP-3070), a new node port the
 * lowest free one of the static band of the node ports (KEP-3668): from the bands the API server itself takes nothing while the rest
 * lasts. A new load balancer IP is the lowest free address of the cluster's ranges; the first and the last address of a range and those
 * that end in .0 or .255 come last, because some load balancers never hand them out (MetalLB with `avoidBuggyIPs`, Cilium before 1.16).
 *
 * A locked value that somebody else has by now, or that left the range, is a finding and keeps its place until `renumber` names it.
 */
export function assignServices(request: AssignmentRequest): Assignments {
  const outcome: Outcome = { values: new Map(), entries: new Map(), findings: [] };
  for (const pool of assignmentPools(request)) assignFrom(pool, request, outcome);
  const before = new Map([...request.lock.allocations].filter(([key]) => isServiceKeyOf(request.cluster, key)));
  const after = new Map([...outcome.entries].sort(([a], [b]) => compareText(a, b)));
  return {
    values: outcome.values,
    changes: lockChanges(before, after),
    findings: outcome.findings.sort(compareFindings),
    lock: { allocations: after },
  };
}

interface Outcome {
  readonly values: Map<string, AssignedValue>;
  /** The next lock. */
  readonly entries: Map<string, string>;
  readonly findings: Finding[];
}

function assignFrom(pool: AssignmentPool, request: AssignmentRequest, { values, entries, findings }: Outcome): void {
  const slots = slotsOf(request.wanted, pool);
  if (slots.length === 0) return;
  const used = new Map(pool.reserved);
  for (const { kind, value, owner } of request.taken) {
    if (kind === pool.kind && !used.has(value)) used.set(value, owner);
  }
  const assign = (slot: Slot, value: AssignedValue): void => {
    for (const { key } of slot.wanted) {
      values.set(key, value);
      entries.set(key, String(value));
    }
  };

  const open: Slot[] = [];
  for (const slot of slots) {
    const held = heldBy(slot, pool, request);
    findings.push(...held.findings);
    if (held.kind === 'open') {
      open.push(slot);
    } else if (held.kind === 'unusable') {
      for (const { key, text } of held.entries) entries.set(key, text);
    } else {
      assign(slot, held.value);
      const owner = used.get(held.value);
      if (owner === undefined) used.set(held.value, ownerOf(slot));
      else findings.push(lockedTwice(slot, pool, held.value, owner));
    }
  }
  // A value that is to move must not come out as the lowest free one again.
  for (const { key } of slots.flatMap(({ wanted }) => wanted)) {
    const old = request.renumber?.has(key) === true ? pool.parse(request.lock.allocations.get(key) ?? '') : null;
    if (old !== null && !used.has(old)) used.set(old, `${key} before it moved`);
  }

  const free = freeValues(pool, used);
  for (const [index, slot] of open.entries()) {
    const value = free.take((candidate) => !isGuessed(slot, candidate, values));
    if (value === undefined) {
      for (const problem of exhausted(open.slice(index), pool, used, request)) findings.push(problem);
      return;
    }
    used.set(value, ownerOf(slot));
    assign(slot, value);
  }
}

/** The free values of a pool in their order. What does not suit one slot is kept for the next. */
function freeValues(
  pool: AssignmentPool,
  used: ReadonlyMap<AssignedValue, string>,
): { take: (suits: (value: AssignedValue) => boolean) => AssignedValue | undefined } {
  const candidates = pool.candidates();
  const kept: AssignedValue[] = [];
  return {
    take: (suits) => {
      const earlier = kept.findIndex(suits);
      if (earlier >= 0) return kept.splice(earlier, 1)[0];
      for (let next = candidates.next(); next.done !== true; next = candidates.next()) {
        if (used.has(next.value)) continue;
        if (suits(next.value)) return next.value;
        kept.push(next.value);
      }
      // A value that does not suit is better than none.
      return kept.shift();
    },
  };
}

/** Whether a dry run of the API server would refuse the node port, because it gives the same number to a port that asks for none. */
function isGuessed({ wanted }: Slot, value: AssignedValue, values: ReadonlyMap<string, AssignedValue>): boolean {
  const [{ ports = [] }] = wanted;
  if (ports.length === 0 || typeof value !== 'number') return false;
  const keys = new Set(wanted.map(({ key }) => key));
  const asked = (own: number | null): AskedPort[] =>
    ports.map(({ port, nodePort, key }) => {
      const planned = key === undefined ? undefined : keys.has(key) ? own : (values.get(key) ?? null);
      return { port, nodePort: nodePort ?? (typeof planned === 'string' ? null : planned) };
    });
  return guessedPorts(asked(value), undefined).length > guessedPorts(asked(null), undefined).length;
}

/** Wanted values that are one: a value of its own, or the node port that protocols share. Sorted by key. */
interface Slot {
  readonly wanted: readonly [WantedAssignment, ...WantedAssignment[]];
}

const KIND_TEXTS: Record<AssignmentKind, string> = {
  clusterIP: 'ClusterIP',
  nodePort: 'node port',
  loadBalancerIP: 'load balancer IP',
};

/** The slots of a pool, sorted by their first key. */
function slotsOf(wanted: readonly WantedAssignment[], pool: AssignmentPool): Slot[] {
  const byKey = new Map<string, WantedAssignment>();
  for (const want of wanted) {
    const family = want.kind === 'nodePort' ? null : (want.family ?? 'IPv4');
    if (want.kind === pool.kind && family === pool.family) byKey.set(want.key, want);
  }
  const slots: [WantedAssignment, ...WantedAssignment[]][] = [];
  const groups = new Map<string, WantedAssignment[]>();
  for (const want of [...byKey.values()].sort((a, b) => compareText(a.key, b.key))) {
    const group = want.shareGroup === undefined ? undefined : groups.get(want.shareGroup);
    if (group !== undefined) {
      group.push(want);
      continue;
    }
    const slot: [WantedAssignment] = [want];
    slots.push(slot);
    if (want.shareGroup !== undefined) groups.set(want.shareGroup, slot);
  }
  return slots.map((slot) => ({ wanted: slot }));
}

/** What the lock says about a slot. */
type Held =
  | { readonly kind: 'open'; readonly findings: readonly Finding[] }
  | { readonly kind: 'held'; readonly findings: readonly Finding[]; readonly value: AssignedValue }
  | {
      readonly kind: 'unusable';
      readonly findings: readonly Finding[];
      readonly entries: readonly { readonly key: string; readonly text: string }[];
    };

function heldBy(slot: Slot, pool: AssignmentPool, request: AssignmentRequest): Held {
  const entries = slot.wanted.flatMap(({ key }) => {
    const text = request.renumber?.has(key) === true ? undefined : request.lock.allocations.get(key);
    return text === undefined ? [] : [{ key, text }];
  });
  if (entries.length === 0) return { kind: 'open', findings: [] };
  const [{ key, text }, ...others] = entries;
  const kind = KIND_TEXTS[pool.kind];
  const value = pool.parse(text);
  if (value === null) {
    const what = pool.family === null ? kind : `${pool.family} ${kind}`;
    const message = `the lock gives ${key} the value ${JSON.stringify(text)}, which is no ${what}`;
    return { kind: 'unusable', findings: [lockConflict(slot, message, [key])], entries };
  }
  const findings: Finding[] = [];
  if (!pool.accepts(value)) {
    const message = `the lock holds the ${kind} ${value} for ${key}, which no Service can have: ${pool.acceptsText}`;
    findings.push(lockConflict(slot, message, [key]));
  }
  const different = others.filter((other) => pool.parse(other.text) !== value);
  if (different.length > 0) {
    const held = [entries[0], ...different].map((entry) => `${entry.key} ${entry.text}`).join(', ');
    findings.push(
      lockConflict(
        slot,
        `ports that share one node port have several in the lock: ${held}`,
        different.map((other) => other.key),
      ),
    );
  }
  return { kind: 'held', findings, value };
}

function lockedTwice(slot: Slot, pool: AssignmentPool, value: AssignedValue, owner: string): Finding {
  const [{ key }] = slot.wanted;
  return lockConflict(
    slot,
    `the lock holds the ${KIND_TEXTS[pool.kind]} ${value} for ${key}, and ${owner} has it too`,
    [key],
  );
}

function lockConflict(slot: Slot, message: string, keys: readonly string[]): Finding {
  return finding(LOCK_CONFLICT, {
    message,
    help: `what is locked never moves by itself: move it with ${keys.map((key) => `--renumber ${key}`).join(' ')}, or change what it meets`,
    ...placeOf(slot),
  });
}

function exhausted(
  slots: readonly Slot[],
  pool: AssignmentPool,
  used: ReadonlyMap<AssignedValue, string>,
  request: AssignmentRequest,
): Finding[] {
  const kind = KIND_TEXTS[pool.kind];
  if (pool.text === null) {
    return slots.map((slot) =>
      finding(STATIC_BAND_FULL, {
        message: `no ${kind} can be planned for ${slot.wanted[0].key}: ${pool.acceptsText}`,
        help:
          pool.kind === 'clusterIP'
            ? 'give the cluster a service CIDR of that family'
            : 'give the cluster loadBalancers, or loadBalancerCidrs of that family',
        ...placeOf(slot),
      }),
    );
  }
  const isReserved = (value: AssignedValue): boolean => pool.reserved.has(value);
  const inPool = [...used.keys()].filter(pool.has).length;
  const reserved = [...pool.reserved.keys()].filter(pool.has).length;
  const taken = request.taken.filter(
    ({ kind: of, value }) => of === pool.kind && pool.has(value) && !isReserved(value),
  );
  const fixed = new Set(taken.map(({ value }) => value)).size;
  const shares = [
    ...(reserved > 0 ? [`${reserved} of every cluster`] : []),
    `${fixed} fixed`,
    `${inPool - reserved - fixed} planned`,
  ];
  return slots.map((slot) =>
    finding(STATIC_BAND_FULL, {
      message: `no ${kind} is left for ${slot.wanted[0].key}: ${pool.text} holds ${String(pool.size)} (${shares.join(', ')})`,
      help: EXHAUSTED_HELP[pool.kind],
      ...placeOf(slot),
    }),
  );
}

const EXHAUSTED_HELP: Record<AssignmentKind, string> = {
  clusterIP:
    'use a larger service CIDR (the band is a sixteenth of it, at most 256 addresses), or let the address be dynamic',
  nodePort:
    'use a larger node port range (the band is a thirty-second of it, at most 128 ports), or let the port be dynamic',
  loadBalancerIP: 'ask for more load balancers, or give a larger range as loadBalancerCidrs',
};

function placeOf({ wanted: [{ object, origin }] }: Slot): Pick<Finding, 'object' | 'origin'> {
  return { object: object ?? null, origin: origin ?? null };
}

function ownerOf({ wanted: [{ key, object }] }: Slot): string {
  return object === null || object === undefined ? key : objectText(object);
}

function isServiceKeyOf(cluster: string, key: string): boolean {
  return key.startsWith(`${cluster}/`) && !isFleetKey(key);
}
