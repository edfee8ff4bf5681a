import { at, text } from '../../model/json';
import { apiGroup, type SourceObject } from '../../model/source-object';
import type { RenderGap } from '../kustomize/render-state';

/** Objects that are applied together: a rendering, what a deployment tool applies, or the files of a folder. */
export interface Unit {
  /** Where it is: that of the kustomization, or of the files. */
  readonly folder: string;
  /** The cluster that its path, or whoever deploys it, names. */
  readonly cluster?: ClusterName;
  readonly objects: readonly SourceObject[];
  readonly gaps: readonly RenderGap[];
}

export interface ClusterName {
  readonly name: string;
  /** Under which folder it is called so: another folder may mean another cluster by the same name. */
  readonly under: string;
}

/** Folders whose folders are environments, or clusters. */
const FOLDERS_OF_CLUSTERS: ReadonlySet<string> = new Set([
  'clusters',
  'env',
  'environment',
  'environments',
  'envs',
  'overlays',
  'stages',
]);

/** What a folder says about the cluster: `clusters/prod/apps` and `shop/overlays/prod` are of prod. */
export function clusterOfFolder(folder: string): ClusterName | undefined {
  const parts = folder.split('/');
  const index = parts.findIndex((part, at) => FOLDERS_OF_CLUSTERS.has(part) && at < parts.length - 1);
  return index < 0 ? undefined : { name: parts[index + 1], under: parts.slice(0, index).join('/') };
}

/** By which two objects are one; undefined for what says little: every app may bring its Namespace. */
export function identityText({ manifest }: SourceObject): string | undefined {
  const [kind, name] = [text(at(manifest, 'kind')), text(at(manifest, 'metadata', 'name'))];
  if (kind === undefined || name === undefined || kind === 'Namespace') return undefined;
  const group = apiGroup(text(at(manifest, 'apiVersion')) ?? '');
  return `${group} ${kind} ${text(at(manifest, 'metadata', 'namespace')) ?? ''} ${name}`;
}

export function identitiesOf(units: readonly Unit[]): ReadonlySet<string> {
  const identities = new Set<string>();
  for (const { objects } of units) {
    for (const object of objects) {
      const identity = identityText(object);
      if (identity !== undefined) identities.add(identity);
    }
  }
  return identities;
}

/** Whether one is a copy, or another variant, of the other: half of the smaller one is in both. */
export function areVariants(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size === 0) return false;
  let shared = 0;
  for (const identity of small) if (large.has(identity)) shared++;
  return shared * 2 >= small.size;
}
