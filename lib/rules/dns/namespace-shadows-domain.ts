import {
  concat,
  externalNameOf,
  type FieldValue,
  flatMap,
  type ModelObject,
  type NetworkModel,
  serviceOfDnsName,
} from '../../model';
import { objectText } from '../../finding/finding';
import { clusterZone } from './external-name-targets';
import type { NetworkRule } from '../network-rule';

/** With `ndots:5` pods look for `SERVICE.NAMESPACE` in the cluster before they ask for the public name of the same text (pod DNS policy, search list). */
export const namespaceShadowsDomain: NetworkRule = {
  code: 'NL306',
  slug: 'namespace-shadows-domain',
  severity: 'warning',
  title: 'A namespace has the name of a top-level domain that the network uses',
  check(model, report) {
    const firstOf = firstObjects(model);
    const reported = new Set<string>();
    for (const { on, value, path } of publicNames(model)) {
      const domain = value.slice(value.lastIndexOf('.') + 1);
      const first = firstOf.get(domain);
      if (first === undefined || reported.has(domain)) continue;
      reported.add(domain);
      report({
        on: first,
        field: first.ref.kind === 'Namespace' ? ['metadata', 'name'] : ['metadata', 'namespace'],
        message: `in pods, a name under .${domain} may mean a Service of namespace ${domain} before it means ${value}`,
        related: [{ on, field: path, message: `${objectText(on.ref)} uses ${value}` }],
        help: 'give the namespace another name, or write public names with a dot at the end',
      });
    }
  },
};

interface PublicName extends FieldValue<string> {
  readonly on: ModelObject;
}

function publicNames(model: NetworkModel): readonly PublicName[] {
  const zone = clusterZone(model);
  const aliases = flatMap(model.services, (service): readonly PublicName[] => {
    const value = externalNameOf(service);
    return value === undefined ? [] : [{ on: service.object, value, path: ['spec', 'externalName'] }];
  });
  const endpoints = flatMap(model.endpoints, ({ object, addressType, addresses }) =>
    addressType === 'FQDN' ? addresses.map((address) => ({ on: object, ...address })) : [],
  );
  return concat(aliases, endpoints)
    .map((name) => ({ ...name, value: name.value.toLowerCase().replace(/\.$/, '') }))
    .filter(({ value }) => value.includes('.') && serviceOfDnsName(value, zone) === undefined);
}

/** The Namespace itself, or else the first Service in it: only Services have such names. */
function firstObjects(model: NetworkModel): ReadonlyMap<string, ModelObject> {
  const services = model.services.toReversed().map(({ namespace, object }) => [namespace, object] as const);
  const namespaces = model.ofKind('Namespace').map((object) => [object.ref.name, object] as const);
  return new Map(concat(services, namespaces));
}
