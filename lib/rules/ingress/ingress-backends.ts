import { below, type FieldPath, type Ingress, type IngressBackend } from '../../model';

/** Every Service that an Ingress refers to. */
export function serviceBackends(ingress: Ingress): readonly IngressBackend[] {
  const routed = ingress.routes.map(({ backend }) => backend);
  return [...routed, ingress.defaultBackend].filter((backend) => backend !== undefined);
}

export function nameField(backend: IngressBackend): FieldPath {
  return below(backend.path, 'name');
}
