/** A project whose CRDs Netloom knows, and the versions of its Go module that they are read from: the newest one counts where they differ. */
export interface ApiSource {
  readonly api: string;
  readonly file: string;
  readonly name: string;
  /** `module@version`, the newest first. */
  readonly versions: readonly string[];
  /** Where the CRDs are in the module; those of an absent folder are of another version. */
  readonly folders: readonly string[];
}

const CILIUM_CRDS = 'pkg/k8s/apis/cilium.io/client/crds';

/** Calico's modules are on no proxy: see lib/schema/calico.ts. */
export const API_SOURCES: readonly ApiSource[] = [
  {
    api: 'Gateway API',
    file: 'gateway-api',
    name: 'GATEWAY_API',
    versions: ['sigs.k8s.io/gateway-api@v1.7.0', 'sigs.k8s.io/gateway-api@v1.4.1', 'sigs.k8s.io/gateway-api@v1.2.1'],
    // The experimental channel has all that the standard one has.
    folders: ['config/crd/experimental'],
  },
  {
    api: 'Network Policy API',
    file: 'network-policy-api',
    name: 'NETWORK_POLICY_API',
    versions: ['sigs.k8s.io/network-policy-api@v0.3.0', 'sigs.k8s.io/network-policy-api@v0.1.1'],
    folders: ['config/crd/experimental'],
  },
  {
    api: 'Cilium',
    file: 'cilium',
    name: 'CILIUM',
    versions: ['github.com/cilium/cilium@v1.20.2', 'github.com/cilium/cilium@v1.15.19'],
    folders: [`${CILIUM_CRDS}/v2`, `${CILIUM_CRDS}/v2alpha1`],
  },
  {
    api: 'MetalLB',
    file: 'metallb',
    name: 'METALLB',
    versions: ['go.universe.tf/metallb@v0.16.2', 'go.universe.tf/metallb@v0.13.5'],
    folders: ['config/crd/bases'],
  },
];

/** The newest patch of each minor version that the proxy has, the oldest first. */
export const KUBERNETES_VERSIONS: readonly string[] = [
  'v1.30.14',
  'v1.31.14',
  'v1.32.13',
  'v1.33.13',
  'v1.34.4',
  'v1.35.4',
  'v1.36.3',
  'v1.37.2',
];

/** Gateway API 1.7 asks for a newer Go than many machines have; `go` gets it by itself. */
export const GO_TOOLCHAIN = 'go1.27.3';
