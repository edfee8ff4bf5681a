import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Props of `IpAddressPool`. */
export interface IpAddressPoolProps extends NamespacedObjectProps {
  /** The addresses: CIDRs, or `first-last`. For Services with both families, one pool has addresses of both. */
  readonly addresses: string[];
  /**
   * Whether Services get addresses without asking for the pool.
   *
   * @default true
   */
  readonly autoAssign?: boolean;
  /**
   * Whether addresses that end in .0 or .255 are left out.
   *
   * @default false
   */
  readonly avoidBuggyIps?: boolean;
  /**
   * The namespaces whose Services may use the pool.
   *
   * @default - all
   */
  readonly serviceNamespaces?: string[];
  /**
   * The labels of the Services that may use the pool.
   *
   * @default - all Services
   */
  readonly serviceLabels?: { [key: string]: string };
  /**
   * Which of several pools a Service gets an address from: the one with the lowest number.
   *
   * @default - after all pools that have one
   */
  readonly priority?: number;
}

/** Which props of an IPAddressPool write which fields. */
const ADDRESS_POOL_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.addresses': 'addresses',
    'spec.addresses[]': 'addresses[]',
    'spec.autoAssign': 'autoAssign',
    'spec.avoidBuggyIPs': 'avoidBuggyIps',
    'spec.serviceAllocation.priority': 'priority',
    'spec.serviceAllocation.namespaces': 'serviceNamespaces',
    'spec.serviceAllocation.namespaces[]': 'serviceNamespaces[]',
    'spec.serviceAllocation.serviceSelectors': 'serviceLabels',
  },
  subjects: {
    'spec.addresses[]': 'addresses of the pool',
  },
  help: METADATA_HELP,
};

/** A MetalLB IPAddressPool (`metallb.io/v1beta1`). It has to be in the namespace of MetalLB. */
export class IpAddressPool extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: IpAddressPoolProps) {
    super(scope, id);
    const { addresses, autoAssign, avoidBuggyIps } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        addresses: [...addresses],
        autoAssign,
        avoidBuggyIPs: avoidBuggyIps,
        serviceAllocation: allocationOf(props),
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: ADDRESS_POOL_FIELDS,
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function allocationOf({ serviceNamespaces, serviceLabels, priority }: IpAddressPoolProps): object | undefined {
  if (serviceNamespaces === undefined && serviceLabels === undefined && priority === undefined) return undefined;
  return {
    priority,
    namespaces: serviceNamespaces?.length ? [...serviceNamespaces] : undefined,
    serviceSelectors: serviceLabels && [{ matchLabels: serviceLabels }],
  };
}
