import type { FieldPath, Ingress, IngressBackend } from '../../model';

/** Every Service that an Ingress refers to. */
export function serviceBackends(ingress: Ingress): IngressBackend[] {
  const routed = ingress.routes.map(({ backend }) => backend);
  return [...routed, ingress.defaultBackend].filter((backend) => backend !== undefined);
}

export function nameField(backend: IngressBackend): FieldPath {
  return [...backend.path, 'name'];
}
