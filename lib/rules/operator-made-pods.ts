import { objectText } from '../finding/finding';
import { apiGroup, flatMap, type LabelSelector, type ModelObject, type NetworkModel, type ObjectType } from '../model';
import { append } from '../model/lookup';
import type { Violation } from '../model/violation';
import { perModel } from '../model/per-model';

/** Whether pods with such labels are plausibly made by an operator, so that no workload of the input has them. */
export function madeByOperator(model: NetworkModel, namespace: string, { labels }: LabelSelector): boolean {
  const { names, groups } = customResources(model);
  for (const [key, value] of labels) {
    const domain = domainOf(key);
    if (domain !== undefined && (OPERATOR_DOMAINS.has(domain) || groups.some((group) => isRelated(group, domain)))) {
      return true;
    }
    if (key === 'app.kubernetes.io/managed-by' && value.endsWith('-operator')) return true;
    if (names.has(nameKey(namespace, value))) return true;
  }
  return false;
}

/** A selector of a namespace that matches no pod. */
export interface Unmatched {
  readonly namespace: string;
  readonly violation: Violation;
  /** Whether the input shows what was meant. */
  readonly isCertain: boolean;
}

/**
 * Reports selectors that match nothing. In a namespace with a custom resource whose operator may make pods of any labels, what is not
 * certain is said once, and without a warning.
 */
export function reportUnmatched(
  model: NetworkModel,
  unmatched: readonly Unmatched[],
  report: (violation: Violation) => void,
): void {
  const { first } = customResources(model);
  const doubtful = new Map<string, Violation[]>();
  for (const { namespace, violation, isCertain } of unmatched) {
    if (isCertain || !first.has(namespace)) report(violation);
    else append(doubtful, namespace, violation);
  }
  for (const [namespace, [violation, ...others]] of doubtful) {
    const maker = first.get(namespace);
    report({
      ...violation,
      severity: 'info',
      message: `${violation.message}${alsoOthers(others.length, namespace)}`,
      help: `nothing is wrong if what ${objectText(maker?.ref ?? null)} stands for makes the pods; else: ${violation.help}`,
    });
  }
}

function alsoOthers(count: number, namespace: string): string {
  if (count === 0) return '';
  return count === 1
    ? `; another selector of namespace ${namespace} matches none either`
    : `; ${count} more selectors of namespace ${namespace} match none either`;
}

/** In the labels that well-known operators give to their pods. */
const OPERATOR_DOMAINS: ReadonlySet<string> = new Set([
  'cnpg.io',
  'common.k8s.elastic.co',
  'elasticsearch.k8s.elastic.co',
  'gateway.networking.k8s.io',
  'jobset.sigs.k8s.io',
  'kibana.k8s.elastic.co',
  'k8ssandra.io',
  'kubevirt.io',
  'cassandra.datastax.com',
  'clickhouse.altinity.com',
  'leaderworkerset.sigs.k8s.io',
  'mariadb.mmontes.io',
  'mysql.oracle.com',
  'operator.prometheus.io',
  'postgres-operator.crunchydata.com',
  'ray.io',
  'scylla-operator.scylladb.com',
  'serving.knative.dev',
  'serving.kserve.io',
  'sparkoperator.k8s.io',
  'strimzi.io',
  'training.kubeflow.org',
  'v1.min.io',
  'vitess.io',
]);

/** Groups whose objects are made for an application, often under its name, and make no pods. */
const WITHOUT_PODS: readonly string[] = [
  'apisix.apache.org',
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'cloud.google.com',
  'elbv2.k8s.aws',
  'external-secrets.io',
  'externaldns.k8s.io',
  'gateway.envoyproxy.io',
  'getambassador.io',
  'gke.io',
  'image.toolkit.fluxcd.io',
  'istio.io',
  'karpenter.sh',
  'keda.sh',
  'konghq.com',
  'kyverno.io',
  'linkerd.io',
  'metallb.io',
  'nginx.org',
  'projectcalico.org',
  'projectcontour.io',
  'secrets.hashicorp.com',
  'traefik.containo.us',
  'traefik.io',
  'x-k8s.io',
];

/** Kinds of Prometheus Operator that make pods; the others say what is to be scraped. */
const MONITORING_WITH_PODS: ReadonlySet<string> = new Set([
  'Alertmanager',
  'Prometheus',
  'PrometheusAgent',
  'ThanosRuler',
]);

/** Of Kubernetes itself. Custom resources of SIGs may have such a group too, and make no pods. */
const OF_KUBERNETES = /^[a-z]*$|\.k8s\.io$/;

function makesPods({ apiVersion, kind }: ObjectType): boolean {
  const group = apiGroup(apiVersion);
  if (group === 'monitoring.coreos.com') return MONITORING_WITH_PODS.has(kind);
  if (group.endsWith('.k8s.elastic.co')) return true;
  return !OF_KUBERNETES.test(group) && !WITHOUT_PODS.some((other) => isRelated(group, other));
}

interface CustomResources {
  readonly names: ReadonlySet<string>;
  readonly groups: readonly string[];
  /** The first one of each namespace. */
  readonly first: ReadonlyMap<string, ModelObject>;
}

const customResources = perModel(({ types }): CustomResources => {
  const makers = types.filter(makesPods);
  const first = new Map<string, ModelObject>();
  for (const object of flatMap(makers, ({ objects }) => objects)) {
    const namespace = object.ref.namespace ?? '';
    if (!first.has(namespace)) first.set(namespace, object);
  }
  return {
    names: new Set(flatMap(makers, ({ objects }) => objects.map(({ ref }) => nameKey(ref.namespace ?? '', ref.name)))),
    groups: [...new Set(makers.map(({ apiVersion }) => apiGroup(apiVersion)))],
    first,
  };
});

function nameKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function domainOf(key: string): string | undefined {
  const slash = key.indexOf('/');
  return slash < 0 ? undefined : key.slice(0, slash);
}

/** `kafka.strimzi.io` and `strimzi.io`, in either direction. */
function isRelated(group: string, domain: string): boolean {
  return group === domain || group.endsWith(`.${domain}`) || domain.endsWith(`.${group}`);
}
