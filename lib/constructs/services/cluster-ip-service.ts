import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { Service } from './service';
import type { PodServicePort, ServicePort } from './service-port';
import { podPortSpec } from './service-ports';
import { podPortsProblems, servicePodsProblems } from './service-problems';
import { type Resolved, serviceSpec, type ServiceSpec } from './service-spec';
import { clusterAddresses, knownClusterAddress, virtualIpProblems, virtualIpValues } from './virtual-ip';
import type { PodServiceProps } from './virtual-ip-service-props';

/** Props of `ClusterIpService`. */
export interface ClusterIpServiceProps extends PodServiceProps {
  /** Its ports, at least one. */
  readonly ports: PodServicePort[];
}

/** A Service that is reached inside of the cluster, at an address of its own (`type: ClusterIP`). */
export class ClusterIpService extends Service {
  private readonly props: ClusterIpServiceProps;
  private readonly portList: PodServicePort[];
  private readonly clusterIps: readonly Resolved<string>[];

  constructor(scope: Construct, id: string, props: ClusterIpServiceProps) {
    super(scope, id, props);
    this.props = props;
    this.portList = [...props.ports];
    this.clusterIps = clusterAddresses(this, props);
  }

  public get ports(): ServicePort[] {
    return [...this.portList];
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
   * Adds a port.
   *
   * @param port the port
   */
  public addPort(port: PodServicePort): void {
    this.portList.push(port);
  }

  /** @internal */
  public _spec(): ServiceSpec {
    return serviceSpec('ClusterIP', {
      ...virtualIpValues(this.props, this.clusterIps),
      selector: this.props.pods._labelSelection().labels,
      ports: this.portList.map(podPortSpec),
    });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    return [
      ...virtualIpProblems(this.props),
      ...podPortsProblems(this.portList),
      ...servicePodsProblems(this.props.pods, this.namespace),
    ];
  }
}
