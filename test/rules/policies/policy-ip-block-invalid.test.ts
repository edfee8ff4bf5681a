import { policyIpBlockInvalid } from '../../../lib/rules/policies/policy-ip-block-invalid';
import { testRule } from '../expectations';

function block(ipBlock: string): string {
  return `[{ NetworkPolicy shop/web: { ingress: [{ from: [{ ipBlock: ${ipBlock} }] }] } }]`;
}

function found(severity: string, field: string, message: string, help: string): string {
  return [
    `${severity} NL503 policy-ip-block-invalid`,
    `on NetworkPolicy shop/web at spec.ingress.0.from.0.ipBlock.${field}`,
    message,
    `help: ${help}`,
  ].join('\n');
}

const EXAMPLE = 'write a CIDR such as 192.0.2.0/24 or 2001:db8::/32';
const STRICT = 'Kubernetes refuses it since 1.36, and reads ';
const NARROWS = 'except only narrows its own block: leave out what lies outside of it';

testRule(policyIpBlockInvalid, [
  {
    name: 'host bits where the API server is known to be strict',
    input: `
      - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.1.0.5/16 } }] }] }
    `,
    facts: { kubernetesVersion: '1.36' },
    expected: [
      `
      error NL503 policy-ip-block-invalid
      on NetworkPolicy shop/web at spec.ingress.0.from.0.ipBlock.cidr
      cidr: 10.1.0.5/16 has host bits set; Kubernetes refuses it since 1.36, and reads 10.1.0.0/16 before
      help: write 10.1.0.0/16
      `,
    ],
  },
  {
    name: 'one IPv4 address',
    input: block('{ cidr: 10.1.0.5 }'),
    expected: [found('error', 'cidr', 'cidr: 10.1.0.5 has no prefix length', 'did you mean 10.1.0.5/32?')],
  },
  {
    name: 'one IPv6 address',
    input: block('{ cidr: "fd00::5" }'),
    expected: [found('error', 'cidr', 'cidr: fd00::5 has no prefix length', 'did you mean fd00::5/128?')],
  },
  {
    name: 'no cidr',
    input: block('{ except: [10.0.0.0/16] }'),
    expected: [found('error', 'cidr', 'the ipBlock has no cidr', EXAMPLE)],
  },
  {
    name: 'a cidr that is no text',
    input: block('{ cidr: 10.1 }'),
    expected: [found('error', 'cidr', 'cidr is 10.1, not a CIDR', 'write a CIDR as a string')],
  },
  {
    name: 'host bits, which API servers accepted',
    input: block('{ cidr: 10.1.0.5/16, except: [10.1.9.0/24] }'),
    expected: [
      found('warning', 'cidr', `cidr: 10.1.0.5/16 has host bits set; ${STRICT}10.1.0.0/16 before`, 'write 10.1.0.0/16'),
    ],
  },
  {
    name: 'the same for a cluster that refuses it, also in exceptions',
    input: block('{ cidr: 10.1.0.5/16, except: [10.1.9.1/24, null] }'),
    facts: { kubernetesVersion: '1.36' },
    expected: [
      found('error', 'cidr', `cidr: 10.1.0.5/16 has host bits set; ${STRICT}10.1.0.0/16 before`, 'write 10.1.0.0/16'),
      found(
        'error',
        'except.0',
        `exception: 10.1.9.1/24 has host bits set; ${STRICT}10.1.9.0/24 before`,
        'write 10.1.9.0/24',
      ),
      found('error', 'except.1', 'the exception is empty', EXAMPLE),
    ],
  },
  {
    name: 'leading zeros, which API servers accepted',
    input: block('{ cidr: 010.001.000.000/16 }'),
    expected: [
      found(
        'warning',
        'cidr',
        `cidr: 010.001.000.000/16 has leading zeros, which some programs read as octal; ${STRICT}10.1.0.0/16 before`,
        'write 10.1.0.0/16',
      ),
    ],
  },
  {
    name: 'exceptions outside of the block',
    input: block('{ cidr: 10.1.0.0/16, except: [10.2.0.0/24, "fd00::/64", 10.1.255.0/24] }'),
    expected: [
      found('error', 'except.0', 'the exception 10.2.0.0/24 is not a part of the block 10.1.0.0/16', NARROWS),
      found('error', 'except.1', 'the exception fd00::/64 is not a part of the block 10.1.0.0/16', NARROWS),
    ],
  },
  {
    name: 'an exception as large as the block, or larger',
    input: block('{ cidr: 10.1.0.0/16, except: [10.1.0.0/16, 10.0.0.0/8] }'),
    expected: [
      found(
        'error',
        'except.1',
        'the exception 10.0.0.0/8 is not a part of the block 10.1.0.0/16',
        'nothing of the block would be left: leave the peer out',
      ),
      found(
        'error',
        'except.0',
        'the exception 10.1.0.0/16 is not a part of the block 10.1.0.0/16',
        'nothing of the block would be left: leave the peer out',
      ),
    ],
  },
  {
    name: 'an exception that is no CIDR',
    input: block('{ cidr: 10.1.0.0/16, except: [10.1.0.1] }'),
    expected: [found('error', 'except.0', 'exception: 10.1.0.1 has no prefix length', 'did you mean 10.1.0.1/32?')],
  },
  {
    name: 'blocks with parts left out',
    input: block('{ cidr: 0.0.0.0/0, except: [10.0.0.0/8, 192.168.0.0/16] }'),
    expected: [],
  },
]);
