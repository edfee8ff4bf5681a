import { at, integer, member, nonEmpty } from './json';
import { apiGroup, type ModelObject } from './source-object';

export interface StatefulSet {
  readonly object: ModelObject;
  readonly namespace: string;
  readonly name: string;
  /** The Service that gives each pod a DNS name. Undefined when the pods need none. */
  readonly serviceName: string | undefined;
  /** As written; undefined when it is left to the default, which is 1. */
  readonly replicas: number | undefined;
  /** The number of the last pod; pods are called `NAME-NUMBER`. */
  readonly lastOrdinal: number;
}

export function isStatefulSet({ ref }: ModelObject): boolean {
  return ref.kind === 'StatefulSet' && apiGroup(ref.apiVersion) === 'apps';
}

export function readStatefulSet(object: ModelObject): StatefulSet {
  const spec = member(object.manifest, 'spec');
  const start = integer(at(spec, 'ordinals', 'start')) ?? 0;
  const replicas = integer(member(spec, 'replicas'));
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    name: object.ref.name,
    serviceName: nonEmpty(member(spec, 'serviceName')),
    replicas,
    lastOrdinal: Math.max(0, start + (replicas ?? 1) - 1),
  };
}
