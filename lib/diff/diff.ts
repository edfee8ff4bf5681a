import { compareFindings, type Finding, type ObjectRef } from '../finding/finding';
import { concat, identityOf, type NetworkModel, otherPolicies } from '../model';
import { addressChanges, type AddressChange } from './address-changes';
import { runChangeRules } from './change-rule';
import { connectionChanges, type ConnectionChange } from './connection-changes';
import { exposureChanges, type ExposureChange } from './exposure-changes';
import type { SolveOptions } from '../reach';
import { modelChange } from './model-change';
import { objectChanges, type ObjectChange } from './object-changes';
import { CHANGE_RULES } from './change-rules';

/** What a change does to the network of a cluster. Everything is sorted; the order of objects, keys and files changes nothing. */
export interface ModelDiff {
  readonly objects: readonly ObjectChange[];
  readonly addresses: readonly AddressChange[];
  readonly exposure: readonly ExposureChange[];
  /** By the NetworkPolicies. */
  readonly connections: readonly ConnectionChange[];
  /** Policies that change and are not evaluated: what they do to connections is not shown. */
  readonly unevaluated: readonly ObjectRef[];
  /** What Kubernetes refuses, and what interrupts. */
  readonly findings: readonly Finding[];
}

export function diffModels(before: NetworkModel, after: NetworkModel, options: SolveOptions = {}): ModelDiff {
  const change = modelChange(before, after);
  const objects = objectChanges(change);
  const others = new Set(concat(otherPolicies(before), otherPolicies(after)).map(({ ref }) => identityOf(ref)));
  return {
    objects,
    addresses: addressChanges(before, after),
    exposure: exposureChanges(before, after),
    connections: connectionChanges(before, after, options),
    unevaluated: objects.map(({ object }) => object).filter((ref) => others.has(identityOf(ref))),
    findings: runChangeRules(CHANGE_RULES, change).sort(compareFindings),
  };
}
