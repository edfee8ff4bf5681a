/** Of two objects that are in different namespaces only because one of them does not say in which it goes. */
export const STATE_NAMESPACE = 'state the namespace of both, unless kubectl, kustomize or Flux is told it';
