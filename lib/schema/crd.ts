import { list, member, text } from '../model/json';
import { objectSchema } from './openapi';
import type { Schema } from './schema';

/** A kind in one version of its API. */
export interface CrdKind {
  /** `apiVersion kind`. */
  readonly type: string;
  readonly schema: Schema;
}

/** The kinds that a CustomResourceDefinition makes, in the versions that are served; none of anything else. */
export function crdKinds(crd: unknown): readonly CrdKind[] {
  if (member(crd, 'kind') !== 'CustomResourceDefinition' || member(crd, 'apiVersion') !== 'apiextensions.k8s.io/v1') {
    return [];
  }
  const spec = member(crd, 'spec');
  const group = text(member(spec, 'group'));
  const kind = text(member(member(spec, 'names'), 'kind'));
  if (group === undefined || kind === undefined) return [];
  return list(member(spec, 'versions')).flatMap((version) => {
    const name = text(member(version, 'name'));
    const openapi = member(member(version, 'schema'), 'openAPIV3Schema');
    if (name === undefined || openapi === undefined || member(version, 'served') === false) return [];
    return [{ type: `${group}/${name} ${kind}`, schema: objectSchema(openapi) }];
  });
}
