import {
  cidrContains,
  cidrSize,
  compareCidrs,
  formatCidr,
  lastAddress,
  nearestContainers,
  rangeToCidrs,
  type AddressRange,
  type AddressSet,
  type Cidr,
} from '../address';
import { finding, type Finding } from '../finding/finding';
import type { FreeSpace } from './fleet-plan';
import { SUPERNET_OVERLAP } from './rules';
import type { Supernet } from './spec';

/** The supernets that lie in no other, sorted; each of the rest is a finding and adds nothing. */
export function outermostSupernets(supernets: readonly Supernet[]): { outermost: Supernet[]; findings: Finding[] } {
  const outermost: Supernet[] = [];
  const findings: Finding[] = [];
  for (const { item, container } of nearestContainers(supernets, ({ cidr }) => cidr)) {
    if (container === null) {
      outermost.push(item);
      continue;
    }
    const text = formatCidr(item.cidr);
    const twice = compareCidrs(item.cidr, container.cidr) === 0;
    findings.push(
      finding(SUPERNET_OVERLAP, {
        message: twice
          ? `supernet ${text} is listed twice`
          : `supernet ${text} lies inside supernet ${formatCidr(container.cidr)}`,
        help: 'remove one of the two: the outer one has all addresses of the inner one',
        specPath: item.specPath,
        related: [
          {
            message: `supernet ${formatCidr(container.cidr)}`,
            object: null,
            origin: null,
            specPath: container.specPath,
          },
        ],
      }),
    );
  }
  return { outermost, findings };
}

/** The supernet that contains the CIDR, or null. `supernets` are sorted and disjoint. */
export function supernetOf(supernets: readonly Cidr[], cidr: Cidr): Cidr | null {
  let low = 0;
  let high = supernets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCidrs(supernets[middle], cidr) <= 0) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return null;
  const candidate = supernets[low - 1];
  return cidrContains(candidate, cidr) ? candidate : null;
}

/** The maximal free blocks of each supernet; none reaches from one supernet into the next. `supernets` are sorted and disjoint. */
export function freeBySupernet(supernets: readonly Cidr[], free: AddressSet): Map<Cidr, Cidr[]> {
  const blocks = new Map<Cidr, Cidr[]>();
  let start = 0;
  for (const supernet of supernets) {
    const cidrs: Cidr[] = [];
    while (start < free.ranges.length && endsBefore(free.ranges[start], supernet)) start++;
    for (let index = start; index < free.ranges.length; index++) {
      const part = within(free.ranges[index], supernet);
      if (part === null) break;
      for (const cidr of rangeToCidrs(part)) cidrs.push(cidr);
    }
    blocks.set(supernet, cidrs);
  }
  return blocks;
}

export function freeSpace(supernet: Cidr, free: readonly Cidr[]): FreeSpace {
  const left = free.reduce((sum, cidr) => sum + cidrSize(cidr), 0n);
  const size = cidrSize(supernet);
  return {
    supernet: formatCidr(supernet),
    cidrs: free.map(formatCidr),
    utilisation: Number(((size - left) * UTILISATION_STEPS) / size) / Number(UTILISATION_STEPS),
  };
}

const UTILISATION_STEPS = 1_000_000n;

function endsBefore(range: AddressRange, cidr: Cidr): boolean {
  return range.family === cidr.family ? range.last < cidr.base : range.family === 'IPv4';
}

/** The part of the range inside the CIDR, null if the range starts after it. */
function within(range: AddressRange, cidr: Cidr): AddressRange | null {
  const last = lastAddress(cidr);
  if (range.family !== cidr.family || range.first > last) return null;
  return {
    family: cidr.family,
    first: range.first > cidr.base ? range.first : cidr.base,
    last: range.last < last ? range.last : last,
  };
}
