import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { poolListProblems } from './l2-advertisement';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Props of `BgpAdvertisement`. */
export interface BgpAdvertisementProps extends NamespacedObjectProps {
  /**
   * The names of the pools that are announced.
   *
   * @default - all pools
   */
  readonly ipAddressPools?: string[];
  /**
   * The names of the MetalLB BGPPeers that hear of them.
   *
   * @default - all peers
   */
  readonly peers?: string[];
  /**
   * The prefix length into which IPv4 addresses are put together.
   *
   * @default 32
   */
  readonly aggregationLength?: number;
  /**
   * The prefix length into which IPv6 addresses are put together.
   *
   * @default 128
   */
  readonly aggregationLengthV6?: number;
  /**
   * The local preference of the routes.
   *
   * @default - none
   */
  readonly localPref?: number;
  /**
   * The BGP communities of the routes, such as `65535:65282`.
   *
   * @default - none
   */
  readonly communities?: string[];
  /**
   * The labels of the nodes that announce.
   *
   * @default - all nodes
   */
  readonly nodeLabels?: { [key: string]: string };
}

/** Which props of a BGPAdvertisement write which fields. */
const BGP_ADVERTISEMENT_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.ipAddressPools': 'ipAddressPools',
    'spec.ipAddressPools[]': 'ipAddressPools[]',
    'spec.nodeSelectors': 'nodeLabels',
    'spec.peers': 'peers',
    'spec.aggregationLength': 'aggregationLength',
    'spec.aggregationLengthV6': 'aggregationLengthV6',
    'spec.localPref': 'localPref',
    'spec.communities': 'communities',
    'spec.communities[]': 'communities[]',
    'spec.peers[]': 'peers[]',
  },
  help: METADATA_HELP,
};

/** A MetalLB BGPAdvertisement (`metallb.io/v1beta1`): the addresses of pools are announced to routers. */
export class BgpAdvertisement extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: BgpAdvertisementProps = {}) {
    super(scope, id);
    const { ipAddressPools, peers, aggregationLength, aggregationLengthV6, localPref, communities, nodeLabels } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'BGPAdvertisement',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        ipAddressPools: ipAddressPools && [...ipAddressPools],
        peers: peers && [...peers],
        aggregationLength,
        aggregationLengthV6,
        localPref,
        communities: communities && [...communities],
        nodeSelectors: nodeLabels && [{ matchLabels: nodeLabels }],
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: BGP_ADVERTISEMENT_FIELDS,
      problems: () => [...poolListProblems(ipAddressPools)],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
