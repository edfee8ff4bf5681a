import { below, type FieldPath, flatMap, type Ingress, list, member } from '../../model';
import { perModel } from '../../model/per-model';

/** A part of an Ingress as the manifest has it. */
export interface IngressPart {
  readonly value: unknown;
  readonly path: FieldPath;
}

/** An Ingress with its parts as the manifest has them. */
export interface IngressV1 extends Ingress {
  readonly spec: unknown;
  readonly rules: readonly IngressPart[];
  /** `http.paths` of all rules. */
  readonly paths: readonly IngressPart[];
  readonly tls: readonly IngressPart[];
}

/** Ingresses of the version whose fields are known: `v1beta1` has others, and is removed. */
export const ingressesV1 = perModel(({ ingresses }): readonly IngressV1[] =>
  ingresses.filter(({ object }) => object.ref.apiVersion === 'networking.k8s.io/v1').map(withParts),
);

function withParts(ingress: Ingress): IngressV1 {
  const spec = member(ingress.object.manifest, 'spec');
  const rules = partsOf(member(spec, 'rules'), ['spec', 'rules']);
  return {
    ...ingress,
    spec,
    rules,
    paths: flatMap(rules, ({ value, path }) =>
      partsOf(member(member(value, 'http'), 'paths'), below(path, 'http', 'paths')),
    ),
    tls: partsOf(member(spec, 'tls'), ['spec', 'tls']),
  };
}

function partsOf(value: unknown, path: FieldPath): readonly IngressPart[] {
  return list(value).map((item, index) => ({ value: item, path: below(path, index) }));
}
