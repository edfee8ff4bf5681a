import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { Cluster } from '../cluster/cluster';
import { IpFamily } from '../cluster/ip-family';
import { describeObject } from '../objects/object-registration';
import { CONTRADICTING_PROPS } from '../objects/object-rules';
import { endpointSlices, endpointsProblems, familiesOfEndpoints } from './external-endpoints';
import { Service } from './service';
import type { ExternalServicePort, ServicePort } from './service-port';
import { portSpec } from './service-ports';
import { type Resolved, serviceSpec, type ServiceSpec } from './service-spec';
import { IpFamilyPolicy } from './service-traffic';
import { clusterAddresses, knownClusterAddress, virtualIpProblems, virtualIpValues } from './virtual-ip';
import type { VirtualIpServiceProps } from './virtual-ip-service-props';

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
export class ExternalEndpointsService extends Service {
  private readonly props: ExternalEndpointsServiceProps;
  private readonly clusterIps: readonly Resolved<string>[];

  constructor(scope: Construct, id: string, props: ExternalEndpointsServiceProps) {
    super(scope, id, props);
    this.props = { ...props, ...familyDefaults(scope, props) };
    this.clusterIps = clusterAddresses(this, this.props);
    const { name } = this;
    const slices = endpointSlices(props.endpoints, props.ports);
    for (const { suffix, family, endpoints, ports, fields } of slices) {
      const slice = new ApiObject(this, `EndpointSlice-${suffix}`, {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: `${name}-${suffix}`,
          namespace: props.namespace,
          labels: {
            ...props.labels,
            'kubernetes.io/service-name': name,
            'endpointslice.kubernetes.io/managed-by': 'netloom.dev',
          },
        },
        addressType: family,
        endpoints,
        ports,
      });
      describeObject(slice, fields);
    }
  }

  public get ports(): ServicePort[] {
    return this.props.ports.map(({ port, name, protocol, appProtocol }) => ({ port, name, protocol, appProtocol }));
  }

  /**
   * The cluster address of the primary family, as a value for the props of other constructs. A planned address is known
   * only when the app is synthesized, so that it cannot stand in a template literal.
   *
   * @throws when the cluster chooses the address
   */
  // cdk8s types what it resolves later as `any`, so that it can stand where a string is expected.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public get clusterIp(): any {
    return knownClusterAddress(this, this.clusterIps);
  }

  /** The same, typed; undefined when the cluster chooses the address. */
  public get clusterIpValue(): string | undefined {
    return this.clusterIps[0] as string | undefined;
  }

  /** @internal */
  public _spec(): ServiceSpec {
    const { headless } = this.props;
    return serviceSpec(headless ? 'headless' : 'ClusterIP', {
      ...virtualIpValues(this.props, this.clusterIps),
      ...(headless && OF_AN_ADDRESS),
      ports: this.props.ports.map((port) => portSpec(port, port.targetPort)),
    });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    const { headless, clusterIp, endpoints, externalIps, sessionAffinity } = this.props;
    return [
      ...virtualIpProblems(this.props),
      ...endpointsProblems(endpoints, headless ?? false),
      ...(headless && (externalIps?.length || sessionAffinity?._affinity === 'ClientIP')
        ? [
            {
              rule: CONTRADICTING_PROPS,
              message: `the Service is headless, and ${externalIps?.length ? 'externalIps' : 'sessionAffinity'} needs an address of its own`,
              help: 'leave it out, or headless: clients of a headless Service choose an endpoint themselves',
            },
          ]
        : []),
      ...(headless && (clusterIp?._planned || clusterIp?._ips !== undefined)
        ? [
            {
              rule: CONTRADICTING_PROPS,
              message: 'the Service is headless, and clusterIp asks for an address',
              help: 'leave out clusterIp or headless',
            },
          ]
        : []),
    ];
  }
}

/** What a Service without an address ignores: the API server would warn of it (GetWarningsForService). */
const OF_AN_ADDRESS = { sessionAffinity: undefined, externalIps: undefined };

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
