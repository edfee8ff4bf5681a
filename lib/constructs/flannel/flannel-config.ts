import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IpFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';
import { readCidr, repeated } from '../objects/object-problem';
import { contradictions, emptyListProblems, zeroProblems } from '../objects/prop-problems';
import { foreignPluginProblems } from '../cluster/network-plugin';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { FlannelBackend } from './flannel-options';

/** Props of `FlannelConfig`. */
export interface FlannelConfigProps extends NamespacedObjectProps {
  /** The pod network: all of it, one CIDR of each family. */
  readonly networks: string[];
  /**
   * How packets are carried between nodes. It is always written: Flannel would take `udp` where nothing is.
   *
   * @default FlannelBackend.VXLAN
   */
  readonly backend?: FlannelBackend;
  /**
   * The VXLAN network identifier.
   *
   * @default - 1, given by Flannel
   */
  readonly vni?: number;
  /**
   * The UDP port of VXLAN or WireGuard.
   *
   * @default - 8472 for VXLAN and 51820 for WireGuard, given by Flannel
   */
  readonly port?: number;
  /**
   * Whether packets to nodes of the same network are routed without VXLAN.
   *
   * @default false
   */
  readonly directRouting?: boolean;
  /**
   * Whether rules are nftables and not iptables.
   *
   * @default false
   */
  readonly nftables?: boolean;
}

/** Which props write the ConfigMap: its files are texts, and one field each. */
const FLANNEL_FIELDS: FieldMap = {
  props: { ...METADATA_PROPS },
  help: METADATA_HELP,
};

/** The ConfigMap `kube-flannel-cfg` of Flannel, with `net-conf.json` and `cni-conf.json`. */
export class FlannelConfig extends Construct {
  /** The Kubernetes object. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FlannelConfigProps) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: props.name ?? 'kube-flannel-cfg',
        namespace: props.namespace,
        // Both are those of Flannel's own manifests.
        labels: { tier: 'node', app: 'flannel', 'k8s-app': 'flannel', ...props.labels },
        annotations: { ...props.annotations },
      },
      data: { 'cni-conf.json': jsonText(CNI_CONF), 'net-conf.json': jsonText(netConf(props)) },
    });
    registerObject({
      construct: this,
      instantiated: new.target,
      fields: FLANNEL_FIELDS,
      problems: () => [
        ...configProblems(props),
        ...foreignPluginProblems(this, 'Flannel', 'ConfigMap kube-flannel-cfg'),
      ],
    });
  }

  /** `metadata.name`. */
  public get name(): string {
    return this.apiObject.name;
  }
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const CNI_CONF = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [
    { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

/** No `SubnetLen`: a node has the pod CIDR that the controller manager gave to it, whose mask is the node CIDR mask. */
function netConf(props: FlannelConfigProps): object {
  const { backend = FlannelBackend.VXLAN, vni, port, directRouting, nftables } = props;
  const ipv4 = networkOf(props, 'IPv4');
  const ipv6 = networkOf(props, 'IPv6');
  const wireguard = backend === FlannelBackend.WIREGUARD;
  return {
    ...(ipv4 === undefined ? { EnableIPv4: false } : { Network: ipv4 }),
    ...(ipv6 !== undefined && { EnableIPv6: true, IPv6Network: ipv6 }),
    ...(nftables !== undefined && { EnableNFTables: nftables }),
    Backend: {
      Type: backend,
      VNI: vni,
      Port: wireguard ? undefined : port,
      ListenPort: wireguard ? port : undefined,
      DirectRouting: directRouting,
    },
  };
}

function networkOf({ networks }: FlannelConfigProps, family: IpFamily): string | undefined {
  return networks.find((network) => familyOf(network) === family);
}

/** What is no CIDR is put where its author may have meant it to be: the rules say what is wrong with it. */
function familyOf(text: string): IpFamily {
  return readCidr('networks', text).value?.family ?? (text.includes(':') ? 'IPv6' : 'IPv4');
}

/** What the file does not show: it has one network of each family, and no field that its backend does not have. */
function configProblems({
  networks,
  backend = FlannelBackend.VXLAN,
  vni,
  port,
  directRouting,
}: FlannelConfigProps): readonly Problem[] {
  const vxlan = backend === FlannelBackend.VXLAN;
  const only = (what: string, where: string): { readonly message: string; readonly help: string } => ({
    message: `${what} is given, and the backend is ${backend}`,
    help: `leave it out, or use ${where}`,
  });
  return [
    ...emptyListProblems('networks', networks, { help: 'give the pod network' }),
    ...zeroProblems('port', port),
    ...contradictions([
      ...repeated(networks.map(familyOf)).map((family) => ({
        message: `there are two ${family} networks, and Flannel takes one of each family`,
        help: 'plan the pod network as one range, or use another network plugin',
      })),
      ...(vni === undefined || vxlan ? [] : [only('vni', 'FlannelBackend.VXLAN')]),
      ...(directRouting === true && !vxlan && backend !== FlannelBackend.IPIP
        ? [only('directRouting', 'FlannelBackend.VXLAN or IPIP')]
        : []),
      ...(port === undefined || vxlan || backend === FlannelBackend.WIREGUARD
        ? []
        : [only('port', 'FlannelBackend.VXLAN or WIREGUARD')]),
    ]),
  ];
}
