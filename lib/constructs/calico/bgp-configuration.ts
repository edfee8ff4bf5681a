import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import { asNumberProblems } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_CALICO_OBJECT } from '../objects/object-rules';
import { cidrProblems } from './bgp-fields';

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
      rule: INVALID_CALICO_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...(props.asNumber === undefined ? [] : asNumberProblems('asNumber', props.asNumber)),
        ...cidrProblems('serviceClusterIps', serviceClusterIps),
        ...cidrProblems('serviceExternalIps', serviceExternalIps),
        ...cidrProblems('serviceLoadBalancerIps', serviceLoadBalancerIps),
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
