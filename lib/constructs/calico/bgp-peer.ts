import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { selectorProblem } from '../../syntax/calico-selector';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import { asNumberProblems, type ObjectProblem } from '../objects/object-problem';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_CALICO_OBJECT } from '../objects/object-rules';
import { peerIpProblems } from './bgp-fields';

/** A key of a Secret. */
export interface SecretKey {
  /** The name of the Secret. */
  readonly name: string;
  /** The key in it. */
  readonly key: string;
}

/** Sessions of nodes with one router, or with other nodes. */
export interface BgpPeering {
  /**
   * The address of the router, with its port if that is not 179.
   *
   * @default - none: `peerSelector` tells the nodes to peer with
   */
  readonly peerIp?: string;
  /**
   * The AS number of the router. Needed with `peerIp`.
   *
   * @default - none
   */
  readonly asNumber?: number;
  /**
   * The nodes to peer with, as a Calico selector; not together with `peerIp`.
   *
   * @default - none
   */
  readonly peerSelector?: string;
  /**
   * The nodes that have the session, as a Calico selector.
   *
   * @default - all nodes
   */
  readonly nodeSelector?: string;
  /**
   * The Secret with the password of the session, in the namespace of Calico.
   *
   * @default - no password
   */
  readonly password?: SecretKey;
  /**
   * Whether next hops of routes are passed on as they are.
   *
   * @default false
   */
  readonly keepOriginalNextHop?: boolean;
}

/** Props of `BgpPeer`. */
export interface BgpPeerProps extends ClusterObjectProps, BgpPeering {}

/** A Calico BGPPeer (`projectcalico.org/v3`): the sessions of nodes with a router. */
export class BgpPeer extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: BgpPeerProps) {
    super(scope, id);
    const { peerIp, asNumber, peerSelector, nodeSelector, password, keepOriginalNextHop } = props;
    this.apiObject = new ClusterScopedApiObject(this, 'Resource', {
      apiVersion: 'projectcalico.org/v3',
      kind: 'BGPPeer',
      metadata: { name: props.name ?? id, labels: props.labels, annotations: { ...props.annotations } },
      spec: {
        peerIP: peerIp,
        asNumber,
        peerSelector,
        nodeSelector,
        password: password && { secretKeyRef: { name: password.name, key: password.key } },
        keepOriginalNextHop,
      },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_CALICO_OBJECT,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
        ...peeringProblems(props),
        ...foreignPluginProblems(this, 'Calico', 'BGPPeer'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** projectcalico/calico, libcalico-go/lib/validator/v3: validateBGPPeer. */
function peeringProblems({ peerIp, asNumber, peerSelector, nodeSelector }: BgpPeering): ObjectProblem[] {
  const withSelector = peerSelector !== undefined && (peerIp !== undefined || asNumber !== undefined);
  const withNothing = peerSelector === undefined && peerIp === undefined;
  return [
    ...(peerIp === undefined ? [] : peerIpProblems(peerIp)),
    ...(asNumber === undefined ? [] : asNumberProblems('asNumber', asNumber)),
    ...(peerIp !== undefined && asNumber === undefined && peerSelector === undefined
      ? [{ message: `the peer ${peerIp} has no asNumber`, help: 'give the AS number of the router' }]
      : []),
    ...(withSelector
      ? [
          {
            message: 'peerSelector stands beside peerIp or asNumber, and nodes that are selected have their own',
            help: 'give peerIp and asNumber, or peerSelector',
          },
        ]
      : []),
    ...(withNothing
      ? [{ message: 'there is no peerIp and no peerSelector', help: 'give peerIp and asNumber, or peerSelector' }]
      : []),
    ...Object.entries({ nodeSelector, peerSelector }).flatMap(
      ([field, selector]) => selectorProblem(field, selector ?? '') ?? [],
    ),
  ];
}
