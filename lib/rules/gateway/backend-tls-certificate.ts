import { objectText } from '../../finding/finding';
import { at, below, member, type ModelObject, nonEmpty, record } from '../../model';
import { groupBy } from '../../model/lookup';
import type { NetworkRule } from '../network-rule';
import { backendTlsPolicies, localReferences } from './backend-tls-policies';

const KEY = 'ca.crt';

/** "Connections using an invalid CACertificateRef MUST fail". Most such ConfigMaps are made elsewhere: only those of the input are looked at. */
export const backendTlsCertificate: NetworkRule = {
  code: 'NL483',
  slug: 'backend-tls-certificate',
  severity: 'error',
  title: 'A BackendTLSPolicy refers to a ConfigMap that has no CA certificate, or is in another namespace',
  check(model, report) {
    const configMaps = groupBy(
      model.ofKind('ConfigMap').filter(({ ref }) => ref.apiVersion === 'v1'),
      ({ ref }) => ref.name,
    );
    for (const policy of backendTlsPolicies(model)) {
      for (const { name, path } of localReferences(policy, ['validation', 'caCertificateRefs'], '', 'ConfigMap')) {
        const named = configMaps.get(name) ?? [];
        const configMap = named.find(({ ref }) => ref.namespace === policy.namespace);
        if (configMap === undefined && named.length > 0) {
          report({
            on: policy.object,
            field: below(path, 'name'),
            severity: 'warning',
            message: `the ConfigMap ${name} of namespace ${policy.namespace} is not here, and ${objectText(named[0].ref)} is`,
            related: [{ on: named[0], field: [], message: 'the ConfigMap of that name' }],
            help: `the reference is to the namespace of the policy: put the ConfigMap there too`,
          });
        }
        if (configMap === undefined || !isFilled(configMap) || nonEmpty(at(configMap.manifest, 'data', KEY))) continue;
        report({
          on: policy.object,
          field: below(path, 'name'),
          message: `${objectText(configMap.ref)} has no ${KEY}`,
          related: [{ on: configMap, field: ['data'], message: 'the ConfigMap' }],
          help: `put the certificate of the CA, in PEM, under the key ${KEY}: requests to the backend fail without it`,
        });
      }
    }
  },
};

/** Some controllers fill in an empty ConfigMap that is there for them. */
function isFilled({ manifest }: ModelObject): boolean {
  return Object.keys(record(member(manifest, 'data')) ?? {}).length > 0;
}
