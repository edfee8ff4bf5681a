import { objectText } from '../../finding/finding';
import { at, type FieldPath, member, type ModelObject, type NetworkModel, nonEmpty, record } from '../../model';
import type { NetworkRule } from '../network-rule';
import { ingressesV1 } from './ingress-spec';

const TLS_TYPE = 'kubernetes.io/tls';
const KEYS = ['tls.crt', 'tls.key'];

interface SecretUse {
  readonly on: ModelObject;
  readonly field: FieldPath;
  readonly namespace: string;
  readonly name: string;
}

/** IngressTLS `secretName` and the `certificateRefs` of Gateway API. Most Secrets are made elsewhere: only those of the input are looked at. */
export const tlsSecretInvalid: NetworkRule = {
  code: 'NL451',
  slug: 'tls-secret-invalid',
  severity: 'error',
  title: 'A Secret that is used for TLS has no certificate and key',
  check(model, report) {
    const secrets = new Map(
      model
        .ofKind('Secret')
        .filter(({ ref }) => ref.apiVersion === 'v1')
        .map((object) => [placeOf(object.ref.namespace ?? '', object.ref.name), object] as const),
    );
    for (const { on, field, namespace, name } of [...usesOfIngresses(model), ...usesOfGateways(model)]) {
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

function usesOfIngresses(model: NetworkModel): SecretUse[] {
  return ingressesV1(model).flatMap((ingress) =>
    ingress.tls.flatMap(({ value, path }) => {
      const name = nonEmpty(member(value, 'secretName'));
      return name === undefined
        ? []
        : [{ on: ingress.object, field: [...path, 'secretName'], namespace: ingress.namespace, name }];
    }),
  );
}

function usesOfGateways({ gatewayApi: { gateways, listenerSets } }: NetworkModel): SecretUse[] {
  return [...gateways, ...listenerSets].flatMap(({ object, listeners }) =>
    listeners.flatMap(({ certificates }) =>
      certificates
        .filter(({ group, kind }) => group === '' && kind === 'Secret')
        .map(({ namespace, name, path }) => ({ on: object, field: [...path, 'name'], namespace, name })),
    ),
  );
}

function hasKey({ manifest }: ModelObject, key: string): boolean {
  return ['data', 'stringData'].some((field) => nonEmpty(at(manifest, field, key)) !== undefined);
}

function isFilled({ manifest }: ModelObject): boolean {
  return ['data', 'stringData'].some((field) => Object.keys(record(member(manifest, field)) ?? {}).length > 0);
}

function placeOf(namespace: string, name: string): string {
  return `${namespace}\0${name}`;
}
