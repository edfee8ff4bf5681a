import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import type { CalicoEncapsulation } from './calico-options';
import type { IpPoolAssignment, IpPoolUse } from './ip-pool';
import { allowedUsesProblems } from './allowed-uses';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

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

/** Which props of an Installation write which fields. */
const INSTALLATION_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.kubernetesProvider': 'kubernetesProvider',
    'spec.calicoNetwork.bgp': 'bgp',
    'spec.calicoNetwork.ipPools': 'ipPools',
    'spec.calicoNetwork.ipPools[]': 'ipPools[]',
    'spec.calicoNetwork.ipPools[].name': 'ipPools[].name',
    'spec.calicoNetwork.ipPools[].cidr': 'ipPools[].cidr',
    'spec.calicoNetwork.ipPools[].encapsulation': 'ipPools[].encapsulation',
    'spec.calicoNetwork.ipPools[].natOutgoing': 'ipPools[].natOutgoing',
    'spec.calicoNetwork.ipPools[].blockSize': 'ipPools[].blockSize',
    'spec.calicoNetwork.ipPools[].nodeSelector': 'ipPools[].nodeSelector',
    'spec.calicoNetwork.ipPools[].disableNewAllocations': 'ipPools[].disableNewAllocations',
    'spec.calicoNetwork.ipPools[].allowedUses': 'ipPools[].allowedUses',
    'spec.calicoNetwork.ipPools[].assignmentMode': 'ipPools[].assignmentMode',
    'spec.calicoNetwork.ipPools[].disableBGPExport': 'ipPools[].disableBgpExport',
  },
  subjects: {
    'spec.calicoNetwork.ipPools[].cidr': 'cidr of the pool',
  },
  help: METADATA_HELP,
  phrases: {
    'use VXLAN or VXLANCrossSubnet, or set bgp: Enabled': 'use VXLAN, or leave bgp out',
  },
};

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
      fields: INSTALLATION_FIELDS,
      problems: () => [
        ...(props.ipPools ?? []).flatMap(({ allowedUses }, index) =>
          allowedUsesProblems(`ipPools[${index}].allowedUses`, allowedUses),
        ),
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
