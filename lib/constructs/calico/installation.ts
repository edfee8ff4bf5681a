import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import { repeated, type ObjectProblem } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_CALICO_OBJECT } from '../objects/object-rules';
import { CalicoEncapsulation } from './calico-options';
import type { IpPoolAssignment, IpPoolUse } from './ip-pool';
import { ipPoolProblems } from './ip-pool-fields';

/** A pool that the operator makes. */
export interface InstallationIpPool {
  /**
   * The name of the IPPool.
   *
   * @default - made by the operator from the CIDR
   */
  readonly name?: string;
  /** The addresses, as a CIDR, inside of the cluster CIDR. */
  readonly cidr: string;
  /**
   * How packets are carried between nodes.
   *
   * @default - IPIP for IPv4 and none for IPv6, given by the operator
   */
  readonly encapsulation?: CalicoEncapsulation;
  /**
   * Whether packets from pods to what lies outside of all pools leave with the address of their node.
   *
   * @default - true for IPv4 and false for IPv6, given by the operator
   */
  readonly natOutgoing?: boolean;
  /**
   * The prefix length of the blocks that nodes get.
   *
   * @default - 26 in IPv4 and 122 in IPv6, given by the operator
   */
  readonly blockSize?: number;
  /**
   * The nodes that may use the pool, as a Calico selector.
   *
   * @default - all nodes
   */
  readonly nodeSelector?: string;
  /**
   * Whether the pool is not announced over BGP.
   *
   * @default false
   */
  readonly disableBgpExport?: boolean;
  /**
   * Whether no new addresses are given. Those that were given stay.
   *
   * @default false
   */
  readonly disableNewAllocations?: boolean;
  /**
   * What the pool gives addresses to.
   *
   * @default [IpPoolUse.WORKLOAD, IpPoolUse.TUNNEL]
   */
  readonly allowedUses?: IpPoolUse[];
  /**
   * Whether the pool gives addresses by itself. Calico 3.30 and later.
   *
   * @default IpPoolAssignment.AUTOMATIC
   */
  readonly assignmentMode?: IpPoolAssignment;
}

/** Props of `Installation`. */
export interface InstallationProps extends ClusterObjectProps {
  /**
   * The pools, at most 25. The operator removes a pool that leaves this list, and it does not see whether they overlap.
   *
   * @default - one pool that the operator chooses
   */
  readonly ipPools?: InstallationIpPool[];
  /**
   * Whether nodes have BGP sessions.
   *
   * @default - chosen by the operator
   */
  readonly bgp?: boolean;
  /**
   * Where the cluster runs: `EKS`, `GKE`, `AKS`, `OpenShift`, `DockerEnterprise`, `RKE2`, `TKG` or `Kind`.
   *
   * @default - nowhere in particular
   */
  readonly kubernetesProvider?: string;
}

/** The Installation of the Tigera operator (`operator.tigera.io/v1`), which installs Calico and makes its pools. */
export class Installation extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: InstallationProps = {}) {
    super(scope, id);
    const { bgp, ipPools, kubernetesProvider } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'operator.tigera.io/v1',
      kind: 'Installation',
      // The operator looks for this name only.
      metadata: { name: props.name ?? 'default', labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        variant: 'Calico',
        kubernetesProvider,
        cni: { type: 'Calico', ipam: { type: 'Calico' } },
        calicoNetwork: calicoNetworkSpec({ bgp, ipPools }),
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CALICO_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...installationProblems({ ...props, name: this.name }),
        ...foreignPluginProblems(this, 'Calico', 'Installation'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** `spec.calicoNetwork`. */
export function calicoNetworkSpec({ bgp, ipPools }: Pick<InstallationProps, 'bgp' | 'ipPools'>): object {
  return { bgp: bgp === undefined ? undefined : enabled(bgp), ipPools: ipPools?.map(poolOf) };
}

function enabled(on: boolean): string {
  return on ? 'Enabled' : 'Disabled';
}

function poolOf(pool: InstallationIpPool): object {
  const { name, cidr, encapsulation, natOutgoing, blockSize, nodeSelector, disableNewAllocations } = pool;
  return {
    name,
    cidr,
    encapsulation,
    natOutgoing: natOutgoing === undefined ? undefined : enabled(natOutgoing),
    blockSize,
    nodeSelector,
    disableBGPExport: pool.disableBgpExport,
    disableNewAllocations,
    allowedUses: pool.allowedUses?.length ? [...pool.allowedUses] : undefined,
    assignmentMode: pool.assignmentMode,
  };
}

const MOST_POOLS = 25;
const PROVIDERS = ['EKS', 'GKE', 'AKS', 'OpenShift', 'DockerEnterprise', 'RKE2', 'TKG', 'Kind'];
const NEEDS_BGP: readonly string[] = [
  CalicoEncapsulation.IPIP,
  CalicoEncapsulation.IPIP_CROSS_SUBNET,
  CalicoEncapsulation.NONE,
];

/** tigera/operator: installation_types.go, pkg/controller/installation/validation.go, pkg/controller/ippool/validation.go. */
function installationProblems({ name, ipPools = [], bgp, kubernetesProvider }: InstallationProps): ObjectProblem[] {
  const without = bgp === false ? ipPools.filter(({ encapsulation }) => NEEDS_BGP.includes(encapsulation ?? '')) : [];
  return [
    ...(name === 'default'
      ? []
      : [
          {
            message: `the Installation is called ${name ?? ''}, and the operator reads the one called default`,
            help: 'leave `name` out',
          },
        ]),
    ...(kubernetesProvider === undefined || PROVIDERS.includes(kubernetesProvider)
      ? []
      : [
          {
            message: `kubernetesProvider ${JSON.stringify(kubernetesProvider)} is none that the operator knows`,
            help: `use one of ${PROVIDERS.join(', ')}, or leave it out`,
          },
        ]),
    ...(ipPools.length <= MOST_POOLS
      ? []
      : [
          {
            message: `${ipPools.length} pools are listed, and the operator takes ${MOST_POOLS}`,
            help: 'make the others as IpPool',
          },
        ]),
    ...repeated(ipPools.map(({ cidr }) => cidr)).map((cidr) => ({
      message: `the cidr ${cidr} stands at two pools`,
      help: 'list the range once',
    })),
    ...repeated(ipPools.flatMap((pool) => pool.name ?? [])).map((twice) => ({
      message: `two pools have the name ${twice}`,
      help: 'give each pool a name of its own',
    })),
    ...without.map(({ cidr, encapsulation }) => ({
      message: `bgp is false, and the pool ${cidr} with encapsulation ${String(encapsulation)} needs BGP`,
      help: 'use VXLAN, or leave bgp out',
    })),
    ...ipPools.flatMap(({ disableNewAllocations, ...pool }) =>
      ipPoolProblems({ ...pool, disabled: disableNewAllocations }),
    ),
  ];
}
