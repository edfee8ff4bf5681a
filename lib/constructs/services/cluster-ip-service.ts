import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ObjectProblem } from '../objects/object-problem';
import { PodService, type PodServiceProps } from './pod-service';
import { unusedExternalTrafficPolicyProblems, type CheckedPort } from './service-fields';
import type { PodServicePort, ServicePort } from './service-port';
import { checkedPodPort, podPortSpec } from './service-port-spec';

/** Props of `ClusterIpService`. */
export interface ClusterIpServiceProps extends PodServiceProps {
  /** Its ports, at least one. */
  readonly ports: PodServicePort[];
}

/** A Service that is reached inside of the cluster, at an address of its own (`type: ClusterIP`). */
export class ClusterIpService extends PodService {
  private readonly portList: PodServicePort[];
  private readonly props: ClusterIpServiceProps;

  constructor(scope: Construct, id: string, props: ClusterIpServiceProps) {
    super(scope, id, props);
    this.props = props;
    this.portList = [...props.ports];
  }

  public get ports(): ServicePort[] {
    return [...this.portList];
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
  public _type(): string {
    return 'ClusterIP';
  }

  /** @internal */
  public _portSpecs(): k8s.ServicePort[] {
    return this.portList.map((port) => podPortSpec(port));
  }

  /** @internal */
  public _checkedPorts(): CheckedPort[] {
    return this.portList.map((port) => checkedPodPort(port));
  }

  /** @internal */
  public override _problems(): readonly ObjectProblem[] {
    return [
      ...super._problems(),
      ...unusedExternalTrafficPolicyProblems(this.props.externalTrafficPolicy, this.props.externalIps),
    ];
  }
}
