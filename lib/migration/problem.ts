import { AddressError, type Cidr, formatCidr, parseCidr, rangeOfCidr } from '../address';
import type { RuledProblem } from '../finding/problem';
import { describeClaim, type RangeClaim } from '../plan';
import { indexRanges, overlapping } from '../plan/range-index';
import type { Distribution } from './terms';
import { MIGRATION_RANGE_TAKEN, MIGRATION_UNSUPPORTED, MIGRATION_VALUE } from './rules';

/** What a planner answers: problems, and a way to go unless one of them forbids it. */
export interface Planned<T> {
  readonly value: T | null;
  readonly problems: readonly RuledProblem[];
}

/** A value that was read, as far as it could be. */
export interface Read<T> {
  readonly value: T;
  readonly problems: readonly RuledProblem[];
}

export function invalid(message: string, help: string): RuledProblem {
  return { rule: MIGRATION_VALUE, message, help };
}

export function isError({ rule }: RuledProblem): boolean {
  return rule.severity === 'error';
}

/** The CIDRs of a list, without those that are none. */
export function readCidrs(field: string, texts: readonly string[]): Read<Cidr[]> {
  const read = texts.map((text, index) => readCidr(`${field}[${index}]`, text));
  return {
    value: read.flatMap(({ value }) => (value === null ? [] : [value])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

export function readCidr(field: string, text: string): Read<Cidr | null> {
  try {
    return { value: parseCidr(text), problems: [] };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return { value: null, problems: [invalid(`${field}: ${error.reason}`, error.help)] };
  }
}

/** A whole number in these limits, or a problem. */
export function countProblems(field: string, value: number, least: number, most: number): RuledProblem[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [
    invalid(
      `${field} is ${value}, which is not a whole number from ${least} to ${most}`,
      `set ${field} to a whole number from ${least} to ${most}`,
    ),
  ];
}

/** The first of the claims that shares an address with a range. */
export function claimAt(claims: readonly RangeClaim[]): (cidr: Cidr) => RangeClaim | undefined {
  const index = indexRanges(claims, ({ range }) => range);
  return (cidr) => {
    for (const claim of overlapping(index, rangeOfCidr(cidr))) return claim;
    return undefined;
  };
}

/** Ranges that somebody has already. */
export function takenProblems(cidrs: readonly Cidr[], others: readonly RangeClaim[]): RuledProblem[] {
  const ownerOf = claimAt(others);
  return cidrs.flatMap((cidr) => {
    const other = ownerOf(cidr);
    if (other === undefined) return [];
    return [
      {
        rule: MIGRATION_RANGE_TAKEN,
        message: `${formatCidr(cidr)} overlaps ${describeClaim(other)}`,
        help: 'choose a range that is free in the fleet',
      },
    ];
  });
}

/** The steps of a runbook are those of kubeadm: others keep their flags elsewhere, and some have no way at all. */
export function notKubeadm(distribution: Distribution): RuledProblem {
  const file = distribution === 'rke2' ? '/etc/rancher/rke2/config.yaml' : '/etc/rancher/k3s/config.yaml';
  return {
    rule: MIGRATION_UNSUPPORTED,
    message: `${distribution} made the control plane: it has no kubeadm-config and no static pods of kubeadm, and its cluster-cidr is settled when the first server starts`,
    help: `move the workloads to a new cluster whose ${file} has the ranges; no runbook is written for this one`,
  };
}
