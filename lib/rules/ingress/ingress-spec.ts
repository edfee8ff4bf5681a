import { type FieldPath, type Ingress, list, member, type NetworkModel } from '../../model';

/** A part of an Ingress as the manifest has it. */
export interface IngressPart {
  readonly ingress: Ingress;
  readonly value: unknown;
  readonly path: FieldPath;
}

/** Ingresses of the version whose fields are known: `v1beta1` has others, and is removed. */
export function ingressesV1(model: NetworkModel): Ingress[] {
  return model.ingresses.filter(({ object }) => object.ref.apiVersion === 'networking.k8s.io/v1');
}

/** `spec` itself. */
export function specOf(ingress: Ingress): unknown {
  return member(ingress.object.manifest, 'spec');
}

export function rulesOf(ingress: Ingress): IngressPart[] {
  return list(member(specOf(ingress), 'rules')).map((value, index) => ({
    ingress,
    value,
    path: ['spec', 'rules', index],
  }));
}

/** `http.paths` of all rules. */
export function pathsOf(ingress: Ingress): IngressPart[] {
  return rulesOf(ingress).flatMap((rule) =>
    list(member(member(rule.value, 'http'), 'paths')).map((value, index) => ({
      ingress,
      value,
      path: [...rule.path, 'http', 'paths', index],
    })),
  );
}

export function tlsOf(ingress: Ingress): IngressPart[] {
  return list(member(specOf(ingress), 'tls')).map((value, index) => ({ ingress, value, path: ['spec', 'tls', index] }));
}
