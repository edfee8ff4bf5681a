import type { AddressSet } from '../address';
import type { FieldPath, LabelSelector, ModelObject, PolicyDirection, PolicyRule, RuleDoubt } from '../model';
import type { Protocol } from './connection-set';

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

/** Addresses outside, and pods and nodes that have one of them; some engines know pods and nodes by their identity, and their blocks miss them. */
export interface AddressPeer {
  readonly addresses: AddressSet;
  readonly missesPods?: boolean;
  readonly missesNodes?: boolean;
}

/** All that lies outside of the cluster; pods in the network of their node; or what the CNI itself serves Ingresses with, which is no pod. */
export type Peer =
  PodSelection | AddressPeer | { readonly outside: true } | { readonly nodes: true } | { readonly proxy: true };

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
  /** Why it holds for some of what it matches alone, or perhaps for nothing. */
  readonly doubt?: RuleDoubt;
  /** Where it was written. */
  readonly source: Pick<PolicyRule, 'direction' | 'path'>;
}

/** The policy that was written, and the field that says whom it is for. */
export interface PolicySource {
  readonly object: ModelObject;
  readonly subject: FieldPath;
}

/** One direction of a policy. */
export interface TierPolicy {
  readonly direction: PolicyDirection;
  readonly subject: PodSelection;
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
