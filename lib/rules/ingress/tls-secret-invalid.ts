import { objectText } from '../../finding/finding';
import { at, member, type ModelObject, nonEmpty, record } from '../../model';
import type { NetworkRule } from '../network-rule';
import { placeOf, secretsByPlace, tlsSecretUses } from './tls-secret-uses';

const TLS_TYPE = 'kubernetes.io/tls';
const KEYS = ['tls.crt', 'tls.key'];

/** IngressTLS `secretName` and the `certificateRefs` of Gateway API. Most Secrets are made elsewhere: only those of the input are looked at. */
export const tlsSecretInvalid: NetworkRule = {
  code: 'NL451',
  slug: 'tls-secret-invalid',
  severity: 'error',
  title: 'A Secret that is used for TLS has no certificate and key',
  check(model, report) {
    const secrets = secretsByPlace(model);
    for (const { on, field, namespace, name } of tlsSecretUses(model)) {
      const secret = secrets.get(placeOf(namespace, name));
      if (secret === undefined) continue;
      const missing = KEYS.filter((key) => !hasKey(secret, key));
      const type = nonEmpty(member(secret.manifest, 'type')) ?? 'Opaque';
      // Some controllers fill in an empty Secret that is there for them.
      if (missing.length === 0 || !isFilled(secret)) continue;
      report({
        on,
        field,
        message: `${objectText(secret.ref)} has no ${missing.join(' and no ')}${type === TLS_TYPE ? '' : `, and is of type ${type}`}`,
        related: [{ on: secret, field: ['type'], message: 'the Secret' }],
        help: `use a Secret of type ${TLS_TYPE} with ${KEYS.join(' and ')}: clients get another certificate, or none`,
      });
    }
  },
};

function hasKey({ manifest }: ModelObject, key: string): boolean {
  return ['data', 'stringData'].some((field) => nonEmpty(at(manifest, field, key)) !== undefined);
}

function isFilled({ manifest }: ModelObject): boolean {
  return ['data', 'stringData'].some((field) => Object.keys(record(member(manifest, field)) ?? {}).length > 0);
}
