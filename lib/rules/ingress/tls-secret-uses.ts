import {
  below,
  concat,
  type FieldPath,
  flatMap,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
} from '../../model';
import { perModel } from '../../model/per-model';
import { ingressesV1 } from './ingress-spec';

/** Where a Secret is named that has to hold a certificate. */
export interface SecretUse {
  readonly on: ModelObject;
  readonly field: FieldPath;
  readonly namespace: string;
  readonly name: string;
}

export const tlsSecretUses = perModel((model): readonly SecretUse[] =>
  concat(usesOfIngresses(model), usesOfGateways(model)),
);

export function secretsByPlace(model: NetworkModel): ReadonlyMap<string, ModelObject> {
  return new Map(
    model
      .ofKind('Secret')
      .filter(({ ref }) => ref.apiVersion === 'v1')
      .map((object) => [placeOf(object.ref.namespace ?? '', object.ref.name), object] as const),
  );
}

export function placeOf(namespace: string, name: string): string {
  return `${namespace}\0${name}`;
}

function usesOfIngresses(model: NetworkModel): readonly SecretUse[] {
  return flatMap(ingressesV1(model), (ingress) =>
    flatMap(ingress.tls, ({ value, path }) => {
      const name = nonEmpty(member(value, 'secretName'));
      return name === undefined
        ? []
        : [{ on: ingress.object, field: below(path, 'secretName'), namespace: ingress.namespace, name }];
    }),
  );
}

function usesOfGateways({ gatewayApi: { gateways, listenerSets } }: NetworkModel): readonly SecretUse[] {
  return flatMap(concat(gateways, listenerSets), ({ object, listeners }) =>
    flatMap(listeners, ({ certificates }) =>
      certificates
        .filter(({ group, kind }) => group === '' && kind === 'Secret')
        .map(({ namespace, name, path }) => ({ on: object, field: below(path, 'name'), namespace, name })),
    ),
  );
}
