import { type Cidr, cidrsOverlap, formatCidr, type IpFamily, parseCidr } from '../address';
import type { Problem } from '../finding/problem';
import { selectorProblem } from './calico-selector';

/** What Calico's validation says of an IPPool (api/pkg/apis/projectcalico/v3/ippool.go, libcalico-go clientv3/ippool.go), and the operator's of a pool of an Installation. */

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);

/** The prefix lengths that the blocks of a pool may have, and the one they have if nothing is said. */
const BLOCK_SIZES: Record<IpFamily, { readonly least: number; readonly most: number; readonly usual: number }> = {
  IPv4: { least: 20, most: 32, usual: 26 },
  IPv6: { least: 116, most: 128, usual: 122 },
};

const LONGEST_SELECTOR = 1024;

/** What could be read of a pool; the names are those of the fields. */
export interface CalicoPool {
  readonly cidr?: Cidr;
  readonly blockSize?: number;
  readonly disabled?: boolean;
  readonly ipipMode?: string;
  readonly vxlanMode?: string;
  /** Of a pool of an Installation, instead of the two modes. */
  readonly encapsulation?: string;
  readonly disableBGPExport?: boolean;
  readonly nodeSelector?: string;
  readonly namespaceSelector?: string;
  readonly allowedUses?: readonly string[];
}

export function linkLocalProblems({ cidr }: CalicoPool): Problem[] {
  const linkLocal = cidr && LINK_LOCAL.find((range) => cidrsOverlap(range, cidr));
  if (cidr === undefined || linkLocal === undefined) return [];
  return [
    {
      field: ['cidr'],
      message: `cidr ${formatCidr(cidr)} touches ${formatCidr(linkLocal)}, whose addresses are link-local`,
      help: 'give the pool a range that is routed',
    },
  ];
}

export function usualBlockSize(family: IpFamily): number {
  return BLOCK_SIZES[family].usual;
}

/** A pool must hold at least one block, or no node gets addresses from it. */
export function smallPoolProblems({ cidr, blockSize, disabled = false }: CalicoPool): Problem[] {
  if (cidr === undefined || disabled) return [];
  const { least, most, usual } = BLOCK_SIZES[cidr.family];
  const size = blockSize ?? usual;
  if (size >= cidr.prefix) return [];
  return [
    {
      field: ['blockSize'],
      message: `${formatCidr(cidr)} is smaller than one block of /${size}`,
      help: `use a blockSize from ${Math.max(cidr.prefix, least)} to ${most}, or a larger pool`,
    },
  ];
}

/** What is wrong with the fields that limit each other. */
export function settingProblems(pool: CalicoPool): Problem[] {
  return [...blockSizeProblems(pool), ...encapsulationProblems(pool), ...useProblems(pool)];
}

function blockSizeProblems({ cidr, blockSize }: CalicoPool): Problem[] {
  if (blockSize === undefined || cidr === undefined) return [];
  const { least, most, usual } = BLOCK_SIZES[cidr.family];
  if (Number.isInteger(blockSize) && blockSize >= least && blockSize <= most) return [];
  return [
    {
      field: ['blockSize'],
      message: `blockSize ${blockSize} of an ${cidr.family} pool is no whole number from ${least} to ${most}`,
      help: `blockSize is the prefix length of the blocks that nodes get: ${usual}, which is 64 addresses, is the usual one`,
    },
  ];
}

function encapsulationProblems({ cidr, ...pool }: CalicoPool): Problem[] {
  const { ipipMode, vxlanMode, encapsulation } = pool;
  if (encapsulates(ipipMode) && encapsulates(vxlanMode)) {
    return [
      {
        field: ['vxlanMode'],
        message: `ipipMode is ${ipipMode} and vxlanMode is ${vxlanMode}, and a pool has one encapsulation`,
        help: 'set one of them to Never, or leave it out',
      },
    ];
  }
  const field = encapsulation?.startsWith('IPIP') ? 'encapsulation' : encapsulates(ipipMode) ? 'ipipMode' : undefined;
  if (field === undefined || cidr?.family !== 'IPv6') return [];
  return [
    {
      field: [field],
      message: `${field} is ${String(pool[field])}, and IP-in-IP carries IPv4 only, not ${formatCidr(cidr)}`,
      help: 'use VXLAN for an IPv6 pool, or no encapsulation',
    },
  ];
}

/** Whether a mode of ipipMode or vxlanMode puts packets into others. */
function encapsulates(mode: string | undefined): mode is string {
  return mode !== undefined && mode !== '' && mode !== 'Never';
}

function useProblems(pool: CalicoPool): Problem[] {
  const { allowedUses = [], namespaceSelector = '' } = pool;
  return [
    ...(allowedUses.includes('Tunnel') && namespaceSelector !== ''
      ? [
          {
            field: ['namespaceSelector'],
            message:
              'namespaceSelector is given for a pool with the use Tunnel, and tunnel devices are in no namespace',
            help: 'leave Tunnel out of allowedUses, or leave namespaceSelector out',
          },
        ]
      : []),
    ...(allowedUses.includes('LoadBalancer') ? loadBalancerProblems(pool, allowedUses) : []),
  ];
}

/** Addresses of load balancers belong to no node. */
function loadBalancerProblems(pool: CalicoPool, allowedUses: readonly string[]): Problem[] {
  const { nodeSelector = '', disableBGPExport = false } = pool;
  return [
    ...(allowedUses.some((use) => use !== 'LoadBalancer')
      ? [
          {
            field: ['allowedUses'],
            message: 'allowedUses has LoadBalancer beside other uses',
            help: 'give load balancers a pool of their own, with LoadBalancer as its only use',
          },
        ]
      : []),
    ...(['ipipMode', 'vxlanMode'] as const)
      .filter((field) => encapsulates(pool[field]))
      .map((field) => ({
        field: [field],
        message: `${field} is set for a pool of load balancer addresses, which no node encapsulates`,
        help: `leave ${field} out`,
      })),
    ...(nodeSelector === '' || nodeSelector === 'all()'
      ? []
      : [
          {
            field: ['nodeSelector'],
            message: 'nodeSelector is set for a pool of load balancer addresses, which belong to no node',
            help: 'leave nodeSelector out, or set it to all()',
          },
        ]),
    ...(disableBGPExport
      ? [
          {
            field: ['disableBGPExport'],
            message: 'disableBGPExport is true for a pool of load balancer addresses, which have to be announced',
            help: 'leave disableBGPExport out',
          },
        ]
      : []),
  ];
}

export function poolSelectorProblems(pool: Pick<CalicoPool, 'nodeSelector' | 'namespaceSelector'>): Problem[] {
  return (['nodeSelector', 'namespaceSelector'] as const).flatMap((field) => {
    const problem = selectorProblem(field, pool[field] ?? '', { longest: LONGEST_SELECTOR });
    return problem === undefined ? [] : [{ field: [field], ...problem }];
  });
}
