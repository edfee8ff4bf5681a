/** `IngressBackend` of k8s.io/api/networking/v1. */
export interface IngressBackendSpec {
  readonly service?: { readonly name: string; readonly port?: { readonly name?: string; readonly number?: number } };
  readonly resource?: { readonly apiGroup: string; readonly kind: string; readonly name: string };
}

/** `IngressRule` of k8s.io/api/networking/v1. */
export interface IngressRuleSpec {
  readonly host?: string;
  readonly http: {
    readonly paths: readonly {
      readonly path: string;
      readonly pathType: string;
      readonly backend: IngressBackendSpec;
    }[];
  };
}

/** `IngressSpec` of k8s.io/api/networking/v1. */
export interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: IngressBackendSpec;
  readonly rules?: readonly IngressRuleSpec[];
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
}
