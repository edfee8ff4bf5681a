import { parse } from 'yaml';
import { parseAddress, parseCidr } from '../../lib/address';
import { compareFindings, type Finding, objectText, type Origin } from '../../lib/finding/finding';
import { type ClusterFacts, networkModel, type SourceObject } from '../../lib/model';
import { type NetworkRule, runRules } from '../../lib/rules';
import { fieldsToldTwice } from './one-finding-for-a-field';

/**
 * The objects of a test, short enough to be read at a glance. A YAML list; each item names its object as `Kind namespace/name` (or
 * `Kind name`) and says its spec. Kinds that make pods say `labels` and `ports` of their pods instead, or `containers` and `initContainers`.
 *
 *     - Service shop/web: { selector: { app: web }, ports: [{ port: 80 }] }
 *       annotations: { example.com/note: hello }
 *     - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
 *     - manifest: { anything: else }
 */
export function objects(text: string): SourceObject[] {
  const items = (parse(text) ?? []) as readonly Item[];
  return items.map((item, index) => sourceObject(manifestOf(item), `object-${index + 1}`));
}

/** An object whose places are told as the path of the field, under the name of its file. */
export function sourceObject(manifest: unknown, file: string): SourceObject {
  return { manifest, locate: (path) => ({ file, line: null, column: null, construct: path.join('.') }) };
}

export function facts(known: Partial<Record<keyof ClusterFacts, string>> = {}): ClusterFacts {
  const cidrs = (list: string | undefined): ClusterFacts['podCidrs'] =>
    list === undefined ? undefined : list.split(',').map(parseCidr);
  const ports = known.nodePortRange?.split('-').map(Number);
  return {
    serviceCidrs: cidrs(known.serviceCidrs),
    podCidrs: cidrs(known.podCidrs),
    nodeCidrs: cidrs(known.nodeCidrs),
    loadBalancerCidrs: cidrs(known.loadBalancerCidrs),
    nodePortRange: ports && { first: ports[0], last: ports[1] },
    kubernetesVersion: known.kubernetesVersion,
    clusterDomain: known.clusterDomain,
    policyEngine: known.policyEngine as ClusterFacts['policyEngine'],
    dns: known.dns === undefined ? undefined : { addresses: known.dns.split(',').map(parseAddress), pods: [] },
  };
}

/** One line of a table: what is in the cluster, what is known about it, and what the rule says, as {@link findingText} writes it. */
export interface RuleCase {
  readonly name: string;
  readonly input: string;
  readonly facts?: Partial<Record<keyof ClusterFacts, string>>;
  readonly expected: readonly string[];
}

/** Registers a test for each case: what the rule says, and that no two rules say something of one field. */
export function testRule(rule: NetworkRule, cases: readonly RuleCase[]): void {
  test.each(cases)('$name', ({ input, facts: known, expected }) => {
    expect(findings(rule, objects(input), facts(known)).map(findingText)).toEqual(expected.map(dedent));
    expect(fieldsToldTwice(objects(input), facts(known))).toEqual([]);
  });
}

export function findings(rule: NetworkRule, sources: readonly SourceObject[], known: ClusterFacts): Finding[] {
  return [...runRules([rule], networkModel(sources, known)).findings].sort(compareFindings);
}

/**
 *     error NL201 cluster-ip-conflict
 *     on Service shop/web at spec.clusterIP
 *     clusterIP 10.96.7.7 is also used by Service api/api
 *     help: …
 *     see Service api/api at spec.clusterIP: first used here
 */
export function findingText({ severity, code, slug, object, origin, message, help, related }: Finding): string {
  return [
    `${severity} ${code} ${slug}`,
    `on ${objectText(object)} at ${fieldOf(origin)}`,
    message,
    `help: ${help}`,
    ...related.map((other) => `see ${objectText(other.object)} at ${fieldOf(other.origin)}: ${other.message}`),
  ].join('\n');
}

function fieldOf(origin: Origin | null): string {
  return origin?.construct === '' ? 'the object' : (origin?.construct ?? 'nowhere');
}

/** Without the blank lines around the text and without the indentation of its first line. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n+/, '').trimEnd().split('\n');
  const indentation = /^ */.exec(lines[0])?.[0] ?? '';
  return lines.map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line)).join('\n');
}

type Item = Readonly<Record<string, unknown>>;

const API_VERSIONS: Readonly<Record<string, string>> = {
  BackendTLSPolicy: 'gateway.networking.k8s.io/v1',
  BGPAdvertisement: 'metallb.io/v1beta1',
  CiliumLoadBalancerIPPool: 'cilium.io/v2',
  CiliumPodIPPool: 'cilium.io/v2alpha1',
  ConfigMap: 'v1',
  CronJob: 'batch/v1',
  DaemonSet: 'apps/v1',
  Deployment: 'apps/v1',
  Endpoints: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Gateway: 'gateway.networking.k8s.io/v1',
  GatewayClass: 'gateway.networking.k8s.io/v1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  IngressClass: 'networking.k8s.io/v1',
  Installation: 'operator.tigera.io/v1',
  IPAddressPool: 'metallb.io/v1beta1',
  IPAMConfiguration: 'projectcalico.org/v3',
  IPPool: 'projectcalico.org/v3',
  IPReservation: 'projectcalico.org/v3',
  L2Advertisement: 'metallb.io/v1beta1',
  Namespace: 'v1',
  ListenerSet: 'gateway.networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Node: 'v1',
  Pod: 'v1',
  ReferenceGrant: 'gateway.networking.k8s.io/v1beta1',
  Service: 'v1',
  ServiceCIDR: 'networking.k8s.io/v1',
  StatefulSet: 'apps/v1',
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
  TLSRoute: 'gateway.networking.k8s.io/v1',
  UDPRoute: 'gateway.networking.k8s.io/v1alpha2',
};

function manifestOf(item: Item): unknown {
  if (Object.hasOwn(item, 'manifest')) return item.manifest;
  const [[title, value], ...rest] = Object.entries(item);
  const [kind, path] = title.split(' ');
  const [name, namespace] = path.split('/').reverse() as [string, string | undefined];
  const metadata = { name, ...(namespace !== undefined && { namespace }), ...Object.fromEntries(rest) };
  return { apiVersion: API_VERSIONS[kind], kind, ...kindOf(kind, metadata, value as Item) };
}

function kindOf(kind: string, metadata: object, value: Item): object {
  switch (kind) {
    case 'Pod': {
      const pod = template(value);
      return { metadata: { ...metadata, ...pod.metadata }, spec: pod.spec };
    }
    case 'Deployment':
    case 'DaemonSet':
      return { metadata, spec: { template: template(value) } };
    case 'StatefulSet': {
      const { serviceName, replicas, ordinals, ...pods } = value;
      return { metadata, spec: { serviceName, replicas, ordinals, template: template(pods) } };
    }
    case 'Endpoints':
    case 'EndpointSlice':
      return { metadata, ...value };
    case 'CronJob':
      return { metadata, spec: { jobTemplate: { spec: { template: template(value) } } } };
    default:
      return { metadata, spec: value };
  }
}

function template({ labels, ports, ...spec }: Item): { metadata: object; spec: object } {
  return { metadata: { labels }, spec: { containers: [{ name: 'main', ports }], ...spec } };
}
