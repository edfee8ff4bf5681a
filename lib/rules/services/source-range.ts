import type { Problem } from '../../finding/problem';
import { at, type ClusterFacts, flatMap, list, member, type Service, textMap } from '../../model';
import { checkEach } from '../field-problem';
import { readCidrText } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** `loadBalancerSourceRanges` and the annotation that was there before it; white space around a range is allowed (ValidateService). */
export const sourceRange: NetworkRule = {
  code: 'NL237',
  slug: 'source-range',
  fixable: true,
  severity: 'error',
  title: 'A source range of a load balancer is not a CIDR',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function serviceProblems({ object, type }: Service, facts: ClusterFacts): readonly Problem[] {
  // On other types the field itself is the problem.
  if (type !== 'LoadBalancer') return [];
  const ranges = list(at(object.manifest, 'spec', 'loadBalancerSourceRanges'));
  if (ranges.length > 0) {
    return flatMap(
      ranges,
      (range, index) =>
        readCidrText('source range', trimmed(range), ['spec', 'loadBalancerSourceRanges', index], facts).problems,
    );
  }
  const annotations = textMap(member(member(object.manifest, 'metadata'), 'annotations'));
  const annotated = annotations.get(ANNOTATION)?.trim() ?? '';
  if (annotated === '') return [];
  return (
    flatMap(
      annotated.split(','),
      (range) => readCidrText('source range', range.trim(), ['metadata', 'annotations', ANNOTATION], facts).problems,
    )
      // All ranges of the annotation are one text.
      .map((problem) => ({ ...problem, fix: undefined }))
  );
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
