import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { emptyListProblems } from '../objects/prop-problems';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

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

/** Which props of an L2Advertisement write which fields. */
const L2_ADVERTISEMENT_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.ipAddressPools': 'ipAddressPools',
    'spec.ipAddressPools[]': 'ipAddressPools[]',
    'spec.nodeSelectors': 'nodeLabels',
    'spec.interfaces': 'interfaces',
  },
  help: METADATA_HELP,
};

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
      fields: L2_ADVERTISEMENT_FIELDS,
      problems: () => [...poolListProblems(ipAddressPools)],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** metallb/metallb, internal/config: an empty list of pools means all of them. */
export function poolListProblems(pools: readonly string[] | undefined): Problem[] {
  return emptyListProblems('ipAddressPools', pools, {
    meaning: 'which MetalLB takes for all pools',
    help: 'leave it out if that is meant',
  });
}
