import type { Cidr } from '../address';
import type { ObjectRef } from '../finding/finding';
import { type Ingress, type IngressClass, isIngress, NO_CLASS, readIngress, readIngressClass } from './ingress';
import { type IpPool, readIpPool } from './ip-pool';
import { groupBy, memoized } from './lookup';
import { isNetworkPolicy, type NetworkPolicy, readNetworkPolicy } from './network-policy';
import { type SelectorIndex, selectorIndex } from './selector-index';
import { readService, type Service } from './service';
import { similarNames } from './similar-names';
import {
  apiGroup,
  compareObjects,
  identityOf,
  listItems,
  modelObject,
  type ModelObject,
  type SourceObject,
} from './source-object';
import { readWorkload, type Workload } from './workload';

/** What is known about the cluster itself. A fact that is not known is undefined, and rules that need it are skipped. */
export interface ClusterFacts {
  readonly serviceCidrs?: readonly Cidr[];
  readonly podCidrs?: readonly Cidr[];
  readonly nodeCidrs?: readonly Cidr[];
  readonly loadBalancerCidrs?: readonly Cidr[];
  readonly nodePortRange?: { readonly first: number; readonly last: number };
}

/** What the objects of one cluster mean for its network. Read-only and indexed: a rule asks, it never scans. */
export interface NetworkModel {
  readonly facts: ClusterFacts;
  /** All objects that have an identity, sorted by kind, namespace and name; those defined twice are in it twice. */
  readonly objects: readonly ModelObject[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly ipPools: readonly IpPool[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly selectors: SelectorIndex;
  readonly service: (namespace: string, name: string) => Service | undefined;
  /** Namespaces in which a Service of that name exists. */
  readonly namespacesWithService: (name: string) => readonly string[];
  /** The Service of the namespace that the name is probably a misspelling of. */
  readonly similarService: (namespace: string, name: string) => Service | undefined;
  /** The class that serves the Ingress: its own, or the default one. */
  readonly effectiveClass: (ingress: Ingress) => string;
}

export function networkModel(sources: Iterable<SourceObject>, facts: ClusterFacts): NetworkModel {
  const objects = [...sources]
    .flatMap(listItems)
    .map(modelObject)
    .filter((object) => object !== undefined)
    .sort(compareObjects);
  // Of an object that is defined twice the first counts; a rule reports the second.
  const distinct = [
    ...new Map(objects.toReversed().map((object) => [identityOf(object.ref), object])).values(),
  ].reverse();
  const services = distinct.filter(({ ref }) => isCore(ref, 'Service')).map(readService);
  const workloads = distinct.map(readWorkload).filter((workload) => workload !== undefined);
  const ingressClasses = distinct
    .filter(({ ref }) => ref.kind === 'IngressClass' && apiGroup(ref.apiVersion) === 'networking.k8s.io')
    .map(readIngressClass);
  const defaultClass = ingressClasses.find(({ isDefault }) => isDefault)?.name ?? NO_CLASS;
  const serviceByName = new Map(services.map((service) => [identityOf(service.object.ref), service]));
  const servicesByName = groupBy(services, ({ name }) => name);
  const servicesByNamespace = groupBy(services, ({ namespace }) => namespace);
  const similar = memoized(
    (namespace: string) => namespace,
    (namespace) => similarNames(servicesByNamespace.get(namespace) ?? [], ({ name }) => name),
  );
  return {
    facts,
    objects,
    services,
    workloads,
    ingresses: distinct.filter(isIngress).map(readIngress),
    ingressClasses,
    ipPools: distinct.filter(({ ref }) => isCalico(ref, 'IPPool')).flatMap((object) => readIpPool(object) ?? []),
    networkPolicies: distinct.filter(isNetworkPolicy).map(readNetworkPolicy),
    selectors: selectorIndex(workloads),
    service: (namespace, name) => serviceByName.get(identityOf({ apiVersion: 'v1', kind: 'Service', namespace, name })),
    namespacesWithService: (name) => (servicesByName.get(name) ?? []).map(({ namespace }) => namespace),
    similarService: (namespace, name) => similar(namespace)(name),
    effectiveClass: (ingress) => ingress.className ?? defaultClass,
  };
}

function isCore(ref: ObjectRef, kind: string): boolean {
  return ref.apiVersion === 'v1' && ref.kind === kind;
}

function isCalico(ref: ObjectRef, kind: string): boolean {
  const group = apiGroup(ref.apiVersion);
  return ref.kind === kind && (group === 'projectcalico.org' || group === 'crd.projectcalico.org');
}
