import { cidrsOverlap, formatCidr, parseCidr, type Cidr } from '../../address';
import { integerProblems, readCidr, repeated, type ObjectProblem } from '../object-problem';

/** The fields of an IPPool that limit each other. */
export interface IpPoolFields {
  readonly cidr: string;
  readonly blockSize?: number;
  readonly ipipMode?: string;
  readonly vxlanMode?: string;
  readonly disabled?: boolean;
  readonly disableBgpExport?: boolean;
  readonly nodeSelector?: string;
  readonly namespaceSelector?: string;
  readonly allowedUses?: readonly string[];
}

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);
const BLOCK_SIZES = { IPv4: { least: 20, most: 32, usual: 26 }, IPv6: { least: 116, most: 128, usual: 122 } } as const;
const SELECTOR_LENGTH = 1024;

/** The rules of Calico's IPPool (api/pkg/apis/projectcalico/v3/ippool.go, libcalico-go clientv3/ippool.go). */
export function ipPoolProblems(pool: IpPoolFields): ObjectProblem[] {
  const { value: cidr, problems } = readCidr('cidr', pool.cidr);
  return [
    ...problems,
    ...(cidr === undefined ? [] : rangeProblems(cidr, pool)),
    ...encapsulationProblems(pool, cidr),
    ...selectorProblems('nodeSelector', pool.nodeSelector),
    ...selectorProblems('namespaceSelector', pool.namespaceSelector),
    ...useProblems(pool),
  ];
}

function rangeProblems(cidr: Cidr, { blockSize, disabled = false }: IpPoolFields): ObjectProblem[] {
  const { least, most, usual } = BLOCK_SIZES[cidr.family];
  const size = blockSize ?? usual;
  return [
    ...LINK_LOCAL.filter((linkLocal) => cidrsOverlap(linkLocal, cidr)).map((linkLocal) => ({
      message: `cidr ${formatCidr(cidr)} touches ${formatCidr(linkLocal)}, whose addresses are link-local`,
      help: 'give a range that is routed',
    })),
    ...integerProblems('blockSize', size, least, most),
    ...(size >= cidr.prefix || disabled
      ? []
      : [
          {
            message: `cidr ${formatCidr(cidr)} is smaller than a block: blockSize is ${size}`,
            help: `give a larger cidr, or a blockSize from ${Math.max(cidr.prefix, least)} to ${most}`,
          },
        ]),
  ];
}

function encapsulationProblems({ ipipMode, vxlanMode }: IpPoolFields, cidr: Cidr | undefined): ObjectProblem[] {
  return [
    ...(isOn(ipipMode) && isOn(vxlanMode)
      ? [
          {
            message: `ipipMode is ${String(ipipMode)} and vxlanMode is ${String(vxlanMode)}, and a pool has one encapsulation`,
            help: 'leave one of them out',
          },
        ]
      : []),
    ...(isOn(ipipMode) && cidr?.family === 'IPv6'
      ? [
          {
            message: `ipipMode is ${String(ipipMode)}, and IP-in-IP carries IPv4 only, not ${formatCidr(cidr)}`,
            help: 'use vxlanMode, or leave ipipMode out',
          },
        ]
      : []),
  ];
}

function isOn(mode: string | undefined): boolean {
  return mode !== undefined && mode !== 'Never';
}

export function selectorProblems(field: string, selector: string | undefined): ObjectProblem[] {
  if (selector === undefined) return [];
  return [
    ...(selector.length <= SELECTOR_LENGTH
      ? []
      : [
          {
            message: `${field} has ${selector.length} characters, and at most ${SELECTOR_LENGTH} are allowed`,
            help: 'label the objects with what they have in common, and select that label',
          },
        ]),
    ...(/\bglobal\s*\(/.test(selector)
      ? [
          {
            message: `${field} uses global(), which only rules of policies may`,
            help: `use all(), or leave ${field} out`,
          },
        ]
      : []),
  ];
}

function useProblems(pool: IpPoolFields): ObjectProblem[] {
  const { allowedUses, namespaceSelector } = pool;
  if (allowedUses === undefined) return [];
  return [
    ...(allowedUses.length > 0
      ? []
      : [
          {
            message: 'allowedUses is empty, which Calico takes for Workload and Tunnel',
            help: 'leave it out if that is meant; disabled: true gives addresses to nothing',
          },
        ]),
    ...repeated(allowedUses).map((use) => ({ message: `${use} stands twice in allowedUses`, help: 'name it once' })),
    ...(allowedUses.includes('Tunnel') && namespaceSelector !== undefined
      ? [
          {
            message:
              'namespaceSelector is given for a pool with the use Tunnel, and tunnel devices are in no namespace',
            help: 'set allowedUses: [IpPoolUse.WORKLOAD], or leave namespaceSelector out',
          },
        ]
      : []),
    ...(allowedUses.includes('LoadBalancer') ? loadBalancerProblems(pool, allowedUses) : []),
  ];
}

function loadBalancerProblems(pool: IpPoolFields, allowedUses: readonly string[]): ObjectProblem[] {
  const refused = [
    ...(allowedUses.some((use) => use !== 'LoadBalancer') ? ['another use'] : []),
    ...(isOn(pool.ipipMode) ? ['ipipMode'] : []),
    ...(isOn(pool.vxlanMode) ? ['vxlanMode'] : []),
    ...(pool.disableBgpExport ? ['disableBgpExport'] : []),
    ...(pool.nodeSelector !== undefined && pool.nodeSelector !== 'all()' ? ['nodeSelector'] : []),
  ];
  return refused.map((what) => ({
    message: `the pool has the use LoadBalancer together with ${what}`,
    help: 'give load balancers a pool of their own, without encapsulation, node selector and disableBgpExport',
  }));
}
