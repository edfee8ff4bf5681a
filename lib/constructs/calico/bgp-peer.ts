import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { EMPTY_PROP } from '../objects/object-rules';
import { zeroProblems } from '../objects/prop-problems';
import type { ClusterObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import type { FieldMap } from '../../synth';

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

/** Which props of a BGPPeer write which fields. */
const BGP_PEER_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.peerIP': 'peerIp',
    'spec.asNumber': 'asNumber',
    'spec.peerSelector': 'peerSelector',
    'spec.nodeSelector': 'nodeSelector',
    'spec.password': 'password',
    'spec.keepOriginalNextHop': 'keepOriginalNextHop',
  },
  help: METADATA_HELP,
};

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
      fields: BGP_PEER_FIELDS,
      problems: () => [...peeringProblems(props), ...foreignPluginProblems(this, 'Calico', 'BGPPeer')],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

/** Calico takes a peer that is nobody, and one of any AS. */
function peeringProblems({ peerIp, asNumber, peerSelector }: BgpPeering): Problem[] {
  const help = 'give peerIp and asNumber, or peerSelector';
  return [
    ...zeroProblems('asNumber', asNumber, 'from 1 to 4294967295'),
    ...(peerIp === undefined && peerSelector === undefined
      ? [{ rule: EMPTY_PROP, message: 'there is no peerIp and no peerSelector', help }]
      : []),
    ...(peerIp !== undefined && asNumber === undefined && peerSelector === undefined
      ? [
          {
            rule: EMPTY_PROP,
            message: `the peer ${peerIp} has no asNumber`,
            help: 'give the AS number of the router',
          },
        ]
      : []),
  ];
}
