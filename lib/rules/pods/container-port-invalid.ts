import type { Problem } from '../../finding/problem';
import { below, concat, type FieldPath, flatMap, integer, isPortName, list, member, nonEmpty } from '../../model';
import { addressProblem } from '../address-problem';
import { checkEach, isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { protocolProblems } from '../services/service-port-value';
import { type PodSpec, podSpecs } from './pod-specs';

/** validateContainerPorts and validateHostNetwork of pkg/apis/core/validation. */
export const containerPortInvalid: NetworkRule = {
  code: 'NL533',
  slug: 'container-port-invalid',
  severity: 'error',
  title: 'A port of a container is one that the API server refuses',
  layer: 'object',
  check: checkEach(podSpecs, podProblems),
};

function podProblems(pod: PodSpec): readonly Problem[] {
  const hostNetwork = pod.workload.hostNetwork;
  return flatMap(pod.containers, ({ value, path }) => {
    const ports = list(member(value, 'ports'));
    return concat(
      flatMap(ports, (port, index) => portProblems(port, below(path, 'ports', index), hostNetwork)),
      sameNames(ports, below(path, 'ports')),
    );
  });
}

function portProblems(port: unknown, path: FieldPath, hostNetwork: boolean): readonly Problem[] {
  const containerPort = member(port, 'containerPort');
  const hostPort = member(port, 'hostPort');
  const name = member(port, 'name');
  const hostIp = member(port, 'hostIP');
  return concat(
    isSet(containerPort)
      ? numberProblems('containerPort', containerPort, below(path, 'containerPort'))
      : [
          {
            field: path,
            message: 'the port has no containerPort',
            help: 'set containerPort to a number from 1 to 65535',
          },
        ],
    isSet(hostPort) && hostPort !== 0 ? numberProblems('hostPort', hostPort, below(path, 'hostPort')) : [],
    hostNetwork && isPort(hostPort) && isPort(containerPort) && hostPort !== containerPort
      ? [
          {
            field: below(path, 'hostPort'),
            message: `hostPort is ${shown(hostPort)} and containerPort ${shown(containerPort)}, and with hostNetwork they are one port`,
            help: 'leave hostPort out, or make them equal',
          },
        ]
      : [],
    isSet(name) && name !== '' && !(typeof name === 'string' && isPortName(name))
      ? [
          {
            field: below(path, 'name'),
            message: `the port name ${shown(name)} is none that a container port can have`,
            help: 'use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last',
          },
        ]
      : [],
    protocolProblems(member(port, 'protocol'), below(path, 'protocol')),
    hostIpProblems(hostIp, below(path, 'hostIP')),
  );
}

function numberProblems(name: string, value: unknown, field: FieldPath): readonly Problem[] {
  if (isPort(value)) return [];
  const quoted = typeof value === 'string' && /^[0-9]+$/.test(value);
  return [
    {
      field,
      message: quoted ? `${name} is the string ${shown(value)}` : `${name} is ${shown(value)}, which is not a port`,
      help: quoted ? 'write the number without quotes' : `set ${name} to a whole number from 1 to 65535`,
    },
  ];
}

function isPort(value: unknown): boolean {
  const number = integer(value) ?? 0;
  return number >= 1 && number <= 65535;
}

function hostIpProblems(value: unknown, field: FieldPath): readonly Problem[] {
  const problem = isSet(value) && value !== '' ? addressProblem(value) : undefined;
  return problem === undefined ? [] : [{ field, message: `hostIP: ${problem.message}`, help: problem.help }];
}

/** In one container; which of two containers a name stands for is decided by their order. */
function sameNames(ports: readonly unknown[], path: FieldPath): readonly Problem[] {
  const seen = new Set<string>();
  return flatMap(ports, (port, index): readonly Problem[] => {
    const name = nonEmpty(member(port, 'name'));
    if (name === undefined) return [];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        field: below(path, index, 'name'),
        message: `another port of the container has the name ${shown(name)} too`,
        help: 'give each port a name of its own',
      },
    ];
  });
}
