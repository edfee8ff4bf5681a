import { at, list, member, nonEmpty, text, textMap } from './json';
import { flatMap } from './lists';
import type { FieldValue } from './service';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

/** What an Endpoints object or an EndpointSlice says about where a Service leads to. */
export interface Endpoints {
  readonly object: ModelObject;
  readonly namespace: string;
  /** An Endpoints object has the name of its Service, a slice has a label with it. Undefined when the label is missing. */
  readonly serviceName: string | undefined;
  /** `IPv4`, `IPv6` or `FQDN` for slices as written; undefined for Endpoints objects, which mix families. */
  readonly addressType: string | undefined;
  readonly addresses: readonly FieldValue<string>[];
  /** The names of the ports; `''` for a port without one. */
  readonly portNames: readonly EndpointPort[];
  /** Written by a lock of a leader election, not for a Service. */
  readonly isLeaderLock: boolean;
}

/** The name of a port, and what it is for. */
export interface EndpointPort extends FieldValue<string> {
  readonly protocol: string;
}

const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';

/** Undefined for every other kind of object. */
export function readEndpoints(object: ModelObject): Endpoints | undefined {
  if (isEndpointsObject(object)) return readEndpointsObject(object);
  return isEndpointSlice(object) ? readEndpointSlice(object) : undefined;
}

export function isEndpointsObject({ ref }: ModelObject): boolean {
  return ref.kind === 'Endpoints' && ref.apiVersion === 'v1';
}

export function isEndpointSlice({ ref }: ModelObject): boolean {
  return ref.kind === 'EndpointSlice' && apiGroup(ref.apiVersion) === 'discovery.k8s.io';
}

function readEndpointsObject(object: ModelObject): Endpoints {
  const subsets = list(member(object.manifest, 'subsets'));
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    serviceName: object.ref.name,
    addressType: undefined,
    addresses: flatMap(subsets, (subset, index) =>
      flatMap(['addresses', 'notReadyAddresses'], (field) =>
        flatMap(list(member(subset, field)), (address, place) =>
          fieldText(member(address, 'ip'), ['subsets', index, field, place, 'ip']),
        ),
      ),
    ),
    portNames: flatMap(subsets, (subset, index) => readPortNames(subset, ['subsets', index, 'ports'])),
    isLeaderLock: annotations.has(LEADER_ANNOTATION),
  };
}

function readEndpointSlice(object: ModelObject): Endpoints {
  const labels = textMap(at(object.manifest, 'metadata', 'labels'));
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    serviceName: nonEmpty(labels.get(SERVICE_NAME_LABEL)),
    addressType: text(member(object.manifest, 'addressType')),
    addresses: flatMap(list(member(object.manifest, 'endpoints')), (endpoint, index) =>
      flatMap(list(member(endpoint, 'addresses')), (address, place) =>
        fieldText(address, ['endpoints', index, 'addresses', place]),
      ),
    ),
    portNames: readPortNames(object.manifest, ['ports']),
    isLeaderLock: false,
  };
}

function readPortNames(parent: unknown, path: FieldPath): readonly EndpointPort[] {
  return list(member(parent, 'ports')).map((port, index) => ({
    value: text(member(port, 'name')) ?? '',
    protocol: nonEmpty(member(port, 'protocol')) ?? 'TCP',
    path: below(path, index),
  }));
}

function fieldText(value: unknown, path: FieldPath): readonly FieldValue<string>[] {
  const address = nonEmpty(value);
  return address === undefined ? [] : [{ value: address, path }];
}
