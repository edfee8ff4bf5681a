import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labelProblems, metadataProblems } from '../objects/object-name';
import { repeated, type ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_METALLB_OBJECT } from '../objects/object-rules';

/** Props of `L2Advertisement`. */
export interface L2AdvertisementProps extends NamespacedObjectProps {
  /**
   * The names of the pools that are announced.
   *
   * @default - all pools
   */
  readonly ipAddressPools?: string[];
  /**
   * The labels of the nodes that may answer.
   *
   * @default - all nodes
   */
  readonly nodeLabels?: { [key: string]: string };
  /**
   * The interfaces of nodes on which ARP and NDP are answered.
   *
   * @default - all
   */
  readonly interfaces?: string[];
}

/** A MetalLB L2Advertisement (`metallb.io/v1beta1`): nodes answer ARP and NDP for the addresses of pools. */
export class L2Advertisement extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: L2AdvertisementProps = {}) {
    super(scope, id);
    const { ipAddressPools, nodeLabels, interfaces } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'L2Advertisement',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        ipAddressPools: ipAddressPools && [...ipAddressPools],
        nodeSelectors: nodeLabels && [{ matchLabels: nodeLabels }],
        interfaces: interfaces && [...interfaces],
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_METALLB_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...poolListProblems(ipAddressPools),
        ...labelProblems('node label', nodeLabels ?? {}),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** metallb/metallb, internal/config: an empty list of pools means all of them. */
export function poolListProblems(pools: readonly string[] | undefined): ObjectProblem[] {
  return [
    ...(pools?.length === 0
      ? [
          {
            message: 'ipAddressPools is empty, which MetalLB takes for all pools',
            help: 'leave it out if that is meant',
          },
        ]
      : []),
    ...repeated(pools ?? []).map((pool) => ({
      message: `${pool} stands twice in ipAddressPools`,
      help: 'name it once',
    })),
  ];
}
