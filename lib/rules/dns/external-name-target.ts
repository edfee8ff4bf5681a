import { objectText } from '../../finding/finding';
import { internalAliases } from './external-name-targets';
import type { NetworkRule } from '../network-rule';

/** The Service may be somebody else's, outside of the input. */
export const externalNameTarget: NetworkRule = {
  code: 'NL303',
  slug: 'external-name-target',
  severity: 'warning',
  title: 'An ExternalName Service is an alias of a Service that is not there',
  check(model, report) {
    for (const { service, externalName, namespace, name } of internalAliases(model)) {
      if (model.service(namespace, name) !== undefined || (namespace === 'default' && name === 'kubernetes')) continue;
      const similar = model.similarService(namespace, name);
      const elsewhere = model.namespacesWithService(name);
      report({
        on: service.object,
        field: ['spec', 'externalName'],
        message: `externalName ${externalName} stands for Service ${namespace}/${name}, which is not in the input`,
        ...(similar && { related: [{ on: similar.object, field: ['metadata', 'name'], message: 'a similar name' }] }),
        help:
          similar !== undefined
            ? `did you mean ${objectText(similar.object.ref)}?`
            : elsewhere.length > 0
              ? `there is a Service ${name} in ${elsewhere.join(', ')}`
              : 'check the name and the namespace, or add the manifests of that Service',
      });
    }
  },
};
