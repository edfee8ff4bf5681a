import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PodService, type PodServiceProps } from './pod-service';
import type { CheckedPort } from './service-fields';
import type { NodeServicePort, ServicePort } from './service-port';
import { checkedPodPort, podPortSpec } from './service-port-spec';
import { NetworkSynthesis } from '../../synth';

/** Props of every Service that nodes listen for. */
export interface NodeServiceProps extends PodServiceProps {
  /** Its ports, at least one. */
  readonly ports: NodeServicePort[];
}

interface OpenPort {
  readonly port: NodeServicePort;
  /** A number, a value that cdk8s resolves when it renders it, or undefined where the cluster chooses. */
  readonly nodePort: unknown;
}

/** A Service that nodes listen for. */
export abstract class NodeService extends PodService {
  private readonly openPorts: OpenPort[] = [];

  constructor(scope: Construct, id: string, props: NodeServiceProps) {
    super(scope, id, props);
    for (const port of props.ports) this.addPort(port);
  }

  public get ports(): ServicePort[] {
    return this.openPorts.map(({ port }) => port);
  }

  /**
   * Adds a port.
   *
   * @param port the port
   */
  public addPort(port: NodeServicePort): void {
    const nodePort = port.nodePort?._planned
      ? NetworkSynthesis.of(this).planned({
          kind: 'nodePort',
          object: this.apiObject,
          port: port.name ?? String(port.port),
          portNumber: port.port,
        })
      : port.nodePort?._port;
    this.openPorts.push({ port, nodePort });
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
    const open = this.openPorts.find(
      (candidate) => candidate.port.name === port || String(candidate.port.port) === port,
    );
    const service = `Service ${this.namespace}/${this.name}`;
    if (open === undefined) {
      const known = this.openPorts.map((candidate) => candidate.port.name ?? String(candidate.port.port)).join(', ');
      throw new Error(`${service} has no port ${JSON.stringify(port)}. Its ports: ${known}.`);
    }
    if (open.nodePort !== undefined) return open.nodePort;
    throw new Error(
      `The cluster chooses the node port of port ${port} of ${service}: use NodePort.planned() or NodePort.fixed().`,
    );
  }

  /** @internal */
  public _portSpecs(): k8s.ServicePort[] {
    return this.openPorts.map(({ port, nodePort }) => podPortSpec(port, nodePort));
  }

  /** @internal */
  public _checkedPorts(): CheckedPort[] {
    return this.openPorts.map(({ port }) => checkedPodPort(port, port.nodePort?._port));
  }
}
