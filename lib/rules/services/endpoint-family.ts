import { IP_FAMILIES, type IpFamily } from '../../address';
import { objectText } from '../../finding/finding';
import { at, type ClusterFacts, list, type Service } from '../../model';
import { addressFields } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** kube-proxy looks for endpoints of the families of a Service, and for each of its families in the slices of that family. */
export const endpointFamily: NetworkRule = {
  code: 'NL214',
  slug: 'endpoint-family',
  severity: 'warning',
  title: 'Endpoints are of an IP family that their Service does not have',
  check(model, report) {
    for (const { object, namespace, serviceName, addressType } of model.endpoints) {
      const family = IP_FAMILIES.find((known) => known === addressType);
      const service = serviceName === undefined ? undefined : model.service(namespace, serviceName);
      if (family === undefined || service === undefined) continue;
      const families = familiesOf(service, model.facts);
      if (families === undefined || families.has(family)) continue;
      report({
        on: object,
        field: ['addressType'],
        message: `the endpoints are ${family}, and ${objectText(service.object.ref)} has ${[...families].join(' and ')} addresses only`,
        related: [{ on: service.object, field: ['spec'], message: 'the Service' }],
        help: `name ${family} in ipFamilies of the Service, or list endpoints of its family`,
      });
    }
  },
};

/** Undefined where the Service may have any family. */
function familiesOf(service: Service, { serviceCidrs }: ClusterFacts): ReadonlySet<IpFamily> | undefined {
  const { manifest } = service.object;
  const policy = at(manifest, 'spec', 'ipFamilyPolicy');
  if (service.type === 'ExternalName' || (typeof policy === 'string' && policy !== 'SingleStack')) return undefined;
  const written = list(at(manifest, 'spec', 'ipFamilies'));
  const named = IP_FAMILIES.filter((family) => written.includes(family));
  if (named.length > 0) return new Set(named);
  const addressed = addressFields(service.clusterIps).map(({ value }) => value.family);
  if (addressed.length > 0) return new Set(addressed);
  // A headless Service without selector has both families (initIPFamilyFields), any other the first of the cluster.
  const first = service.headless ? undefined : serviceCidrs?.at(0)?.family;
  return first && new Set([first]);
}
