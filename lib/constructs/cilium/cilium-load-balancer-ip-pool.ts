import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { writtenApiVersion } from '../../plan';
import { ciliumVersionOf, foreignPluginProblems } from '../cluster/network-plugin';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { emptyListProblems } from '../objects/prop-problems';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Props of `CiliumLoadBalancerIpPool`. */
export interface CiliumLoadBalancerIpPoolProps extends ClusterObjectProps {
  /** The addresses: CIDRs, or `first-last`. */
  readonly addresses: string[];
  /**
   * The labels of the Services that get addresses of the pool.
   *
   * @default - all Services
   */
  readonly serviceLabels?: { [key: string]: string };
  /**
   * Whether the first and the last address of a CIDR are given to Services.
   *
   * @default - true since Cilium 1.16
   */
  readonly allowFirstLastIps?: boolean;
  /**
   * Whether no new addresses are given.
   *
   * @default false
   */
  readonly disabled?: boolean;
}

/** Which props of a CiliumLoadBalancerIPPool write which fields. */
const LOAD_BALANCER_POOL_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.blocks': 'addresses',
    'spec.blocks[]': 'addresses[]',
    'spec.serviceSelector': 'serviceLabels',
    'spec.allowFirstLastIPs': 'allowFirstLastIps',
    'spec.disabled': 'disabled',
  },
  subjects: {
    'spec.blocks[]': 'block of the pool',
  },
  help: METADATA_HELP,
};

/**
 * A CiliumLoadBalancerIPPool (`cilium.io/v2`, and v2alpha1 where the version of `Cni.cilium()` is older than 1.18): addresses for Services of
 * type LoadBalancer.
 */
export class CiliumLoadBalancerIpPool extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: CiliumLoadBalancerIpPoolProps) {
    super(scope, id);
    const { addresses, serviceLabels, allowFirstLastIps, disabled } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: writtenApiVersion('CiliumLoadBalancerIPPool', ciliumVersionOf(this)),
      kind: 'CiliumLoadBalancerIPPool',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        blocks: addresses.map(blockOf),
        serviceSelector: serviceLabels && { matchLabels: serviceLabels },
        allowFirstLastIPs: allowFirstLastIps === undefined ? undefined : allowFirstLastIps ? 'Yes' : 'No',
        disabled,
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: LOAD_BALANCER_POOL_FIELDS,
      problems: () => [
        ...emptyListProblems('addresses', addresses, { help: 'give the CIDRs of the pool' }),
        ...foreignPluginProblems(this, 'Cilium', 'CiliumLoadBalancerIPPool'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function blockOf(text: string): object {
  const dash = text.indexOf('-');
  return dash === -1 ? { cidr: text } : { start: text.slice(0, dash), stop: text.slice(dash + 1) };
}
