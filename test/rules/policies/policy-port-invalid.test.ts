import { policyPortInvalid } from '../../../lib/rules/policies/policy-port-invalid';
import { testRule } from '../expectations';

function found(field: string, message: string, help: string): string {
  return [
    'error NL504 policy-port-invalid',
    `on NetworkPolicy shop/web at spec.egress.0.ports.0.${field}`,
    message,
    `help: ${help}`,
  ].join('\n');
}

const NUMBER_OR_NAME =
  'a port is a number from 1 to 65535 or the name of a port of the pods; leave it out for all ports';
const NAME = 'a port name has at most 15 lower-case letters, digits and single hyphens, and at least one letter';

testRule(
  policyPortInvalid,
  (
    [
      ['{ protocol: tcp }', found('protocol', 'the protocol "tcp" is not one of TCP, UDP and SCTP', 'write TCP')],
      [
        '{ protocol: ICMP }',
        found(
          'protocol',
          'the protocol "ICMP" is not one of TCP, UDP and SCTP',
          'a policy knows TCP, UDP and SCTP; TCP when it is left out',
        ),
      ],
      ['{ port: 0 }', found('port', 'the port 0 is not a port number', NUMBER_OR_NAME)],
      ['{ port: 65536 }', found('port', 'the port 65536 is not a port number', NUMBER_OR_NAME)],
      ['{ port: 80.5 }', found('port', 'the port 80.5 is not a port number', NUMBER_OR_NAME)],
      ['{ port: true }', found('port', 'the port true is not a port number', NUMBER_OR_NAME)],
      ['{ port: "80" }', found('port', 'the port "80" is not a port name', 'write the number without quotes: 80')],
      ['{ port: HTTP }', found('port', 'the port "HTTP" is not a port name', NAME)],
      ['{ port: 80-90 }', found('port', 'the port "80-90" is not a port name', NAME)],
      ['{ endPort: 90 }', found('endPort', 'endPort is set without port', 'set port to the first port of the range')],
      [
        '{ port: http, endPort: 90 }',
        found(
          'endPort',
          'endPort is set with the port "http", which is not a number',
          'a range needs numbers: set port to the first one, or leave endPort out',
        ),
      ],
      [
        '{ port: 90, endPort: 80 }',
        found('endPort', 'the endPort 80 is less than the port 90', 'write the lower one first'),
      ],
      [
        '{ port: 90, endPort: 70000 }',
        found('endPort', 'the endPort 70000 is not a port number', 'write a number from 1 to 65535'),
      ],
      ['{}'],
      ['{ protocol: SCTP }'],
      ['{ protocol: null, port: null, endPort: null }'],
      ['{ port: 1, endPort: 65535 }'],
      ['{ port: 80, endPort: 80, protocol: UDP }'],
      ['{ port: dns-tcp }'],
    ] as const
  ).map(([port, ...expected]) => ({
    name: port,
    input: `[{ NetworkPolicy shop/web: { egress: [{ ports: [${port}] }] } }]`,
    expected,
  })),
);
