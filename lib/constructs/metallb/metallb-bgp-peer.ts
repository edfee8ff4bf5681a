import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { writtenApiVersion } from '../../plan';
import { labelProblems, metadataProblems } from '../objects/object-name';
import { asNumberProblems, portProblems, readAddress } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_METALLB_OBJECT } from '../objects/object-rules';

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
      rule: INVALID_METALLB_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...asNumberProblems('myAsn', myAsn),
        ...asNumberProblems('peerAsn', peerAsn),
        ...readAddress('peerAddress', peerAddress).problems,
        ...(peerPort === undefined ? [] : portProblems('peerPort', peerPort)),
        ...(sourceAddress === undefined ? [] : readAddress('sourceAddress', sourceAddress).problems),
        ...labelProblems('node label', nodeLabels ?? {}),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}
