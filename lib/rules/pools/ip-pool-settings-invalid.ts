import { at, integer, list, member, positive, readCidr, text } from '../../model';
import {
  blockSizesOf,
  encapsulates,
  LONGEST_POOL_SELECTOR,
  selectsSomeNodes,
  usesGlobal,
} from '../../syntax/calico-pool';
import { type WrittenPool, writtenPools } from './calico-pools';
import { isSet, setTo, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** What the validation of Calico says about fields that limit each other (api/pkg/apis/projectcalico/v3/ippool.go, clientv3/ippool.go; operator installation validation.go). */
export const ipPoolSettingsInvalid: NetworkRule = {
  code: 'NL605',
  slug: 'ip-pool-settings-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An IPPool has settings that Calico refuses',
  check(model, report) {
    for (const pool of writtenPools(model)) {
      for (const { field: name, message, help, set } of problems(pool)) {
        const field = [...pool.path, name];
        report({ on: pool.object, field, message, help, ...(set !== undefined && setTo(field, set)) });
      }
    }
  },
};

interface Problem {
  readonly field: string;
  readonly message: string;
  readonly help: string;
  /** The only value that can have been meant. */
  readonly set?: string;
}

const MODES = ['Never', 'Always', 'CrossSubnet'];
const ENCAPSULATIONS = ['None', 'IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet'];
const USES = ['Workload', 'Tunnel', 'LoadBalancer'];
const ASSIGNMENT_MODES = ['Automatic', 'Manual'];
const FLAGS = ['disabled', 'disableBGPExport', 'natOutgoing'];

function problems(pool: WrittenPool): Problem[] {
  return [
    ...typeProblems(pool),
    ...blockSizeProblems(pool),
    ...(pool.ofInstallation ? installationEncapsulation(pool) : encapsulation(pool)),
    ...selectorProblems(pool),
    ...useProblems(pool),
    ...choiceProblem(pool, 'assignmentMode', ASSIGNMENT_MODES),
  ];
}

/** What does not have the type of the field does not decode. */
function typeProblems({ fields }: WrittenPool): Problem[] {
  const blockSize = member(fields, 'blockSize');
  return [
    ...(isSet(blockSize) && integer(blockSize) === undefined
      ? [
          {
            field: 'blockSize',
            message: `blockSize is ${shown(blockSize)}`,
            help: 'write a whole number, without quotes',
          },
        ]
      : []),
    ...FLAGS.flatMap((field) => {
      const value = member(fields, field);
      // In an Installation natOutgoing is a word.
      if (!isSet(value) || typeof value === 'boolean' || value === 'Enabled' || value === 'Disabled') return [];
      return [{ field, message: `${field} is ${shown(value)}`, help: 'write true or false, without quotes' }];
    }),
  ];
}

function blockSizeProblems({ fields }: WrittenPool): Problem[] {
  const blockSize = positive(member(fields, 'blockSize'));
  const cidr = readCidr(text(member(fields, 'cidr')));
  if (blockSize === undefined || cidr === undefined) return [];
  const { least, most } = blockSizesOf(cidr.family);
  if (blockSize >= least && blockSize <= most) return [];
  return [
    {
      field: 'blockSize',
      message: `blockSize ${blockSize} of an ${cidr.family} pool is not between ${least} and ${most}`,
      help: `blockSize is the prefix length of the blocks that nodes get: ${cidr.family === 'IPv4' ? '26, which is 64 addresses,' : '122'} is the usual one`,
    },
  ];
}

function encapsulation(pool: WrittenPool): Problem[] {
  const { fields } = pool;
  const invalid = [...choiceProblem(pool, 'ipipMode', MODES), ...choiceProblem(pool, 'vxlanMode', MODES)];
  if (invalid.length > 0) return invalid;
  const ipip = modeOf(fields, 'ipipMode');
  const vxlan = modeOf(fields, 'vxlanMode');
  if (ipip !== undefined && vxlan !== undefined) {
    return [
      {
        field: 'vxlanMode',
        message: `ipipMode is ${ipip} and vxlanMode is ${vxlan}, and a pool has one encapsulation`,
        help: 'set one of them to Never, or leave it out',
      },
    ];
  }
  return ipip !== undefined && isIpv6(fields) ? [ipipOnIpv6('ipipMode', ipip)] : [];
}

function installationEncapsulation(pool: WrittenPool): Problem[] {
  const { object, fields } = pool;
  const invalid = choiceProblem(pool, 'encapsulation', ENCAPSULATIONS);
  if (invalid.length > 0) return invalid;
  const mode = text(member(fields, 'encapsulation')) ?? '';
  const isIpip = mode.startsWith('IPIP');
  if (isIpip && isIpv6(fields)) return [ipipOnIpv6('encapsulation', mode)];
  if (isIpip && at(object.manifest, 'spec', 'calicoNetwork', 'bgp') === 'Disabled') {
    return [
      {
        field: 'encapsulation',
        message: `encapsulation ${mode} needs BGP to tell nodes of each other's blocks, and spec.calicoNetwork.bgp is Disabled`,
        help: 'use VXLAN or VXLANCrossSubnet, or set bgp: Enabled',
      },
    ];
  }
  return [];
}

function ipipOnIpv6(field: string, mode: string): Problem {
  return {
    field,
    message: `${field} is ${mode}, and IP-in-IP carries IPv4 only`,
    help: 'use VXLAN for an IPv6 pool, or no encapsulation',
  };
}

function selectorProblems({ fields }: WrittenPool): Problem[] {
  return ['nodeSelector', 'namespaceSelector'].flatMap((field) => {
    const selector = text(member(fields, field));
    if (selector === undefined) return [];
    if (selector.length > LONGEST_POOL_SELECTOR) {
      return [
        {
          field,
          message: `${field} has ${selector.length} characters, and at most ${LONGEST_POOL_SELECTOR} are allowed`,
          help: 'label the objects with what they have in common, and select that label',
        },
      ];
    }
    if (!usesGlobal(selector)) return [];
    return [
      {
        field,
        message: `${field} uses global(), which only rules of policies may`,
        help: `use all(), or leave ${field} out`,
      },
    ];
  });
}

function useProblems({ fields, ofInstallation }: WrittenPool): Problem[] {
  const uses = list(member(fields, 'allowedUses'));
  const unknown = uses.find((use) => typeof use === 'string' && !USES.includes(use));
  if (typeof unknown === 'string') {
    return [choice('allowedUses', unknown, USES)];
  }
  const found: Problem[] = [];
  if (uses.includes('Tunnel') && (text(member(fields, 'namespaceSelector')) ?? '') !== '') {
    found.push({
      field: 'namespaceSelector',
      message: 'namespaceSelector is given for a pool with the use Tunnel, and tunnel devices are in no namespace',
      help: 'leave Tunnel out of allowedUses, or leave namespaceSelector out',
    });
  }
  if (!uses.includes('LoadBalancer')) return found;
  if (uses.some((use) => use !== 'LoadBalancer')) {
    found.push({
      field: 'allowedUses',
      message: 'allowedUses has LoadBalancer beside other uses',
      help: 'give load balancers a pool of their own, with allowedUses: [LoadBalancer]',
    });
  }
  const encapsulated = (ofInstallation ? [] : ['ipipMode', 'vxlanMode']).find((field) => modeOf(fields, field));
  if (encapsulated !== undefined) {
    found.push({
      field: encapsulated,
      message: `${encapsulated} is set for a pool of load balancer addresses, which no node encapsulates`,
      help: `leave ${encapsulated} out`,
    });
  }
  const nodeSelector = text(member(fields, 'nodeSelector'));
  if (selectsSomeNodes(nodeSelector)) {
    found.push({
      field: 'nodeSelector',
      message: 'nodeSelector is set for a pool of load balancer addresses, which belong to no node',
      help: 'leave nodeSelector out, or set it to all()',
    });
  }
  if (member(fields, 'disableBGPExport') === true) {
    found.push({
      field: 'disableBGPExport',
      message: 'disableBGPExport is true for a pool of load balancer addresses, which have to be announced',
      help: 'leave disableBGPExport out',
    });
  }
  return found;
}

function choiceProblem({ fields }: WrittenPool, field: string, choices: readonly string[]): Problem[] {
  const value = text(member(fields, field));
  return value === undefined || value === '' || choices.includes(value) ? [] : [choice(field, value, choices)];
}

function choice(field: string, value: string, choices: readonly string[]): Problem {
  const sameWord = choices.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  return {
    field,
    message: `${field} ${JSON.stringify(value)} is not one of ${choices.join(', ')}`,
    help: sameWord === undefined ? `use one of ${choices.join(', ')}` : `write ${sameWord}: case matters`,
    ...(sameWord !== undefined && { set: sameWord }),
  };
}

/** Undefined for no encapsulation. */
function modeOf(fields: unknown, field: string): string | undefined {
  const mode = text(member(fields, field));
  return encapsulates(mode) ? mode : undefined;
}

function isIpv6(fields: unknown): boolean {
  return readCidr(text(member(fields, 'cidr')))?.family === 'IPv6';
}
