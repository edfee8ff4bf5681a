import type { AddressRange } from '../address';
import type { PolicyDirection } from '../model';
import type { ConnectionSet } from './connection-set';
import type { Pods, ReachWorkload } from './pods';
import type { Action, PolicySource, TierRule } from './tiers';

/** One end of a connection. */
export type End = { readonly workload: ReachWorkload } | { readonly range: AddressRange };

/** Why a connection can be opened, or not. */
export interface Explanation {
  readonly from: string;
  readonly to: string;
  /** What was asked about. */
  readonly asked: ConnectionSet;
  /** What of it both ends let through. */
  readonly connections: ConnectionSet;
  /** Undefined where the end lies outside: no policy of the cluster speaks for it. */
  readonly egress: DirectionExplanation | undefined;
  readonly ingress: DirectionExplanation | undefined;
  /** Pods of one workload with different labels may have different answers: these were explained, of so many variants. */
  readonly variants: number;
  /** Whether addresses of the range have different answers: what is said holds for some of them. */
  readonly mixed: boolean;
}

export interface DirectionExplanation {
  readonly direction: PolicyDirection;
  readonly pods: Pods;
  /** What of the asked connections this end lets through. */
  readonly connections: ConnectionSet;
  /** Whether any policy selects the pods; without one all is let through. */
  readonly isolated: boolean;
  readonly policies: readonly PolicyExplanation[];
  /** Undefined where nothing is missing. */
  readonly change: Change | undefined;
}

export interface PolicyExplanation {
  readonly policy: PolicySource;
  /** Whether what its rules do not allow is denied, as a NetworkPolicy does; other policies leave it to the next ones. */
  readonly isolates: boolean;
  readonly rules: readonly RuleExplanation[];
}

export interface RuleExplanation {
  readonly rule: TierRule['source'];
  readonly action: Action;
  /** Whether it matches what was asked, all of which earlier rules have decided. */
  readonly decidedBefore: boolean;
  /** Whether it speaks of every peer. */
  readonly everyone: boolean;
  /** What it allows, denies or passes on of what was asked and no earlier rule has decided. */
  readonly connections: ConnectionSet;
  /** Whether it speaks of the other end. */
  readonly peerMatches: boolean;
  /** Whether it speaks of all of it: of every address of a range. */
  readonly peerCovered: boolean;
  /** The ports that it opens, to this destination. */
  readonly ports: ConnectionSet;
  /** Why it does not speak of the other end, by peer. */
  readonly reasons: readonly string[];
  /** What it asks of a connection beyond its ends and port. */
  readonly narrowed: string | undefined;
}

/** The smallest change that lets the rest through. */
export interface Change {
  /** Undefined where it is a new policy. */
  readonly policy: PolicySource | undefined;
  /** `add-ports` to a rule for the right peers, `add-peer` to a rule for the right ports, a new rule, or a new policy beside a default deny. */
  readonly kind: 'add-ports' | 'add-peer' | 'add-rule' | 'add-policy';
  /** The rule that is changed. */
  readonly rule: TierRule['source'] | undefined;
  /** Plain JSON: what is to be added. */
  readonly addition: unknown;
}

/** What a direction of an end has at its other side. */
export type Other = { readonly pods: Pods; readonly index: number } | { readonly range: AddressRange };
