/** A project whose CRDs Netloom knows, and the versions of its Go module that they are read from: the newest one counts where they differ. */
export interface ApiSource {
  readonly api: string;
  readonly file: string;
  readonly name: string;
  /** `module@version:folder`, those that count before those that add what they alone have. */
  readonly crds: readonly string[];
}

/** Calico 3.28.5. The proxy has no later version of the module: see calico.ts. */
const CALICO = 'github.com/projectcalico/calico@v1.11.0-cni-plugin.0.20250813170300-a0db560f0520';

export const API_SOURCES: readonly ApiSource[] = [
  {
    api: 'Gateway API',
    file: 'gateway-api',
    name: 'GATEWAY_API',
    // The experimental channel has all fields that the standard one has.
    crds: [
      'sigs.k8s.io/gateway-api@v1.7.0:config/crd/experimental',
      'sigs.k8s.io/gateway-api@v1.7.0:config/crd/standard',
      'sigs.k8s.io/gateway-api@v1.4.1:config/crd/experimental',
      'sigs.k8s.io/gateway-api@v1.2.1:config/crd/experimental',
    ],
  },
  {
    api: 'Network Policy API',
    file: 'network-policy-api',
    name: 'NETWORK_POLICY_API',
    crds: [
      'sigs.k8s.io/network-policy-api@v0.3.0:config/crd/experimental',
      // The last version of AdminNetworkPolicy; before 0.1.2 its peers had other fields.
      'sigs.k8s.io/network-policy-api@v0.1.7:config/crd/experimental',
    ],
  },
  {
    api: 'Cilium',
    file: 'cilium',
    name: 'CILIUM',
    crds: ['v1.20.2', 'v1.15.19'].flatMap((version) =>
      ['v2', 'v2alpha1'].map(
        (folder) => `github.com/cilium/cilium@${version}:pkg/k8s/apis/cilium.io/client/crds/${folder}`,
      ),
    ),
  },
  {
    api: 'MetalLB',
    file: 'metallb',
    name: 'METALLB',
    crds: ['v0.16.2', 'v0.13.5'].map((version) => `go.universe.tf/metallb@${version}:config/crd/bases`),
  },
  {
    api: 'Calico',
    file: 'calico',
    name: 'CALICO',
    crds: [`${CALICO}:libcalico-go/config/crd`, `${CALICO}:charts/tigera-operator/crds`],
  },
];

/** Rules that refuse what an older version or the other channel takes, by how they begin. */
export const STRICTER_RULES: readonly string[] = [
  "self.type != 'Cookie' || has(self.cookie)",
  "self.type != 'Header' || has(self.header)",
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
