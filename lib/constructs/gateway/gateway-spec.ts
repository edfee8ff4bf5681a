import type { LabelSelector } from '../pods/label-selector';

/** `RouteNamespaces` and `ListenerNamespaces` of sigs.k8s.io/gateway-api/apis/v1. */
export interface NamespacesSpec {
  readonly from: string;
  readonly selector?: LabelSelector;
}

/** `SecretObjectReference` and `ObjectReference` of sigs.k8s.io/gateway-api/apis/v1. */
export interface ReferenceSpec {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** `RouteGroupKind` of sigs.k8s.io/gateway-api/apis/v1. */
export interface RouteKindSpec {
  readonly group?: string;
  readonly kind: string;
}

/** `GatewaySpecAddress` of sigs.k8s.io/gateway-api/apis/v1. */
export interface GatewayAddressSpec {
  readonly type: string;
  readonly value?: string;
}

/** `Listener` of sigs.k8s.io/gateway-api/apis/v1. */
export interface ListenerSpec {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: ListenerTlsSpec;
  readonly allowedRoutes?: { readonly namespaces?: NamespacesSpec; readonly kinds?: readonly RouteKindSpec[] };
}

/** `ListenerTLSConfig` of sigs.k8s.io/gateway-api/apis/v1. */
export interface ListenerTlsSpec {
  readonly mode: string;
  readonly certificateRefs?: readonly ReferenceSpec[];
  readonly options?: { readonly [key: string]: string };
}

/** `GatewaySpec` of sigs.k8s.io/gateway-api/apis/v1. */
export interface GatewaySpec {
  readonly gatewayClassName: string;
  readonly listeners: readonly ListenerSpec[];
  readonly addresses?: readonly GatewayAddressSpec[];
  readonly infrastructure?: {
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
    readonly parametersRef?: ReferenceSpec;
  };
  readonly allowedListeners?: { readonly namespaces: NamespacesSpec };
  readonly tls?: {
    readonly backend?: { readonly clientCertificateRef: ReferenceSpec };
    readonly frontend?: {
      readonly default: TlsConfigSpec;
      readonly perPort?: readonly { readonly port: number; readonly tls: TlsConfigSpec }[];
    };
  };
  readonly defaultScope?: string;
}

/** `TLSConfig` of sigs.k8s.io/gateway-api/apis/v1. */
export interface TlsConfigSpec {
  readonly validation?: { readonly caCertificateRefs: readonly ReferenceSpec[]; readonly mode?: string };
}
