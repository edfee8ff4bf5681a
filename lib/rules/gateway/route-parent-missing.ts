import { below, EXPERIMENTAL_GATEWAY_API_GROUP, GATEWAY_API_GROUP } from '../../model';
import type { NetworkRule } from '../network-rule';
import { statesNamespace } from '../../model';
import { gatewayParents } from './route-attachment';

/** Of kinds that are parents as well. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['Service', ''],
  ['XListenerSet', EXPERIMENTAL_GATEWAY_API_GROUP],
]);

/** The Gateway may come from elsewhere, hence a warning, and silence when the input has no Gateway at all, unless the input shows what was meant. */
export const routeParentMissing: NetworkRule = {
  code: 'NL435',
  slug: 'route-parent-missing',
  severity: 'warning',
  title: 'A route refers to a Gateway that is not there, although others are',
  check({ gatewayApi }, report) {
    for (const { object, parents } of gatewayApi.routes) {
      for (const { group, kind, path } of parents) {
        const right = GROUPS.get(kind);
        if (group !== GATEWAY_API_GROUP || right === undefined) continue;
        report({
          on: object,
          field: below(path, 'kind'),
          severity: 'error',
          message: `there is no kind ${kind} in the group ${GATEWAY_API_GROUP}, which a parentRef has unless it says another`,
          help: `set group: ${right === '' ? "''" : right}`,
        });
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
