import { at, list, member, nonEmpty, positive, textMap, texts } from './json';
import type { LabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import { below, type FieldPath, type ModelObject } from './source-object';

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
  /** Undefined for types that have no node ports. */
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
  /** Concrete cluster addresses as written, without `None`: `clusterIP`, then `clusterIPs`, which repeat it. None for ExternalName, which has no address. */
  readonly clusterIps: readonly FieldValue<string>[];
  readonly externalIps: readonly FieldValue<string>[];
  /** Addresses asked for in `spec.loadBalancerIP` or in the annotation of a load balancer implementation. */
  readonly loadBalancerIps: readonly FieldValue<string>[];
  readonly healthCheckNodePort: number | undefined;
  /** `Cluster` when unset. */
  readonly externalTrafficPolicy: string;
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
/** kube-vip reads these as "ask DHCP". */
const UNSPECIFIED_ADDRESSES: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const CALICO_ADDRESSES_ANNOTATION = 'projectcalico.org/loadBalancerIPs';

export function readService(object: ModelObject): Service {
  const spec = member(object.manifest, 'spec');
  const type = nonEmpty(member(spec, 'type')) ?? 'ClusterIP';
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer';
  const hasAddresses = type !== 'ExternalName';
  const selector = textMap(member(spec, 'selector'));
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  const clusterIps = concat(
    fieldTexts(['spec', 'clusterIP'], [member(spec, 'clusterIP')], false),
    fieldTexts(['spec', 'clusterIPs'], list(member(spec, 'clusterIPs')), true),
  );
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    name: object.ref.name,
    type,
    headless: type === 'ClusterIP' && clusterIps.some(({ value }) => value === 'None'),
    selector: selector.size === 0 ? undefined : { labels: selector, expressions: [] },
    ports: flatMap(list(member(spec, 'ports')), (port, index) => readPort(port, index, hasNodePorts)),
    clusterIps: hasAddresses ? clusterIps.filter(({ value }) => value !== 'None') : [],
    externalIps: hasAddresses ? fieldTexts(['spec', 'externalIPs'], list(member(spec, 'externalIPs')), true) : [],
    loadBalancerIps: type === 'LoadBalancer' ? readLoadBalancerIps(spec, annotations) : [],
    healthCheckNodePort: type === 'LoadBalancer' ? positive(member(spec, 'healthCheckNodePort')) : undefined,
    externalTrafficPolicy: nonEmpty(member(spec, 'externalTrafficPolicy')) ?? 'Cluster',
    sharingKey: SHARING_KEY_ANNOTATIONS.map((name) => annotations.get(name)).find(
      (key) => key !== undefined && key !== '',
    ),
  };
}

function readPort(value: unknown, index: number, hasNodePorts: boolean): readonly ServicePort[] {
  const port = positive(member(value, 'port'));
  if (port === undefined) return [];
  const targetPort = member(value, 'targetPort');
  return [
    {
      name: nonEmpty(member(value, 'name')),
      port,
      protocol: nonEmpty(member(value, 'protocol')) ?? 'TCP',
      targetPort: positive(targetPort) ?? nonEmpty(targetPort),
      nodePort: hasNodePorts ? positive(member(value, 'nodePort')) : undefined,
      path: ['spec', 'ports', index],
    },
  ];
}

function readLoadBalancerIps(spec: unknown, annotations: ReadonlyMap<string, string>): readonly FieldValue<string>[] {
  const annotated = (name: string, values: readonly string[]): readonly FieldValue<string>[] =>
    values.map((value) => ({ value, path: ['metadata', 'annotations', name] }));
  const requested = concat(
    fieldTexts(['spec', 'loadBalancerIP'], [member(spec, 'loadBalancerIP')], false),
    flatMap(ADDRESS_LIST_ANNOTATIONS, (name) =>
      annotated(
        name,
        (annotations.get(name) ?? '')
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ),
    annotated(CALICO_ADDRESSES_ANNOTATION, jsonTexts(annotations.get(CALICO_ADDRESSES_ANNOTATION))),
  );
  return requested.filter(({ value }) => !UNSPECIFIED_ADDRESSES.has(value));
}

function jsonTexts(json: string | undefined): readonly string[] {
  if (json === undefined) return [];
  try {
    return texts(JSON.parse(json));
  } catch {
    return [];
  }
}

function fieldTexts(path: FieldPath, values: readonly unknown[], indexed: boolean): readonly FieldValue<string>[] {
  return flatMap(values, (value, index) =>
    typeof value === 'string' && value !== '' ? [{ value, path: indexed ? below(path, index) : path }] : [],
  );
}
