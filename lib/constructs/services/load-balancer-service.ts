import { Lazy } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { canonicalAddress } from '../objects/canonical-address';
import { LoadBalancerImplementation, type LoadBalancerIp } from './load-balancer-ip';
import { NodeService, type NodeServiceProps } from './node-service';
import { qualifiedNameProblem } from '../objects/object-name';
import { isQualifiedName } from '../../syntax/name-syntax';
import { portProblems, readCidr, type ObjectProblem } from '../objects/object-problem';
import { onePerFamilyProblems } from './service-families';
import { TrafficPolicy } from './service-traffic';
import { NetworkSynthesis } from '../../synth';

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
export class LoadBalancerService extends NodeService {
  private readonly props: LoadBalancerServiceProps;
  private readonly implementation: LoadBalancerImplementation;
  /** Texts, or values that cdk8s resolves when it renders them. */
  private readonly addresses: readonly unknown[];

  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id, props);
    this.props = props;
    this.implementation = props.loadBalancerIp?._implementation ?? LoadBalancerImplementation.SPEC_FIELD;
    this.addresses = props.loadBalancerIp?._planned
      ? this._families().map((family) =>
          NetworkSynthesis.of(this).planned({ kind: 'loadBalancerIP', object: this.apiObject, family }),
        )
      : (props.loadBalancerIp?._ips ?? []).map(canonicalAddress);
    if (this.implementation !== LoadBalancerImplementation.SPEC_FIELD && this.addresses.length > 0) {
      this.apiObject.metadata.addAnnotation(this.implementation, annotation(this.implementation, this.addresses));
    }
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

  /** @internal */
  public _type(): string {
    return 'LoadBalancer';
  }

  /** @internal */
  public override _spec(): k8s.ServiceSpec {
    const { loadBalancerClass, sourceRanges = [], allocateNodePorts, healthCheckNodePort } = this.props;
    return {
      ...super._spec(),
      loadBalancerIp:
        this.implementation === LoadBalancerImplementation.SPEC_FIELD
          ? (this.addresses[0] as string | undefined)
          : undefined,
      loadBalancerClass,
      loadBalancerSourceRanges: sourceRanges.length > 0 ? sourceRanges : undefined,
      allocateLoadBalancerNodePorts: allocateNodePorts,
      healthCheckNodePort,
    };
  }

  /** @internal */
  public override _problems(): readonly ObjectProblem[] {
    const { loadBalancerIp, loadBalancerClass, sourceRanges, healthCheckNodePort } = this.props;
    return [
      ...super._problems(),
      ...(loadBalancerIp?._ips === undefined ? [] : onePerFamilyProblems('loadBalancerIp', loadBalancerIp._ips)),
      ...this.implementationProblems(),
      ...(loadBalancerClass === undefined || isQualifiedName(loadBalancerClass)
        ? []
        : [qualifiedNameProblem('loadBalancerClass', loadBalancerClass)]),
      ...sourceRangesProblems(sourceRanges),
      ...(healthCheckNodePort === undefined ? [] : this.healthCheckProblems(healthCheckNodePort)),
    ];
  }

  private implementationProblems(): ObjectProblem[] {
    const { implementation } = this;
    if (implementation === LoadBalancerImplementation.SPEC_FIELD) {
      if (this.addresses.length <= 1) return [];
      return [
        {
          message: `loadBalancerIp is to have ${this.addresses.length} addresses, and spec.loadBalancerIP holds one`,
          help: 'name the implementation, such as .via(LoadBalancerImplementation.METALLB), or give the Service one IP family',
        },
      ];
    }
    if (!Object.hasOwn(this.props.annotations ?? {}, implementation)) return [];
    return [
      {
        message: `annotation ${implementation} is given, and loadBalancerIp writes it too`,
        help: 'leave the annotation out',
      },
    ];
  }

  private healthCheckProblems(healthCheckNodePort: number): ObjectProblem[] {
    return [
      ...portProblems('healthCheckNodePort', healthCheckNodePort),
      ...(this.props.externalTrafficPolicy === TrafficPolicy.LOCAL
        ? []
        : [
            {
              message: `healthCheckNodePort is ${healthCheckNodePort}, and externalTrafficPolicy is not Local`,
              help: 'set externalTrafficPolicy: TrafficPolicy.LOCAL, or leave healthCheckNodePort out',
            },
          ]),
    ];
  }
}

/** An empty list would let everybody in, where the reader thinks that nobody is. */
function sourceRangesProblems(sourceRanges: readonly string[] | undefined): ObjectProblem[] {
  if (sourceRanges === undefined) return [];
  if (sourceRanges.length === 0) {
    return [
      {
        message: 'sourceRanges is empty, which lets every client in',
        help: 'leave it out if that is meant, else give the CIDRs of the clients',
      },
    ];
  }
  return sourceRanges.flatMap((range, index) => readCidr(`sourceRanges[${index}]`, range).problems);
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
