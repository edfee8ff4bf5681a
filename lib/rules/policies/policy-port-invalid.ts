import type { Problem } from '../../finding/problem';
import { at, concat, flatMap, isPortName, member } from '../../model';
import { setTo, shown, within } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const PROTOCOLS: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];

/** ValidateNetworkPolicyPort; ranges are those of KEP-2079. */
export const policyPortInvalid: NetworkRule = {
  code: 'NL504',
  slug: 'policy-port-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A port of a NetworkPolicy is one that the API server refuses',
  concernsReach: true,
  check(model, report) {
    for (const { object, rules } of model.networkPolicies) {
      for (const { path } of flatMap(rules, ({ ports }) => ports)) {
        for (const problem of problems(at(object.manifest, ...path))) report({ on: object, ...within(path, problem) });
      }
    }
  },
};

function problems(value: unknown): readonly Problem[] {
  const set = (field: string): unknown => member(value, field) ?? undefined;
  return concat(
    protocolProblems(set('protocol')),
    portProblems(set('port')),
    endPortProblems(set('port'), set('endPort')),
  );
}

function protocolProblems(protocol: unknown): readonly Problem[] {
  if (protocol === undefined || PROTOCOLS.includes(protocol)) return [];
  const upper = typeof protocol === 'string' ? protocol.toUpperCase() : '';
  return [
    {
      field: ['protocol'],
      message: `the protocol ${shown(protocol)} is not one of TCP, UDP and SCTP`,
      help: PROTOCOLS.includes(upper) ? `write ${upper}` : 'a policy knows TCP, UDP and SCTP; TCP when it is left out',
      ...(PROTOCOLS.includes(upper) && setTo(['protocol'], upper)),
    },
  ];
}

function portProblems(port: unknown): readonly Problem[] {
  if (port === undefined || isPortNumber(port)) return [];
  if (typeof port === 'string') {
    if (isPortName(port)) return [];
    const digits = /^[0-9]+$/.test(port);
    return [
      {
        field: ['port'],
        message: `the port ${shown(port)} is not a port name`,
        help: digits
          ? `write the number without quotes: ${port}`
          : 'a port name has at most 15 lower-case letters, digits and single hyphens, and at least one letter',
        ...(digits && isPortNumber(Number(port)) && String(Number(port)) === port && setTo(['port'], Number(port))),
      },
    ];
  }
  return [
    {
      field: ['port'],
      message: `the port ${shown(port)} is not a port number`,
      help: 'a port is a number from 1 to 65535 or the name of a port of the pods; leave it out for all ports',
    },
  ];
}

function endPortProblems(port: unknown, endPort: unknown): readonly Problem[] {
  if (endPort === undefined) return [];
  const problem = (message: string, help: string): readonly Problem[] => [{ field: ['endPort'], message, help }];
  if (port === undefined) {
    return problem('endPort is set without port', 'set port to the first port of the range');
  }
  if (typeof port !== 'number') {
    if (typeof port !== 'string') return [];
    return problem(
      `endPort is set with the port ${shown(port)}, which is not a number`,
      'a range needs numbers: set port to the first one, or leave endPort out',
    );
  }
  if (!isPortNumber(endPort)) {
    return problem(`the endPort ${shown(endPort)} is not a port number`, 'write a number from 1 to 65535');
  }
  if (endPort >= port) return [];
  return problem(`the endPort ${endPort} is less than the port ${port}`, 'write the lower one first');
}

function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}
