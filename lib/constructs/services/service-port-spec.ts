import { k8s } from 'cdk8s-plus-28';
import type { CheckedPort } from './service-fields';
import type { PodServicePort, ServicePort } from './service-port';

/** A port as it stands in the manifest. TCP is left out unless it was given. */
export function portSpec(port: ServicePort, targetPort?: number | string, nodePort?: unknown): k8s.ServicePort {
  return {
    name: port.name,
    port: port.port,
    protocol: port.protocol,
    appProtocol: port.appProtocol,
    targetPort:
      typeof targetPort === 'string'
        ? k8s.IntOrString.fromString(targetPort)
        : targetPort === undefined
          ? undefined
          : k8s.IntOrString.fromNumber(targetPort),
    // A planned node port is a value that cdk8s resolves when it renders the object.
    nodePort: nodePort as number | undefined,
  };
}

export function podPortSpec(port: PodServicePort, nodePort?: unknown): k8s.ServicePort {
  return portSpec(port, port.targetPort?._value, nodePort);
}

export function checkedPodPort(port: PodServicePort, nodePort?: number): CheckedPort {
  const { port: number, name, protocol, appProtocol, targetPort } = port;
  return { port: number, name, protocol, appProtocol, targetPort: targetPort?._value, nodePort };
}
