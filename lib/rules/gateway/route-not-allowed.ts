import { objectText } from '../../finding/finding';
import { below, labelSelectorText, type Listener, statesNamespace } from '../../model';
import type { NetworkRule } from '../network-rule';
import { STATE_NAMESPACE } from '../unstated-namespace';
import { allowsKind, type Attachment, attachments } from './route-attachment';

/** `Accepted=False`, reason `NotAllowedByListeners` (Listener, `allowedRoutes`). */
export const routeNotAllowed: NetworkRule = {
  code: 'NL437',
  slug: 'route-not-allowed',
  severity: 'error',
  title: 'No listener allows a route to attach, because of its namespace or its kind',
  check(model, report) {
    for (const attachment of attachments(model)) {
      const { route, parent, gateway, named, allowing } = attachment;
      const example = named.find((listener) => allowsKind(listener, route)) ?? named.at(0);
      if (example === undefined || allowing.length > 0) continue;
      // Kustomize or Flux may give both the same namespace.
      const unstated =
        allowsKind(example, route) && !(statesNamespace(route.object) && statesNamespace(gateway.object));
      report({
        on: route.object,
        field: parent.path,
        ...(unstated && { severity: 'info' }),
        message: `${objectText(gateway.object.ref)} does not let the route attach: ${reason(example, attachment)}`,
        related: [
          {
            on: gateway.object,
            field: example.path,
            reads: named.map(({ path }) => below(path, 'allowedRoutes')),
            message: `listener ${example.name}`,
          },
        ],
        help: unstated ? STATE_NAMESPACE : remedy(example, attachment),
      });
    }
  },
};

function reason(listener: Listener, { route, gateway }: Attachment): string {
  const { name, protocol, allowedKinds, from, namespaceSelector } = listener;
  if (!allowsKind(listener, route)) {
    return allowedKinds.length > 0
      ? `listener ${name} allows ${allowedKinds.map(({ kind }) => kind).join(', ')} only`
      : `listener ${name} is of protocol ${protocol}, which takes no ${route.kind}`;
  }
  switch (from) {
    case 'Same':
      return `listener ${name} allows routes of namespace ${gateway.namespace} only, and the route is in ${route.namespace}`;
    case 'Selector':
      return `listener ${name} allows namespaces with ${namespaceSelector === undefined ? 'certain labels' : labelSelectorText(namespaceSelector)}, and ${route.namespace} does not have them`;
    default:
      return `listener ${name} allows no routes`;
  }
}

function remedy(listener: Listener, { route }: Attachment): string {
  if (!allowsKind(listener, route)) return 'attach it to a listener of another protocol, or change allowedRoutes.kinds';
  return listener.from === 'Selector'
    ? `label the namespace ${route.namespace}, or change the selector of the listener`
    : `set allowedRoutes.namespaces.from of the listener to All, or to Selector with the labels of ${route.namespace}`;
}
