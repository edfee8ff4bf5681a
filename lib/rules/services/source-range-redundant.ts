import { formatCidr, nearestContainers } from '../../address';
import { at, below, type FieldPath, flatMap, list, readMaskedCidr, type Service, text, textMap } from '../../model';
import { append } from '../../model/lookup';
import type { Problem } from '../../finding/problem';
import { checkEach } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** Each range lets its sources in, so that the largest decides (GetLoadBalancerSourceRanges of k8s.io/cloud-provider, kube-proxy). */
export const sourceRangeRedundant: NetworkRule = {
  code: 'NL268',
  slug: 'source-range-redundant',
  severity: 'warning',
  title: 'A source range of a load balancer contains others, which then restrict nothing',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const LISTED = 3;

interface WrittenRange {
  readonly written: string;
  readonly path: FieldPath;
}

function serviceProblems({ object, type }: Service): readonly Problem[] {
  if (type !== 'LoadBalancer') return [];
  const ranges = flatMap(writtenRanges(object.manifest), ({ written, path }) => {
    const cidr = readMaskedCidr(written.trim());
    return cidr === undefined ? [] : [{ cidr, path }];
  });
  const inside = new Map<(typeof ranges)[number], string[]>();
  const outermost = new Map<(typeof ranges)[number], (typeof ranges)[number]>();
  // Sorted, so that a container comes before what it contains.
  for (const { item, container } of nearestContainers(ranges, ({ cidr }) => cidr)) {
    const top = container === null ? item : (outermost.get(container) ?? container);
    outermost.set(item, top);
    if (top !== item) append(inside, top, formatCidr(item.cidr));
  }
  return [...inside].map(([{ cidr, path }, others]) => ({
    field: path,
    message: `source range ${formatCidr(cidr)} contains ${listed(others)}, which ${others.length === 1 ? 'restricts' : 'restrict'} nothing then`,
    help:
      cidr.prefix === 0
        ? `leave ${formatCidr(cidr)} out, which lets everybody in, or leave out the others`
        : 'leave out the larger one, or those that lie inside of it',
  }));
}

/** The annotation is older, and counts where the field is empty. */
function writtenRanges(manifest: unknown): readonly WrittenRange[] {
  const field = ['spec', 'loadBalancerSourceRanges'];
  const ranges = list(at(manifest, ...field));
  if (ranges.length > 0)
    return ranges.map((range, index) => ({ written: text(range) ?? '', path: below(field, index) }));
  const annotated = textMap(at(manifest, 'metadata', 'annotations')).get(ANNOTATION) ?? '';
  return annotated.split(',').map((written) => ({ written, path: ['metadata', 'annotations', ANNOTATION] }));
}

function listed(texts: readonly string[]): string {
  const more = texts.length - LISTED;
  return texts.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
