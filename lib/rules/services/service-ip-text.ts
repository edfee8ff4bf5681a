import type { Problem } from '../../finding/problem';
import { type ClusterFacts, concat, flatMap, list, member, type Service } from '../../model';
import { checkEach, isSet } from '../field-problem';
import { readIpText } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** How addresses are written: KEP-4858 (strict IP and CIDR validation). */
export const serviceIpText: NetworkRule = {
  code: 'NL240',
  slug: 'service-ip-text',
  fixable: true,
  severity: 'error',
  title: 'A cluster address of a Service is no IP address, or is written in a way that programs read differently',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object, type }: Service, facts: ClusterFacts): readonly Problem[] {
  if (type === 'ExternalName') return [];
  const spec = member(object.manifest, 'spec');
  const clusterIp = member(spec, 'clusterIP');
  const first = list(member(spec, 'clusterIPs')).at(0);
  const single = isNone(clusterIp)
    ? []
    : readIpText('clusterIP', clusterIp, ['spec', 'clusterIP'], facts).problems.map((problem) =>
        first === clusterIp ? withFirstOfAll(problem) : problem,
      );
  const several = flatMap(list(member(spec, 'clusterIPs')), (value, index) =>
    // The first one repeats clusterIP.
    (index === 0 && (isNone(value) || value === clusterIp)) || value === 'None'
      ? []
      : readIpText(`clusterIPs[${index}]`, value ?? '', ['spec', 'clusterIPs', index], facts).problems,
  );
  return concat(single, several);
}

/** The first of clusterIPs must stay the same as clusterIP. */
function withFirstOfAll(problem: Problem): Problem {
  return {
    ...problem,
    fix: problem.fix && flatMap(problem.fix, (edit) => [edit, { ...edit, field: ['spec', 'clusterIPs', 0] }]),
  };
}

function isNone(value: unknown): boolean {
  return !isSet(value) || value === '' || value === 'None';
}
