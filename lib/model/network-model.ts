import { type GatewayApi, readGatewayApi } from './gateway-api';
import { type Endpoints, readEndpoints } from './endpoints';
import { type Ingress, type IngressClass, isIngress, NO_CLASS, readIngress, readIngressClass } from './ingress';
import { clusterDns } from './cluster-dns';
import type { ClusterFacts } from './facts';
import { isOtherAllocator, mergedFacts } from './cluster-facts';
import { compareConfigs, type ConfigDocument, readConfigDocument, readConfigMap } from './config-document';
import { type IpPool, isCalico, isInstallation, readInstallationPools, readIpPool } from './ip-pool';
import { concat, flatMap } from './lists';
import {
  calicoLoadBalancerPool,
  LOAD_BALANCER_POOL_KINDS,
  type LoadBalancerPool,
  readLoadBalancerPool,
} from './load-balancer-pool';
import { groupBy, memoized } from './lookup';
import { type NamespaceIndex, namespaceIndex } from './namespace';
import { isNetworkPolicy, type NetworkPolicy, readNetworkPolicy } from './network-policy';
import { type Node, readNode } from './node';
import { peerPods, type PeerPodsOf } from './peer-pods';
import { type SelectorIndex, selectorIndex } from './selector-index';
import { readService, type Service } from './service';
import { similarNames } from './similar-names';
import {
  apiGroup,
  compareObjects,
  isSameObject,
  listItems,
  modelObject,
  type ModelObject,
  type SourceObject,
} from './source-object';
import { isStatefulSet, readStatefulSet, type StatefulSet } from './stateful-set';
import { readStatements, type Statements } from './statements';
import { readWorkloads, runsPods, type Workload } from './workload';

