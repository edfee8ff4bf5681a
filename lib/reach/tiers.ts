import type { AddressSet } from '../address';
import type { AskedValues } from '../syntax/calico-selector';
import type { FieldPath, LabelSelector, ModelObject, PolicyDirection, PolicyRule, RuleDoubt } from '../model';
import type { Protocol } from './connection-set';
import type { Pods } from './pods';

/**
 * What a rule does with the connections that it matches: allow and deny are final, pass hands them to the next tier. Policies of
 * `networking.k8s.io/v1` only allow; the others are those of AdminNetworkPolicy and of the tiers of CNIs.
 */
export type Action = 'allow' | 'deny' | 'pass';

/** Pods, by labels. A namespace by name, or namespaces by their labels. */
export interface PodSelection {
  readonly namespaces: string | LabelSelector;
  readonly pods: LabelSelector;
}

/** Pods by labels of the engine's own making: it may know a pod by more than the labels that it was given. */
export interface LabelledPods {
  readonly labelling: Labelling;
  readonly query: LabelQuery;
}

export interface Labelling {
  /** Equal keys label alike. */
  readonly key: string;
  /** Undefined for pods that it never selects. */
  readonly labelsOf: (pods: Pods) => ReadonlyMap<string, string> | undefined;
}

/** What is asked of labels, in whatever language. */
export interface LabelQuery {
  /** As people read it; equal texts ask the same. */
  readonly text: string;
  readonly holds: (labels: ReadonlyMap<string, string>) => boolean;
  /** Values of labels without one of which it cannot hold, for an index. */
  readonly asked: readonly AskedValues[];
}

/** Who is in each of these lists, and in none of the last. Without lists, everyone, inside and outside. */
export interface JointPeer {
  readonly each: readonly (readonly Peer[])[];
  readonly none: readonly Peer[];
  /** Those of whom this is not certain instead: their addresses are not known. */
  readonly perhaps?: true;
}

/** Whom a policy is for. */
export type Subject = PodSelection | LabelledPods | JointPeer;

/** Addresses outside, and pods and nodes that have one of them; some engines know pods and nodes by their identity, and their blocks miss them. */
export interface AddressPeer {
  readonly addresses: AddressSet;
  readonly missesPods?: boolean;
  readonly missesNodes?: boolean;
}

/** All that lies outside of the cluster; pods in the network of their node; or what the CNI itself serves Ingresses with, which is no pod. */
export type Peer =
  | PodSelection
  | LabelledPods
  | JointPeer
  | AddressPeer
  | { readonly outside: true }
  | { readonly nodes: true }
  | { readonly proxy: true };

/** Ports of a rule: numbers, all of a protocol, or a name that each destination resolves for itself. */
export interface RulePort {
  readonly protocol: Protocol;
  readonly ports: { readonly first: number; readonly last: number } | string;
}

export interface TierRule {
  readonly action: Action;
  /** Undefined: everyone, inside and outside. An empty list is nobody. */
  readonly peers: readonly Peer[] | undefined;
  /** Undefined: every port of every protocol. */
  readonly ports: readonly RulePort[] | undefined;
  /** Those of them that it does not speak of. */
  readonly notPorts?: readonly RulePort[];
  /** Why it holds for some of what it matches alone, or perhaps for nothing. */
  readonly doubt?: RuleDoubt;
  /** Where it was written. */
  readonly source: Pick<PolicyRule, 'direction' | 'path'>;
}

/** The policy that was written, and the field that says whom it is for. */
export interface PolicySource {
  readonly object: ModelObject;
  readonly subject: FieldPath;
  /** Where it stands, for engines that have many tiers. Without an order it is asked last. */
  readonly rank?: { readonly tier: string; readonly order: number | undefined };
}

/** One direction of a policy. */
export interface TierPolicy {
  readonly direction: PolicyDirection;
  readonly subject: Subject;
  /** Whether what no rule of the tier matched is denied for its pods; otherwise the next tier is asked. */
  readonly isolates: boolean;
  /** In order: the first rule that matches decides. */
  readonly rules: readonly TierRule[];
  readonly source: PolicySource;
}

/** Tiers are asked in order. */
export interface Tier {
  readonly policies: readonly TierPolicy[];
  /** Whether its policies are asked in order; otherwise rules that deny come first, and those that allow add up. */
  readonly ordered: boolean;
}
