import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { allowedUsesProblems } from './allowed-uses';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** When packets between pods of a pool are put into packets between nodes. */
export enum EncapsulationMode {
  /** Never: the network between nodes routes pod addresses. */
  NEVER = 'Never',
  /** Always. */
  ALWAYS = 'Always',
  /** Between nodes of different subnets. */
  CROSS_SUBNET = 'CrossSubnet',
}

/** What a pool gives addresses to. */
export enum IpPoolUse {
  /** Pods. */
  WORKLOAD = 'Workload',
  /** The tunnel devices of nodes. */
  TUNNEL = 'Tunnel',
  /** Services of type LoadBalancer, and nothing else. Calico 3.30 and later. */
  LOAD_BALANCER = 'LoadBalancer',
}

/** Whether a pool gives addresses by itself. */
export enum IpPoolAssignment {
  /** To whatever its selectors choose. */
  AUTOMATIC = 'Automatic',
  /** To what names the pool in an annotation. */
  MANUAL = 'Manual',
}

/** Props of `IpPool`. */
export interface IpPoolProps extends ClusterObjectProps {
  /** The addresses, as a CIDR, inside of the cluster CIDR. It cannot be changed later. */
  readonly cidr: string;

  /**
   * The prefix length of the blocks that nodes get: 20 to 32 in IPv4, 116 to 128 in IPv6. It cannot be changed later.
   *
   * @default - 26 in IPv4 and 122 in IPv6, given by Calico: 64 addresses
   */
  readonly blockSize?: number;

  /**
   * IP-in-IP encapsulation. IPv4 only, and not together with VXLAN.
   *
   * @default EncapsulationMode.NEVER
   */
  readonly ipipMode?: EncapsulationMode;

  /**
   * VXLAN encapsulation.
   *
   * @default EncapsulationMode.NEVER
   */
  readonly vxlanMode?: EncapsulationMode;

  /**
   * Whether packets from pods to what lies outside of all pools leave with the address of their node.
   *
   * @default false
   */
  readonly natOutgoing?: boolean;

  /**
   * Whether no new addresses are given. Those that were given stay.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Whether the pool is not announced over BGP.
   *
   * @default false
   */
  readonly disableBgpExport?: boolean;

  /**
   * The nodes that may use the pool, as a Calico selector: `topology.kubernetes.io/zone == "a"`.
   *
   * @default - all nodes
   */
  readonly nodeSelector?: string;

  /**
   * The namespaces that may use the pool, as a Calico selector. Calico 3.31 and later.
   *
   * @default - all namespaces
   */
  readonly namespaceSelector?: string;

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

/** Which props of an IPPool write which fields. */
const IP_POOL_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.cidr': 'cidr',
    'spec.blockSize': 'blockSize',
    'spec.ipipMode': 'ipipMode',
    'spec.vxlanMode': 'vxlanMode',
    'spec.natOutgoing': 'natOutgoing',
    'spec.disabled': 'disabled',
    'spec.disableBGPExport': 'disableBgpExport',
    'spec.nodeSelector': 'nodeSelector',
    'spec.namespaceSelector': 'namespaceSelector',
    'spec.allowedUses': 'allowedUses',
    'spec.assignmentMode': 'assignmentMode',
  },
  subjects: {
    'spec.cidr': 'cidr of the pool',
  },
  help: METADATA_HELP,
};

/** A Calico IPPool (`projectcalico.org/v3`). Pools must not overlap; this is checked when the app is complete. */
export class IpPool extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  /** Its addresses. */
  public readonly cidr: string;

  constructor(scope: Construct, id: string, props: IpPoolProps) {
    super(scope, id);
    this.cidr = props.cidr;
    const { blockSize, ipipMode, vxlanMode, natOutgoing, disabled, nodeSelector, namespaceSelector } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        cidr: props.cidr,
        blockSize,
        ipipMode,
        vxlanMode,
        natOutgoing,
        disabled,
        disableBGPExport: props.disableBgpExport,
        nodeSelector,
        namespaceSelector,
        allowedUses: props.allowedUses?.length ? [...props.allowedUses] : undefined,
        assignmentMode: props.assignmentMode,
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: IP_POOL_FIELDS,
      problems: () => [
        ...allowedUsesProblems('allowedUses', props.allowedUses),
        ...foreignPluginProblems(this, 'Calico', 'IPPool'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
