import { at } from './json';
import { type LabelSelector, readLabelSelector } from './label-selector';
import { apiGroup, type ModelObject } from './source-object';

export interface NetworkPolicy {
  readonly object: ModelObject;
  readonly namespace: string;
  /** The pods of its namespace that the policy isolates. */
  readonly podSelector: LabelSelector;
}

export function isNetworkPolicy(object: ModelObject): boolean {
  return object.ref.kind === 'NetworkPolicy' && apiGroup(object.ref.apiVersion) === 'networking.k8s.io';
}

export function readNetworkPolicy(object: ModelObject): NetworkPolicy {
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    podSelector: readLabelSelector(at(object.manifest, 'spec', 'podSelector')),
  };
}
