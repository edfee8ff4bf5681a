import { cidrHas, parseCidr, type IpAddress } from '../../address';
import { qualifiedNameProblem } from '../objects/object-name';
import { isDnsLabel, isPortName, isQualifiedName } from '../../syntax/name-syntax';
import {
  integerProblems,
  portProblems,
  readAddress,
  repeated,
  shown,
  type ObjectProblem,
} from '../objects/object-problem';

/** A port of any kind of Service, as far as its checks go. */
export interface CheckedPort {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

/** Limits of `spec.ports` (k/k pkg/apis/core/validation, ValidateService). */
export function servicePortsProblems(ports: readonly CheckedPort[]): ObjectProblem[] {
  return [
    ...ports.flatMap((port, index) => portFieldProblems(`ports[${index}]`, port, ports.length > 1)),
    ...repeated(ports.flatMap(({ name }) => (name === undefined ? [] : [name]))).map((name) => ({
      message: `two ports have the name ${shown(name)}`,
      help: 'give each port a name of its own',
    })),
    ...repeated(ports.map(({ port, protocol = 'TCP' }) => `${protocol} ${port}`)).map((port) => ({
      message: `port ${port} stands twice in ports`,
      help: 'a Service has each pair of port and protocol once: remove one, or change its number',
    })),
  ];
}

function portFieldProblems(field: string, port: CheckedPort, several: boolean): ObjectProblem[] {
  return [
    ...portProblems(`${field}.port`, port.port),
    ...(port.name === undefined ? missingNameProblems(field, several) : portNameProblems(`${field}.name`, port.name)),
    ...(port.targetPort === undefined ? [] : targetPortProblems(`${field}.targetPort`, port.targetPort)),
    ...(port.nodePort === undefined ? [] : portProblems(`${field}.nodePort`, port.nodePort)),
    ...(port.appProtocol === undefined || isQualifiedName(port.appProtocol)
      ? []
      : [qualifiedNameProblem(`${field}.appProtocol`, port.appProtocol)]),
  ];
}

function missingNameProblems(field: string, several: boolean): ObjectProblem[] {
  if (!several) return [];
  return [{ message: `${field} has no name, and the Service has several ports`, help: 'name every port' }];
}

function portNameProblems(field: string, name: string): ObjectProblem[] {
  if (isDnsLabel(name)) return [];
  return [
    {
      message: `${field} ${shown(name)} is not a DNS label`,
      help: 'use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it',
    },
  ];
}

function targetPortProblems(field: string, targetPort: number | string): ObjectProblem[] {
  return typeof targetPort === 'number'
    ? portProblems(field, targetPort)
    : containerPortNameProblems(field, targetPort);
}

/** A name of a container port (`IsValidPortName` of apimachinery). */
export function containerPortNameProblems(field: string, name: string): ObjectProblem[] {
  if (isPortName(name)) return [];
  return [
    {
      message: `${field} ${shown(name)} is not the name of a port`,
      help: 'use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last',
    },
  ];
}

export function requiredPortsProblems(ports: readonly unknown[]): ObjectProblem[] {
  if (ports.length > 0) return [];
  return [
    { message: 'the Service has no ports', help: 'give at least one port; only a HeadlessService can do without' },
  ];
}

/** What the API server refuses as an external IP or as the address of an endpoint (ValidateNonSpecialIP). */
const UNROUTABLE = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff02::/16',
].map(parseCidr);

export function readRoutableAddress(field: string, text: string): ReturnType<typeof readAddress> {
  const { value, problems } = readAddress(field, text);
  if (value === undefined || isRoutable(value)) return { value, problems };
  return {
    problems: [
      {
        message: `${field}: ${text} is an unspecified, loopback or link-local address, which no other machine can reach`,
        help: 'give an address that is routed',
      },
    ],
  };
}

function isRoutable(address: IpAddress): boolean {
  return !UNROUTABLE.some((cidr) => cidrHas(cidr, address));
}

export function externalIpsProblems(externalIps: readonly string[]): ObjectProblem[] {
  return [
    ...externalIps.flatMap((ip, index) => readRoutableAddress(`externalIps[${index}]`, ip).problems),
    ...repeated(externalIps).map((ip) => ({ message: `${ip} stands twice in externalIps`, help: 'name it once' })),
  ];
}

export function sessionTimeoutProblems(timeoutSeconds: number | undefined): ObjectProblem[] {
  return timeoutSeconds === undefined
    ? []
    : integerProblems('sessionAffinity.timeoutSeconds', timeoutSeconds, 1, 86400);
}

export function selectorNamespaceProblems(podNamespace: string | undefined, namespace: string): ObjectProblem[] {
  if (podNamespace === undefined || podNamespace === namespace) return [];
  return [
    {
      message: `the pods are in namespace ${podNamespace}, and the Service is in ${namespace}: it selects pods of its own namespace only`,
      help: `set namespace: '${podNamespace}', or move the workload`,
    },
  ];
}

/** Only node ports, load balancers and external IPs bring traffic from outside (`ExternallyAccessible` of the API server). */
export function unusedExternalTrafficPolicyProblems(
  externalTrafficPolicy: string | undefined,
  externalIps: readonly string[] = [],
): ObjectProblem[] {
  if (externalTrafficPolicy === undefined || externalIps.length > 0) return [];
  return [
    {
      message: `externalTrafficPolicy is ${externalTrafficPolicy}, and no traffic from outside reaches a ClusterIP Service without externalIps`,
      help: 'leave it out, or use a NodePortService or LoadBalancerService',
    },
  ];
}
