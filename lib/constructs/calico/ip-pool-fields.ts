import { type Cidr, formatCidr } from '../../address';
import {
  blockSizesOf,
  encapsulates,
  linkLocalRangeIn,
  LONGEST_POOL_SELECTOR,
  selectsSomeNodes,
  usesGlobal,
} from '../../syntax/calico-pool';
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

/** What Calico would refuse, in the terms of the props. */
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
  const { least, most, usual } = blockSizesOf(cidr.family);
  const size = blockSize ?? usual;
  const linkLocal = linkLocalRangeIn(cidr);
  return [
    ...(linkLocal === undefined
      ? []
      : [
          {
            message: `cidr ${formatCidr(cidr)} touches ${formatCidr(linkLocal)}, whose addresses are link-local`,
            help: 'give a range that is routed',
          },
        ]),
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
    ...(encapsulates(ipipMode) && encapsulates(vxlanMode)
      ? [
          {
            message: `ipipMode is ${ipipMode} and vxlanMode is ${vxlanMode}, and a pool has one encapsulation`,
            help: 'leave one of them out',
          },
        ]
      : []),
    ...(encapsulates(ipipMode) && cidr?.family === 'IPv6'
      ? [
          {
            message: `ipipMode is ${ipipMode}, and IP-in-IP carries IPv4 only, not ${formatCidr(cidr)}`,
            help: 'use vxlanMode, or leave ipipMode out',
          },
        ]
      : []),
  ];
}

export function selectorProblems(field: string, selector: string | undefined): ObjectProblem[] {
  if (selector === undefined) return [];
  return [
    ...(selector.length <= LONGEST_POOL_SELECTOR
      ? []
      : [
          {
            message: `${field} has ${selector.length} characters, and at most ${LONGEST_POOL_SELECTOR} are allowed`,
            help: 'label the objects with what they have in common, and select that label',
          },
        ]),
    ...(usesGlobal(selector)
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
    ...(encapsulates(pool.ipipMode) ? ['ipipMode'] : []),
    ...(encapsulates(pool.vxlanMode) ? ['vxlanMode'] : []),
    ...(pool.disableBgpExport ? ['disableBgpExport'] : []),
    ...(selectsSomeNodes(pool.nodeSelector) ? ['nodeSelector'] : []),
  ];
  return refused.map((what) => ({
    message: `the pool has the use LoadBalancer together with ${what}`,
    help: 'give load balancers a pool of their own, without encapsulation, node selector and disableBgpExport',
  }));
}
