import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { Service } from './service';
import type { NodeServicePort, ServicePort } from './service-port';
import { knownNodePort, nodePortOf, type OpenPort, openPort, openPortSpec } from './service-ports';
import { openPortsProblems, servicePodsProblems } from './service-problems';
import { type Resolved, serviceSpec, type ServiceSpec } from './service-spec';
import { clusterAddresses, knownClusterAddress, virtualIpProblems, virtualIpValues } from './virtual-ip';
import type { PodServiceProps } from './virtual-ip-service-props';

/** Props of every Service that nodes listen for. */
export interface NodeServiceProps extends PodServiceProps {
  /** Its ports, at least one. */
  readonly ports: NodeServicePort[];
}

/** A Service that is reached at a port of every node, besides its cluster address (`type: NodePort`). */
export class NodePortService extends Service {
  private readonly props: NodeServiceProps;
  private readonly clusterIps: readonly Resolved<string>[];
  private readonly openPorts: OpenPort[];

  constructor(scope: Construct, id: string, props: NodeServiceProps) {
    super(scope, id, props);
    this.props = props;
    this.clusterIps = clusterAddresses(this, props);
    this.openPorts = props.ports.map((port) => openPort(this, port));
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
    return serviceSpec('NodePort', {
      ...virtualIpValues(this.props, this.clusterIps),
      selector: this.props.pods._labelSelection().labels,
      ports: this.openPorts.map(openPortSpec),
    });
  }

  /** @internal */
  public _problems(): readonly Problem[] {
    return [
      ...virtualIpProblems(this.props),
      ...openPortsProblems(this.openPorts),
      ...servicePodsProblems(this.props.pods, this.namespace),
    ];
  }
}
