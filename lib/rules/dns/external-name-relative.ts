import { externalNameOf, type NetworkModel, serviceOfDnsName } from '../../model';
import type { NetworkRule } from '../network-rule';
import { clusterZone } from './external-name-targets';

/** A resolver completes the name that it was asked for with its search domains (resolv.conf), never the target of an alias. */
export const externalNameRelative: NetworkRule = {
  code: 'NL308',
  slug: 'external-name-relative',
  severity: 'warning',
  title: 'An ExternalName Service is an alias of a name that is not complete',
  check(model, report) {
    for (const service of model.services) {
      const externalName = externalNameOf(service);
      if (externalName === undefined) continue;
      const complete = completeName(model, externalName.toLowerCase().replace(/\.$/, ''), service.namespace);
      if (complete === undefined) continue;
      report({
        on: service.object,
        field: ['spec', 'externalName'],
        message: `externalName ${externalName} is not a complete name: the target of an alias is not looked up in the search domains of pods`,
        help: `write ${complete}`,
      });
    }
  },
};

/** Of a name that pods may use for a Service, but an alias may not. */
function completeName(model: NetworkModel, name: string, home: string): string | undefined {
  const zone = clusterZone(model);
  const labels = name.split('.');
  if (labels.length === 1) return `${name}.${home}.svc.${zone}`;
  if (labels.at(-1) === 'svc') return serviceOfDnsName(name, zone) && `${name}.${zone}`;
  const [service, namespace] = labels;
  return labels.length === 2 && model.service(namespace, service) !== undefined ? `${name}.svc.${zone}` : undefined;
}
