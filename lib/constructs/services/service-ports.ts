import { NetworkSynthesis } from '../../synth';
import type { Service } from './service';
import type { NodeServicePort, PodServicePort, ServicePort } from './service-port';
import type { Resolved, ServicePortSpec } from './service-spec';

/** A port as it stands in the manifest. TCP is left out unless it was given. */
export function portSpec(
  port: ServicePort,
  targetPort?: number | string,
  nodePort?: Resolved<number>,
): ServicePortSpec {
  const { name, port: number, protocol, appProtocol } = port;
  return { name, port: number, protocol, appProtocol, targetPort, nodePort };
}

export function podPortSpec(port: PodServicePort): ServicePortSpec {
  return portSpec(port, port.targetPort?._value);
}

/** A port of a Service that nodes listen for; without a node port where the cluster chooses one. */
export interface OpenPort {
  readonly port: NodeServicePort;
  readonly nodePort: Resolved<number> | undefined;
}

/** Asks for the node port if it is to be planned. */
export function openPort(service: Service, port: NodeServicePort): OpenPort {
  const nodePort = port.nodePort?._planned
    ? NetworkSynthesis.of(service).planned({
        kind: 'nodePort',
        object: service.apiObject,
        port: port.name ?? String(port.port),
        portNumber: port.port,
      })
    : port.nodePort?._port;
  return { port, nodePort };
}

export function openPortSpec({ port, nodePort }: OpenPort): ServicePortSpec {
  return portSpec(port, port.targetPort?._value, nodePort);
}

/**
 * The node port of the port of that name or number; undefined where the cluster chooses it.
 *
 * @throws when there is no such port
 */
export function nodePortOf(service: Service, ports: readonly OpenPort[], port: string): Resolved<number> | undefined {
  const open = ports.find((candidate) => candidate.port.name === port || String(candidate.port.port) === port);
  if (open !== undefined) return open.nodePort;
  const known = ports.map((candidate) => candidate.port.name ?? String(candidate.port.port)).join(', ');
  throw new Error(
    `Service ${service.namespace}/${service.name} has no port ${JSON.stringify(port)}. Its ports: ${known}.`,
  );
}

/** @throws when the cluster chooses the node port */
export function knownNodePort(
  service: Service,
  port: string,
  nodePort: Resolved<number> | undefined,
): Resolved<number> {
  if (nodePort !== undefined) return nodePort;
  throw new Error(
    `The cluster chooses the node port of port ${port} of Service ${service.namespace}/${service.name}: use NodePort.planned() or NodePort.fixed().`,
  );
}
