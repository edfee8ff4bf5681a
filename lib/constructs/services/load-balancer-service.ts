import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import { canonicalAddress } from '../objects/canonical-address';
import { CONTRADICTING_PROPS, EMPTY_PROP } from '../objects/object-rules';
import { zeroProblems } from '../objects/prop-problems';
import { LoadBalancerImplementation, type LoadBalancerIp } from './load-balancer-ip';
import type { NodeServiceProps } from './node-port-service';
import { Service } from './service';
import type { NodeServicePort, ServicePort } from './service-port';
import { knownNodePort, nodePortOf, type OpenPort, openPort, openPortSpec } from './service-ports';
import {
  fixedAddressesProblems,
  onePerFamilyProblems,
  openPortsProblems,
  servicePodsProblems,
} from './service-problems';
import { type Resolved, serviceSpec, type ServiceSpec } from './service-spec';
import { clusterAddresses, familiesOf, knownClusterAddress, virtualIpProblems, virtualIpValues } from './virtual-ip';

/** Props of `LoadBalancerService`. */
export interface LoadBalancerServiceProps extends NodeServiceProps {
  /**
   * How the Service comes to the address of its load balancer.
   *
   * @default LoadBalancerIp.dynamic()
   */
  readonly loadBalancerIp?: LoadBalancerIp;

  /**
   * Which load balancer implementation serves it, such as `calico` or `service.k8s.aws/nlb`. It cannot be changed later.
   *
   * @default - the default implementation of the cluster
   */
  readonly loadBalancerClass?: string;

  /**
   * The clients that may use it, as CIDRs, where the implementation supports it.
   *
   * @default - everybody
   */
  readonly sourceRanges?: string[];

  /**
   * Whether each port has a node port too. Implementations that send traffic straight to pods do without.
   *
   * @default true
   */
  readonly allocateNodePorts?: boolean;

  /**
   * The node port at which load balancers ask a node whether it has endpoints; only with
   * `externalTrafficPolicy: TrafficPolicy.LOCAL`. It cannot be changed later.
   *
   * @default - chosen by the cluster
   */
  readonly healthCheckNodePort?: number;
}

