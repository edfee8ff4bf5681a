import { below, EXPERIMENTAL_GATEWAY_API_GROUP, flatMap, GATEWAY_API_GROUP, type ParentReference } from '../../model';
import { nearestWord } from '../../plan';
import type { NetworkRule, Violation } from '../network-rule';
import { statesNamespace } from '../../model';
import { gatewayParents } from './route-attachment';

/** The Gateway may come from elsewhere, hence a warning, and silence when the input has no Gateway at all, unless the input shows what was meant. */
export const routeParentMissing: NetworkRule = {
  code: 'NL435',
  slug: 'route-parent-missing',
  severity: 'warning',
  title: 'A route refers to a Gateway that is not there, although others are',
  check({ gatewayApi }, report) {
    for (const { object, parents } of gatewayApi.routes) {
      for (const parent of parents) {
        const problem = kindProblem(parent);
        if (problem !== undefined) report({ on: object, ...problem });
      }
    }
    if (gatewayApi.gateways.length === 0) return;
    for (const route of gatewayApi.routes) {
      for (const { namespace, name, path } of gatewayParents(route)) {
        if (gatewayApi.gateway(namespace, name) !== undefined) continue;
        const similar = gatewayApi.similarGateway(namespace, name);
        const elsewhere = gatewayApi.gatewaysNamed(name).at(0);
        // It may be the very one: kustomize or Flux gives it its namespace.
        if (elsewhere !== undefined && !statesNamespace(elsewhere.object)) continue;
        const forgotten = elsewhere !== undefined && namespace === route.namespace && statesNamespace(route.object);
        report({
          on: route.object,
          field: below(path, 'name'),
          ...((similar !== undefined || forgotten) && { severity: 'error' }),
          message: `there is no Gateway ${name} in namespace ${namespace}`,
          help:
            similar !== undefined
              ? `did you mean ${similar.name}?`
              : elsewhere !== undefined
                ? `it exists in ${elsewhere.namespace}: set the namespace of the parentRef`
                : 'check the name, unless the Gateway is made elsewhere',
        });
      }
    }
  },
};

/** Kinds that are parents, by group: GEP-1324 and GEP-1713, and what Istio and multi-cluster Services add. */
const PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['Service']],
  [GATEWAY_API_GROUP, ['Gateway', 'ListenerSet']],
  [EXPERIMENTAL_GATEWAY_API_GROUP, ['XListenerSet']],
  ['networking.istio.io', ['ServiceEntry']],
  ['multicluster.x-k8s.io', ['ServiceImport']],
]);

const GROUP_OF_KIND: ReadonlyMap<string, string> = new Map(
  flatMap([...PARENTS], ([group, kinds]) => kinds.map((kind) => [kind, group] as const)),
);

/** Groups of Kubernetes itself, none of whose kinds has listeners. */
const NEVER_PARENTS: ReadonlySet<string> = new Set([
  'apps',
  'batch',
  'extensions',
  'networking.k8s.io',
  'discovery.k8s.io',
]);

/** The route stays without a parent: no controller looks at a reference of a kind that it does not serve. A group that is not known is a vendor's. */
function kindProblem({ group, kind, path }: ParentReference): Omit<Violation, 'on'> | undefined {
  const kinds = PARENTS.get(group) ?? (NEVER_PARENTS.has(group) ? [] : undefined);
  if (kinds === undefined || kinds.includes(kind)) return undefined;
  const right = GROUP_OF_KIND.get(kind);
  if (right !== undefined) {
    return {
      field: below(path, group === GATEWAY_API_GROUP ? 'kind' : 'group'),
      severity: 'error',
      message:
        group === GATEWAY_API_GROUP
          ? `there is no kind ${kind} in the group ${GATEWAY_API_GROUP}, which a parentRef has unless it says another`
          : `no controller takes a ${kind} of the group ${JSON.stringify(group)} for the parent of a route`,
      help: right === GATEWAY_API_GROUP ? 'leave the group out' : `set group: ${right === '' ? "''" : right}`,
    };
  }
  const nearest = nearestWord(kind, [...GROUP_OF_KIND.keys()]);
  return {
    field: below(path, 'kind'),
    // A later release may have another kind of parent.
    severity: nearest === null ? 'warning' : 'error',
    message: `no controller takes a ${kind}${group === '' ? ' of the core group' : ` of ${group}`} for the parent of a route`,
    help:
      nearest === null
        ? 'name a Gateway or a ListenerSet, or a Service for traffic inside of the cluster'
        : `did you mean ${nearest}?`,
  };
}
