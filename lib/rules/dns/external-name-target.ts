import { objectText } from '../../finding/finding';
import { internalAliases } from './external-name-targets';
import type { NetworkRule } from '../network-rule';

/** The Service may be somebody else's, outside of the input. */
export const externalNameTarget: NetworkRule = {
  code: 'NL303',
  slug: 'external-name-target',
  severity: 'warning',
  title: 'An ExternalName Service is an alias of a Service or of a pod that has no such name',
  check(model, report) {
    for (const { service, externalName, namespace, name, endpoint } of internalAliases(model)) {
      const target = model.service(namespace, name);
      if (target !== undefined && endpoint && !target.headless && target.type !== 'ExternalName') {
        report({
          on: service.object,
          field: ['spec', 'externalName'],
          message: `externalName ${externalName} stands for a pod of ${objectText(target.object.ref)}, which is not headless: its pods have no names`,
          related: [{ on: target.object, field: ['spec'], message: 'has a cluster address' }],
          help: 'use the name of the Service, or that of a headless Service for the same pods',
        });
      }
      if (target !== undefined || (namespace === 'default' && name === 'kubernetes')) continue;
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
