import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Cluster } from '../cluster/cluster';
import { endpointSlices, endpointsProblems, familiesOfEndpoints } from './external-endpoints';
import { IpFamily } from '../cluster/ip-family';
import type { ObjectProblem } from '../objects/object-problem';
import { unusedExternalTrafficPolicyProblems, type CheckedPort } from './service-fields';
import type { ExternalServicePort, ServicePort } from './service-port';
import { portSpec } from './service-port-spec';
import { IpFamilyPolicy } from './service-traffic';
import { VirtualIpService, type VirtualIpServiceProps } from './virtual-ip-service';

/** Something outside of the cluster that serves (`endpoints[]` of an EndpointSlice). */
export interface ExternalEndpoint {
  /** Its address, or one of each family. Several machines are several endpoints: of several addresses only the first would be used. */
  readonly addresses: string[];

  /**
   * A DNS label under which it is found: `HOSTNAME.SERVICE.NAMESPACE.svc.cluster.local`. Headless Services only.
   *
   * @default - none
   */
  readonly hostname?: string;

  /**
   * Whether it takes traffic.
   *
   * @default - yes
   */
  readonly ready?: boolean;

  /**
   * The zone it is in, for `trafficDistribution`.
   *
   * @default - not known
   */
  readonly zone?: string;

  /**
   * The node it is on, if it runs on a node of the cluster without being a pod.
   *
   * @default - none
   */
  readonly nodeName?: string;
}

/** Props of `ExternalEndpointsService`. When neither families, policy nor address are given, it has the families of its endpoints. */
export interface ExternalEndpointsServiceProps extends VirtualIpServiceProps {
  /** Its ports, at least one. */
  readonly ports: ExternalServicePort[];

  /** What serves: addresses outside of the cluster's pod and service ranges, each once. */
  readonly endpoints: ExternalEndpoint[];

  /**
   * Whether it has no address of its own: its name then stands for the addresses of the endpoints.
   *
   * @default false
   */
  readonly headless?: boolean;
}

/**
 * A Service in front of addresses that are no pods: a Service without selector, and its EndpointSlices, one for each
 * family and each 1000 endpoints.
 */
export class ExternalEndpointsService extends VirtualIpService {
  private readonly props: ExternalEndpointsServiceProps;

  constructor(scope: Construct, id: string, props: ExternalEndpointsServiceProps) {
    super(scope, id, { ...props, ...familyDefaults(scope, props) });
    this.props = props;
    const { name } = this;
    for (const slice of endpointSlices(props.endpoints, props.ports)) {
      new k8s.KubeEndpointSlice(this, `EndpointSlice-${slice.suffix}`, {
        metadata: {
          name: `${name}-${slice.suffix}`,
          namespace: props.namespace,
          labels: {
            ...props.labels,
            'kubernetes.io/service-name': name,
            'endpointslice.kubernetes.io/managed-by': 'netloom.dev',
          },
        },
        addressType: slice.family,
        endpoints: slice.endpoints,
        ports: slice.ports,
      });
    }
  }

  public get ports(): ServicePort[] {
    return this.props.ports.map(({ port, name, protocol, appProtocol }) => ({ port, name, protocol, appProtocol }));
  }

  /** @internal */
  public _type(): string {
    return 'ClusterIP';
  }

  /** @internal */
  public override _spec(): k8s.ServiceSpec {
    return { ...super._spec(), ...(this.props.headless && HEADLESS) };
  }

  /** @internal */
  public _portSpecs(): k8s.ServicePort[] {
    return this.props.ports.map((port) => portSpec(port, port.targetPort));
  }

  /** @internal */
  public _checkedPorts(): CheckedPort[] {
    return [...this.props.ports];
  }

  /** @internal */
  public override _problems(): readonly ObjectProblem[] {
    const { headless, clusterIp, endpoints, externalTrafficPolicy, externalIps, sessionAffinity } = this.props;
    return [
      ...super._problems(),
      ...endpointsProblems(endpoints, headless ?? false),
      ...unusedExternalTrafficPolicyProblems(externalTrafficPolicy, externalIps),
      ...(headless && (externalIps?.length || sessionAffinity?._affinity === 'ClientIP')
        ? [
            {
              message: `the Service is headless, and ${externalIps?.length ? 'externalIps' : 'sessionAffinity'} needs an address of its own`,
              help: 'leave it out, or headless: clients of a headless Service choose an endpoint themselves',
            },
          ]
        : []),
      ...(headless && (clusterIp?._planned || clusterIp?._ips !== undefined)
        ? [
            {
              message: 'the Service is headless, and clusterIp asks for an address',
              help: 'leave out clusterIp or headless',
            },
          ]
        : []),
    ];
  }
}

/** Without what a Service without an address ignores: the API server would warn of it (GetWarningsForService). */
const HEADLESS = {
  clusterIp: 'None',
  clusterIPs: undefined,
  sessionAffinity: undefined,
  sessionAffinityConfig: undefined,
  externalIPs: undefined,
  externalTrafficPolicy: undefined,
} satisfies k8s.ServiceSpec;

/** A slice whose family the Service does not have is never used. */
function familyDefaults(
  scope: Construct,
  { ipFamilies, ipFamilyPolicy, endpoints, clusterIp }: ExternalEndpointsServiceProps,
): Pick<ExternalEndpointsServiceProps, 'ipFamilies' | 'ipFamilyPolicy'> {
  if (ipFamilies !== undefined || ipFamilyPolicy !== undefined || clusterIp?._ips !== undefined) {
    return { ipFamilies, ipFamilyPolicy };
  }
  const families = familiesOfEndpoints(endpoints);
  if (families.length > 1) return { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK };
  const primary = Cluster.of(scope)?.families[0] ?? IpFamily.IPV4;
  const family = families.includes('IPv6') ? IpFamily.IPV6 : IpFamily.IPV4;
  return families.length === 0 || family === primary ? {} : { ipFamilies: [family] };
}
