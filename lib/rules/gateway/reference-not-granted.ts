import { below, concat, flatMap, statesNamespace } from '../../model';
import type { NetworkRule } from '../network-rule';
import { STATE_NAMESPACE } from '../unstated-namespace';

/** `ResolvedRefs=False`, reason `RefNotPermitted`: the owner of the namespace has to agree (ReferenceGrant). */
export const referenceNotGranted: NetworkRule = {
  code: 'NL441',
  slug: 'reference-not-granted',
  severity: 'error',
  title: 'A reference into another namespace has no ReferenceGrant there',
  check({ gatewayApi: { routes, gateways, listenerSets, isGranted } }, report) {
    const references = concat(
      flatMap(routes, ({ object, backends }) => backends.map((to) => ({ object, to }))),
      flatMap(gateways, ({ object, certificates }) => certificates.map((to) => ({ object, to }))),
      flatMap(concat(gateways, listenerSets), ({ object, listeners }) =>
        flatMap(listeners, ({ certificates }) => certificates.map((to) => ({ object, to }))),
      ),
    );
    for (const { object, to } of references) {
      const { namespace, kind } = object.ref;
      if (to.namespace === namespace || isGranted(object, to)) continue;
      // Kustomize or Flux may give it the very namespace that it refers to.
      const unstated = !statesNamespace(object);
      report({
        on: object,
        field: below(to.path, 'namespace'),
        ...(unstated && { severity: 'info' }),
        message: `no ReferenceGrant in namespace ${to.namespace} lets the ${kind} refer to ${to.kind} ${to.name} there`,
        help: unstated
          ? STATE_NAMESPACE
          : `make one in ${to.namespace}, from ${kind} of namespace ${String(namespace)} to ${to.kind}, or use ${to.kind === 'Secret' || to.kind === 'ConfigMap' ? `a ${to.kind}` : 'one'} of ${String(namespace)}`,
      });
    }
  },
};
