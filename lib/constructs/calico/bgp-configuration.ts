import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { zeroProblems } from '../objects/prop-problems';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Props of `BgpConfiguration`. */
export interface BgpConfigurationProps extends ClusterObjectProps {
  /**
   * The AS number of the nodes.
   *
   * @default - 64512, given by Calico
   */
  readonly asNumber?: number;
  /**
   * Whether every node has a session with every other one.
   *
   * @default - true, given by Calico
   */
  readonly nodeToNodeMeshEnabled?: boolean;
  /**
   * The CIDRs of ClusterIPs to announce.
   *
   * @default - none
   */
  readonly serviceClusterIps?: string[];
  /**
   * The CIDRs of external IPs of Services to announce.
   *
   * @default - none
   */
  readonly serviceExternalIps?: string[];
  /**
   * The CIDRs of load balancer addresses to announce.
   *
   * @default - none
   */
  readonly serviceLoadBalancerIps?: string[];
}

/** Which props of a BGPConfiguration write which fields. */
const BGP_CONFIGURATION_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.asNumber': 'asNumber',
    'spec.nodeToNodeMeshEnabled': 'nodeToNodeMeshEnabled',
    'spec.serviceClusterIPs': 'serviceClusterIps',
    'spec.serviceClusterIPs[]': 'serviceClusterIps[]',
    'spec.serviceExternalIPs': 'serviceExternalIps',
    'spec.serviceExternalIPs[]': 'serviceExternalIps[]',
    'spec.serviceLoadBalancerIPs': 'serviceLoadBalancerIps',
    'spec.serviceLoadBalancerIPs[]': 'serviceLoadBalancerIps[]',
  },
  help: METADATA_HELP,
};

/**
 * A Calico BGPConfiguration (`projectcalico.org/v3`). Calico reads what it says of Services from the one with the name
 * `default` only.
 */
export class BgpConfiguration extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: BgpConfigurationProps = {}) {
    super(scope, id);
    const { serviceClusterIps, serviceExternalIps, serviceLoadBalancerIps } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'projectcalico.org/v3',
      kind: 'BGPConfiguration',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        asNumber: props.asNumber,
        nodeToNodeMeshEnabled: props.nodeToNodeMeshEnabled,
        serviceClusterIPs: cidrList(serviceClusterIps),
        serviceExternalIPs: cidrList(serviceExternalIps),
        serviceLoadBalancerIPs: cidrList(serviceLoadBalancerIps),
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: BGP_CONFIGURATION_FIELDS,
      problems: () => [
        ...zeroProblems('asNumber', props.asNumber, 'from 1 to 4294967295'),
        ...foreignPluginProblems(this, 'Calico', 'BGPConfiguration'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function cidrList(cidrs: readonly string[] | undefined): { cidr: string }[] | undefined {
  return cidrs?.length ? cidrs.map((cidr) => ({ cidr })) : undefined;
}