/** Objects of one kind in one API version, those that are defined twice as often as they are. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: readonly ModelObject[];
}

export interface RepeatedObject {
  readonly object: ModelObject;
  readonly first: ModelObject;
}

/** What the objects of one cluster mean for its network. Read-only and indexed: a rule asks, it never scans. */
export interface NetworkModel {
  /** What the objects state, and what the caller knows where they state nothing. */
  readonly facts: ClusterFacts;
  /** What the caller knows. */
  readonly givenFacts: ClusterFacts;
  readonly configs: readonly ConfigDocument[];
  readonly statements: Statements;
  readonly nodes: readonly Node[];
  readonly loadBalancerPools: readonly LoadBalancerPool[];
  /** All objects that have an identity, sorted by kind, namespace and name; those defined twice are in it twice. */
  readonly objects: readonly ModelObject[];
  /** The same by their types: for rules about few of them. */
  readonly types: readonly ObjectType[];
  /** Objects that are defined again, each with the one that counts. */
  readonly repeated: readonly RepeatedObject[];
  /** Objects of a kind, whatever their group, those defined twice once. */
  readonly ofKind: (kind: string) => readonly ModelObject[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  /** Endpoints objects and EndpointSlices. */
  readonly endpoints: readonly Endpoints[];
  readonly statefulSets: readonly StatefulSet[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly gatewayApi: GatewayApi;
  readonly ipPools: readonly IpPool[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly namespaces: NamespaceIndex;
  readonly podsOfPeer: PeerPodsOf;
  readonly selectors: SelectorIndex;
  readonly service: (namespace: string, name: string) => Service | undefined;
  /** Namespaces in which a Service of that name exists. */
  readonly namespacesWithService: (name: string) => readonly string[];
  readonly servicesNamed: (name: string) => readonly Service[];
  /** The Service of the namespace that the name is probably a misspelling of. */
  readonly similarService: (namespace: string, name: string) => Service | undefined;
  /** The class that serves the Ingress: its own, or the default one. */
  readonly effectiveClass: (ingress: Ingress) => string;
}

export function networkModel(sources: Iterable<SourceObject>, facts: ClusterFacts): NetworkModel {
  const items = flatMap([...sources], listItems);
  const objects = items
    .map(modelObject)
    .filter((object) => object !== undefined)
    .sort(compareObjects);
  // Of an object that is defined twice the first counts; a rule reports the others.
  const distinct: ModelObject[] = [];
  const repeated: RepeatedObject[] = [];
  for (const object of objects) {
    const first = distinct.at(-1);
    if (first === undefined || !isSameObject(first.ref, object.ref)) distinct.push(object);
    else repeated.push({ object, first });
  }
  const byKind = groupBy(distinct, ({ ref }) => ref.kind);
  const ofKind = (kind: string): readonly ModelObject[] => byKind.get(kind) ?? [];
  const services = ofKind('Service')
    .filter(({ ref }) => ref.apiVersion === 'v1')
    .map(readService);
  const workloads = flatMap(distinct, readWorkloads);
  const selectors = selectorIndex(workloads.filter(runsPods(distinct)));
  const namespaces = namespaceIndex(distinct);
  const ingressClasses = ofKind('IngressClass')
    .filter(({ ref }) => apiGroup(ref.apiVersion) === 'networking.k8s.io')
    .map(readIngressClass);
  const defaultClass = ingressClasses.find(({ isDefault }) => isDefault)?.name ?? NO_CLASS;
  const servicesByName = groupBy(services, ({ name }) => name);
  const servicesByNamespace = groupBy(services, ({ namespace }) => namespace);
  const serviceIndex = new Map(
    [...servicesByNamespace].map(([namespace, members]) => [
      namespace,
      new Map(members.map((service) => [service.name, service])),
    ]),
  );
  const similar = memoized(
    (namespace: string) => namespace,
    (namespace) => similarNames(servicesByNamespace.get(namespace) ?? [], ({ name }) => name),
  );
  const configs = concat(
    items.map(readConfigDocument).filter((config) => config !== undefined),
    ofKind('ConfigMap')
      .map(readConfigMap)
      .filter((config) => config !== undefined),
  ).toSorted(compareConfigs);
  const statements = readStatements(configs, distinct);
  const ipPools = concat(
    flatMap(
      ofKind('IPPool').filter((object) => isCalico(object, 'IPPool')),
      (object) => readIpPool(object) ?? [],
    ),
    flatMap(ofKind('Installation').filter(isInstallation), readInstallationPools),
  );
  const loadBalancerPools = concat(
    flatMap(flatMap(LOAD_BALANCER_POOL_KINDS, ofKind), (object) => readLoadBalancerPool(object) ?? []),
    ipPools.filter(({ forLoadBalancers }) => forLoadBalancers).map(calicoLoadBalancerPool),
  );
  return {
    facts: mergedFacts(
      facts,
      statements,
      ipPools,
      loadBalancerPools,
      flatMap(['ConfigMap', 'ServiceGroup'], ofKind).some(isOtherAllocator),
      (serviceCidrs) =>
        clusterDns({
          servers: statements.dnsAddresses,
          configs,
          services,
          workloads,
          selectors,
          serviceCidrs,
          given: facts.dns,
        }),
    ),
    givenFacts: facts,
    configs,
    statements,
    nodes: ofKind('Node')
      .filter(({ ref }) => ref.apiVersion === 'v1')
      .map(readNode),
    loadBalancerPools,
    objects,
    types: typesOf(objects),
    repeated,
    ofKind,
    services,
    workloads,
    endpoints: flatMap(flatMap(['EndpointSlice', 'Endpoints'], ofKind), (object) => readEndpoints(object) ?? []),
    statefulSets: ofKind('StatefulSet').filter(isStatefulSet).map(readStatefulSet),
    ingresses: ofKind('Ingress').filter(isIngress).map(readIngress),
    ingressClasses,
    gatewayApi: readGatewayApi(distinct),
    ipPools,
    networkPolicies: ofKind('NetworkPolicy').filter(isNetworkPolicy).map(readNetworkPolicy),
    namespaces,
    podsOfPeer: peerPods(selectors, namespaces),
    selectors,
    service: (namespace, name) => serviceIndex.get(namespace)?.get(name),
    namespacesWithService: (name) => (servicesByName.get(name) ?? []).map(({ namespace }) => namespace),
    servicesNamed: (name) => servicesByName.get(name) ?? [],
    similarService: (namespace, name) => similar(namespace)(name),
    effectiveClass: (ingress) => ingress.className ?? defaultClass,
  };
}

function typesOf(objects: readonly ModelObject[]): readonly ObjectType[] {
  const groups = groupBy(objects, ({ ref: { apiVersion, kind } }) => `${apiVersion} ${kind}`);
  return [...groups.values()].map((group) => {
    const { apiVersion, kind } = group[0].ref;
    return { apiVersion, kind, objects: group };
  });
}