/** A Service that is reached at an address outside of the cluster, which a load balancer gives it (`type: LoadBalancer`). */
export class LoadBalancerService extends Service {
  private readonly props: LoadBalancerServiceProps;
  private readonly implementation: LoadBalancerImplementation;
  private readonly clusterIps: readonly Resolved<string>[];
  private readonly addresses: readonly Resolved<string>[];
  private readonly openPorts: OpenPort[];

  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id, props);
    this.props = props;
    this.implementation = props.loadBalancerIp?._implementation ?? LoadBalancerImplementation.SPEC_FIELD;
    this.clusterIps = clusterAddresses(this, props);
    this.openPorts = props.ports.map((port) => openPort(this, port));
    this.addresses = loadBalancerAddresses(this, props);
    if (this.implementation !== LoadBalancerImplementation.SPEC_FIELD && this.addresses.length > 0) {
      this.apiObject.metadata.addAnnotation(this.implementation, annotation(this.implementation, this.addresses));
    }
  }

  public get ports(): ServicePort[] {
    return this.openPorts.map(({ port }) => port);
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

  /**
   * The load balancer's address of the primary family, as a value for the props of other constructs. A planned address
   * is known only when the app is synthesized, so that it cannot stand in a template literal.
   *
   * @throws when the load balancer chooses the address
   */
  // cdk8s types what it resolves later as `any`, so that it can stand where a string is expected.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public get loadBalancerIp(): any {
    if (this.addresses.length > 0) return this.addresses[0];
    throw new Error(
      `The load balancer chooses the address of Service ${this.namespace}/${this.name}: use LoadBalancerIp.planned() or LoadBalancerIp.fixed().`,
    );
  }

  /** The same, typed; undefined when the load balancer chooses the address. */
  public get loadBalancerIpValue(): string | undefined {
    return this.addresses[0] as string | undefined;
  }

  /**
   * Adds a port.
   *
   * @param port the port
   */
  public addPort(port: NodeServicePort): void {
    this.openPorts.push(openPort(this, port));
  }

  /**
   * The node port of a port, as a value for the props of other constructs. A planned node port is known only when the
   * app is synthesized, so that it cannot stand in a template literal.
   *
   * @param port the name of the port, or its number as text
   * @throws when there is no such port, or when the cluster chooses the node port
   */
  // cdk8s types what it resolves later as `any`, so that it can stand where a number is expected.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public nodePort(port: string): any {
    return knownNodePort(this, port, nodePortOf(this, this.openPorts, port));
  }

  /**
   * The same, typed; undefined when the cluster chooses the node port.
   *
   * @param port the name of the port, or its number as text
   * @throws when there is no such port
   */
  public nodePortValue(port: string): number | undefined {
    return nodePortOf(this, this.openPorts, port) as number | undefined;
  }

  /** @internal */
  public _spec(): ServiceSpec {
    const { loadBalancerClass, sourceRanges, allocateNodePorts, healthCheckNodePort } = this.props;
    return serviceSpec('LoadBalancer', {
      ...virtualIpValues(this.props, this.clusterIps),
      selector: this.props.pods._labelSelection().labels,
      ports: this.openPorts.map(openPortSpec),
      loadBalancerIp: this.implementation === LoadBalancerImplementation.SPEC_FIELD ? this.addresses[0] : undefined,
      loadBalancerClass,
      sourceRanges,
      allocateNodePorts,
      healthCheckNodePort,
    });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    const { healthCheckNodePort, loadBalancerIp, sourceRanges, pods } = this.props;
    return [
      ...virtualIpProblems(this.props),
      ...openPortsProblems(this.openPorts),
      ...zeroProblems('healthCheckNodePort', healthCheckNodePort),
      ...servicePodsProblems(pods, this.namespace),
      ...fixedAddressesProblems('loadBalancerIp', loadBalancerIp?._ips),
      ...onePerFamilyProblems('loadBalancerIp', loadBalancerIp?._ips ?? []),
      ...this.implementationProblems(),
      ...sourceRangesProblems(sourceRanges),
    ];
  }

  private implementationProblems(): Problem[] {
    const { implementation } = this;
    if (implementation === LoadBalancerImplementation.SPEC_FIELD) {
      if (this.addresses.length <= 1) return [];
      return [
        {
          rule: CONTRADICTING_PROPS,
          message: `loadBalancerIp is to have ${this.addresses.length} addresses, and spec.loadBalancerIP holds one`,
          help: 'name the implementation, such as .via(LoadBalancerImplementation.METALLB), or give the Service one IP family',
        },
      ];
    }
    if (!Object.hasOwn(this.props.annotations ?? {}, implementation)) return [];
    return [
      {
        rule: CONTRADICTING_PROPS,
        message: `annotation ${implementation} is given, and loadBalancerIp writes it too`,
        help: 'leave the annotation out',
      },
    ];
  }
}

function loadBalancerAddresses(service: Service, props: LoadBalancerServiceProps): readonly Resolved<string>[] {
  const { loadBalancerIp } = props;
  if (!loadBalancerIp?._planned) return (loadBalancerIp?._ips ?? []).map(canonicalAddress);
  return familiesOf(service, props).map((family) =>
    NetworkSynthesis.of(service).planned({ kind: 'loadBalancerIP', object: service.apiObject, family }),
  );
}

/** An empty list would let everybody in, where the reader thinks that nobody is. */
function sourceRangesProblems(sourceRanges: readonly string[] | undefined): Problem[] {
  if (sourceRanges?.length !== 0) return [];
  return [
    {
      rule: EMPTY_PROP,
      message: 'sourceRanges is empty, which lets every client in',
      help: 'leave it out if that is meant, else give the CIDRs of the clients',
    },
  ];
}

/** MetalLB and Cilium read a list with commas, Calico reads a JSON list. */
function annotation(implementation: LoadBalancerImplementation, addresses: readonly unknown[]): string {
  return Lazy.any({
    produce: () => {
      const values = addresses.map((address): unknown => (address instanceof Lazy ? address.produce() : address));
      // Netloom renders objects before it has planned, to see what is fixed.
      const texts = values.filter((value) => typeof value === 'string');
      if (texts.length === 0) return undefined;
      return implementation === LoadBalancerImplementation.CALICO ? JSON.stringify(texts) : texts.join(',');
    },
  }) as string;
}
