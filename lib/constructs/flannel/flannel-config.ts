import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addressBits, type IpFamily } from '../../address';
import { foreignPluginProblems } from '../cluster/network-plugin';
import { metadataProblems } from '../objects/object-name';
import { integerProblems, portProblems, readCidr, type ObjectProblem } from '../objects/object-problem';
import type { NamespacedObjectProps } from '../objects/object-props';
import { registerObject } from '../objects/object-registration';
import { INVALID_FLANNEL_CONFIG } from '../objects/object-rules';
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
      rule: INVALID_FLANNEL_CONFIG,
      problems: () => [
        ...metadataProblems({ ...props, name: this.name }, 'DNS-1123 subdomain'),
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
  return networks.find((network) => readCidr('networks', network).value?.family === family);
}

const LARGEST_VNI = 2 ** 24 - 1;
/** FLANNEL: pkg/subnet `ParseConfig` and the backends. A /28 is the smallest network of IPv4, a /124 of IPv6. */
const SMALLEST_HOST_BITS = 4;

function configProblems({
  networks,
  backend = FlannelBackend.VXLAN,
  vni,
  port,
  directRouting,
}: FlannelConfigProps): ObjectProblem[] {
  const readings = networks.map((network, index) => readCidr(`networks[${index}]`, network));
  const known = readings.flatMap(({ value }) => value ?? []);
  const twice = (['IPv4', 'IPv6'] as const).filter(
    (family) => known.filter((cidr) => cidr.family === family).length > 1,
  );
  const vxlan = backend === FlannelBackend.VXLAN;
  const only = (what: string, where: string): ObjectProblem => ({
    message: `${what} is given, and the backend is ${backend}`,
    help: `leave it out, or use ${where}`,
  });
  return [
    ...readings.flatMap(({ problems }) => problems),
    ...(networks.length > 0 ? [] : [{ message: 'networks is empty', help: 'give the pod network' }]),
    ...twice.map((family) => ({
      message: `there are two ${family} networks, and Flannel takes one of each family`,
      help: 'plan the pod network as one range, or use another network plugin',
    })),
    ...known
      .filter(({ family, prefix }) => addressBits(family) - prefix < SMALLEST_HOST_BITS)
      .map(({ family, prefix }) => ({
        message: `the ${family} network is a /${prefix}, and the smallest that Flannel takes is a /${addressBits(family) - SMALLEST_HOST_BITS}`,
        help: 'give a larger network',
      })),
    ...(backend === FlannelBackend.IPIP && known.some(({ family }) => family === 'IPv6')
      ? [
          {
            message: 'the backend ipip carries IPv4 only, and there is an IPv6 network',
            help: 'use vxlan, host-gw or wireguard',
          },
        ]
      : []),
    ...(vni === undefined
      ? []
      : vxlan
        ? integerProblems('vni', vni, 1, LARGEST_VNI)
        : [only('vni', 'FlannelBackend.VXLAN')]),
    ...(directRouting === true && !vxlan && backend !== FlannelBackend.IPIP
      ? [only('directRouting', 'FlannelBackend.VXLAN or IPIP')]
      : []),
    ...(port === undefined
      ? []
      : vxlan || backend === FlannelBackend.WIREGUARD
        ? portProblems('port', port)
        : [only('port', 'FlannelBackend.VXLAN or WIREGUARD')]),
  ];
}
