import {
  apiGroup,
  at,
  type FieldPath,
  flatMap,
  GATEWAY_API_GROUP,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  text,
} from '../../model';

/** A BackendTLSPolicy in the form that it has since v1alpha3. */
export interface BackendTlsPolicy {
  readonly object: ModelObject;
  readonly namespace: string;
  readonly spec: unknown;
}

export function backendTlsPolicies(model: NetworkModel): readonly BackendTlsPolicy[] {
  return model
    .ofKind('BackendTLSPolicy')
    .filter(({ ref }) => apiGroup(ref.apiVersion) === GATEWAY_API_GROUP && !ref.apiVersion.endsWith('/v1alpha2'))
    .map((object) => ({
      object,
      namespace: object.ref.namespace ?? 'default',
      spec: member(object.manifest, 'spec'),
    }));
}

/** A Service that a policy is for; all of its ports without a section name. */
export interface PolicyTarget {
  readonly policy: BackendTlsPolicy;
  readonly name: string;
  readonly sectionName: string | undefined;
  readonly path: FieldPath;
}

export function serviceTargets(policy: BackendTlsPolicy): readonly PolicyTarget[] {
  return localReferences(policy, ['targetRefs'], '', 'Service').map(({ value, ...target }) => ({
    policy,
    ...target,
    sectionName: nonEmpty(member(value, 'sectionName')),
  }));
}

export interface LocalReference {
  readonly name: string;
  readonly value: unknown;
  readonly path: FieldPath;
}

/** References to a kind of object in the namespace of the policy. */
export function localReferences(
  { spec }: BackendTlsPolicy,
  path: FieldPath,
  group: string,
  kind: string,
): readonly LocalReference[] {
  return flatMap(list(at(spec, ...path)), (value, index) => {
    const name = nonEmpty(member(value, 'name'));
    const isOf = text(member(value, 'group')) === group && member(value, 'kind') === kind;
    return isOf && name !== undefined ? [{ name, value, path: ['spec', ...path, index] }] : [];
  });
}
