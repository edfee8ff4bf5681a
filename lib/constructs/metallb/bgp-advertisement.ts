import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labelProblems, metadataProblems } from '../objects/object-name';
import { integerProblems } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_METALLB_OBJECT } from '../objects/object-rules';
import { poolListProblems } from './l2-advertisement';

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
      rule: INVALID_METALLB_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...poolListProblems(ipAddressPools),
        ...(aggregationLength === undefined ? [] : integerProblems('aggregationLength', aggregationLength, 1, 32)),
        ...(aggregationLengthV6 === undefined
          ? []
          : integerProblems('aggregationLengthV6', aggregationLengthV6, 1, 128)),
        ...(localPref === undefined ? [] : integerProblems('localPref', localPref, 0, 2 ** 32 - 1)),
        ...labelProblems('node label', nodeLabels ?? {}),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
