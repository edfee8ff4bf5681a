import { at, integer, list, member, text, textMap, texts } from './json';
import type { LabelSelector } from './label-selector';
import type { FieldPath, ModelObject } from './source-object';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A value together with the field that holds it. */
export interface FieldValue<T> {
  readonly value: T;
  readonly path: FieldPath;
}

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
  /** A number, a name, or undefined: the same number as `port`. */
  readonly targetPort: number | string | undefined;
  readonly nodePort: number | undefined;
  readonly path: FieldPath;
}

export interface Service {
  readonly object: ModelObject;
  readonly namespace: string;
  readonly name: string;
  /** `ClusterIP` when unset; headless is a ClusterIP service whose {@link headless} is true. */
  readonly type: string;
  readonly headless: boolean;
  /** Undefined when there is no selector: then EndpointSlices are somebody else's. */
  readonly selector: LabelSelector | undefined;
  readonly ports: readonly ServicePort[];
  /** Concrete cluster addresses, as written, without `None` and without repeats. */
  readonly clusterIps: readonly FieldValue<string>[];
  readonly externalIps: readonly FieldValue<string>[];
  /** Addresses asked for in `spec.loadBalancerIP` or in the annotation of a load balancer implementation. */
  readonly loadBalancerIps: readonly FieldValue<string>[];
  readonly healthCheckNodePort: number | undefined;
  /** Services with equal keys may share an address as long as their ports differ (MetalLB, Cilium). */
  readonly sharingKey: string | undefined;
}

const ADDRESS_LIST_ANNOTATIONS = [
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
  'lbipam.cilium.io/ips',
  'io.cilium/lb-ipam-ips',
  'kube-vip.io/loadbalancerIPs',
];
const SHARING_KEY_ANNOTATIONS = [
  'metallb.io/allow-shared-ip',
  'metallb.universe.tf/allow-shared-ip',
  'lbipam.cilium.io/sharing-key',
  'io.cilium/lb-ipam-sharing-key',
];
const CALICO_ADDRESSES_ANNOTATION = 'projectcalico.org/loadBalancerIPs';

export function readService(object: ModelObject): Service {
  const spec = member(object.manifest, 'spec');
  const type = text(member(spec, 'type')) ?? 'ClusterIP';
  const selector = textMap(member(spec, 'selector'));
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  const clusterIps = uniqueValues([
    ...fieldTexts(['spec', 'clusterIP'], [member(spec, 'clusterIP')], false),
    ...fieldTexts(['spec', 'clusterIPs'], list(member(spec, 'clusterIPs')), true),
  ]);
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    name: object.ref.name,
    type,
    headless: type === 'ClusterIP' && clusterIps.some(({ value }) => value === 'None'),
    selector: selector.size === 0 ? undefined : { labels: selector, expressions: [] },
    ports: list(member(spec, 'ports')).flatMap(readPort),
    clusterIps: clusterIps.filter(({ value }) => value !== 'None' && value !== ''),
    externalIps: fieldTexts(['spec', 'externalIPs'], list(member(spec, 'externalIPs')), true),
    loadBalancerIps: type === 'LoadBalancer' ? readLoadBalancerIps(spec, annotations) : [],
    healthCheckNodePort: positive(member(spec, 'healthCheckNodePort')),
    sharingKey: SHARING_KEY_ANNOTATIONS.map((name) => annotations.get(name)).find((key) => key !== undefined),
  };
}

function readPort(value: unknown, index: number): ServicePort[] {
  const port = integer(member(value, 'port'));
  if (port === undefined) return [];
  const targetPort = member(value, 'targetPort');
  return [
    {
      name: text(member(value, 'name')),
      port,
      protocol: text(member(value, 'protocol')) ?? 'TCP',
      targetPort: integer(targetPort) ?? text(targetPort),
      nodePort: positive(member(value, 'nodePort')),
      path: ['spec', 'ports', index],
    },
  ];
}

function readLoadBalancerIps(spec: unknown, annotations: ReadonlyMap<string, string>): FieldValue<string>[] {
  const annotated = (name: string, values: readonly string[]): FieldValue<string>[] =>
    values.map((value) => ({ value, path: ['metadata', 'annotations', name] }));
  return uniqueValues([
    ...fieldTexts(['spec', 'loadBalancerIP'], [member(spec, 'loadBalancerIP')], false),
    ...ADDRESS_LIST_ANNOTATIONS.flatMap((name) =>
      annotated(
        name,
        (annotations.get(name) ?? '')
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ),
    ...annotated(CALICO_ADDRESSES_ANNOTATION, jsonTexts(annotations.get(CALICO_ADDRESSES_ANNOTATION))),
  ]);
}

function jsonTexts(json: string | undefined): readonly string[] {
  if (json === undefined) return [];
  try {
    return texts(JSON.parse(json));
  } catch {
    return [];
  }
}

function fieldTexts(path: FieldPath, values: readonly unknown[], indexed: boolean): FieldValue<string>[] {
  return values.flatMap((value, index) =>
    typeof value === 'string' && value !== '' ? [{ value, path: indexed ? [...path, index] : path }] : [],
  );
}

function uniqueValues(values: readonly FieldValue<string>[]): FieldValue<string>[] {
  const byValue = new Map<string, FieldValue<string>>();
  for (const field of values) {
    if (!byValue.has(field.value)) byValue.set(field.value, field);
  }
  return [...byValue.values()];
}

/** Node ports use 0 for "not set". */
function positive(value: unknown): number | undefined {
  const number = integer(value);
  return number !== undefined && number > 0 ? number : undefined;
}
