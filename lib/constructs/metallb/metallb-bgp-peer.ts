import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { writtenApiVersion } from '../../plan';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

/** Sessions of MetalLB with one router. */
export interface MetalLbBgpPeering {
  /** The AS number of the nodes. */
  readonly myAsn: number;
  /** The AS number of the router. */
  readonly peerAsn: number;
  /** The address of the router. */
  readonly peerAddress: string;
  /**
   * The port of the router.
   *
   * @default 179
   */
  readonly peerPort?: number;
  /**
   * The address from which nodes open the session.
   *
   * @default - chosen by the node
   */
  readonly sourceAddress?: string;
  /**
   * Whether the router is more than one hop away.
   *
   * @default false
   */
  readonly ebgpMultiHop?: boolean;
  /**
   * The name of the Secret with the password of the session, of the type `kubernetes.io/basic-auth`.
   *
   * @default - no password
   */
  readonly passwordSecret?: string;
  /**
   * The labels of the nodes that have the session.
   *
   * @default - all nodes
   */
  readonly nodeLabels?: { [key: string]: string };
}

/** Props of `MetalLbBgpPeer`. */
export interface MetalLbBgpPeerProps extends NamespacedObjectProps, MetalLbBgpPeering {}

/** Which props of a BGPPeer write which fields. */
const BGP_PEER_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.myASN': 'myAsn',
    'spec.peerASN': 'peerAsn',
    'spec.peerAddress': 'peerAddress',
    'spec.peerPort': 'peerPort',
    'spec.sourceAddress': 'sourceAddress',
    'spec.ebgpMultiHop': 'ebgpMultiHop',
    'spec.passwordSecret': 'passwordSecret',
    'spec.nodeSelectors': 'nodeLabels',
  },
  help: METADATA_HELP,
};

/** A MetalLB BGPPeer (`metallb.io/v1beta2`); that of Calico is `BgpPeer`. */
export class MetalLbBgpPeer extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: MetalLbBgpPeerProps) {
    super(scope, id);
    const { myAsn, peerAsn, peerAddress, peerPort, sourceAddress, ebgpMultiHop, passwordSecret, nodeLabels } = props;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: writtenApiVersion('BGPPeer', null),
      kind: 'BGPPeer',
      metadata: {
        name: props.name ?? id,
        namespace: props.namespace,
        labels: props.labels,
        annotations: { ...props.annotations },
      },
      spec: {
        myASN: myAsn,
        peerASN: peerAsn,
        peerAddress,
        peerPort,
        sourceAddress,
        ebgpMultiHop,
        passwordSecret: passwordSecret === undefined ? undefined : { name: passwordSecret },
        nodeSelectors: nodeLabels && [{ matchLabels: nodeLabels }],
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: BGP_PEER_FIELDS,
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
