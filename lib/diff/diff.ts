import { compareFindings, type Finding } from '../finding/finding';
import type { NetworkModel } from '../model';
import { addressChanges, type AddressChange } from './address-changes';
import { runChangeRules } from './change-rule';
import { exposureChanges, type ExposureChange } from './exposure-changes';
import { modelChange } from './model-change';
import { objectChanges, type ObjectChange } from './object-changes';
import { CHANGE_RULES } from './rules';

/** What a change does to the network of a cluster. Everything is sorted; the order of objects, keys and files changes nothing. */
export interface ModelDiff {
  readonly objects: readonly ObjectChange[];
  readonly addresses: readonly AddressChange[];
  readonly exposure: readonly ExposureChange[];
  /** What Kubernetes refuses, and what interrupts. */
  readonly findings: readonly Finding[];
}

export function diffModels(before: NetworkModel, after: NetworkModel): ModelDiff {
  const change = modelChange(before, after);
  return {
    objects: objectChanges(change),
    addresses: addressChanges(before, after),
    exposure: exposureChanges(before, after),
    findings: runChangeRules(CHANGE_RULES, change).sort(compareFindings),
  };
}
