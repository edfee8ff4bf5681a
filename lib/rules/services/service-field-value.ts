import type { Problem } from '../../finding/problem';
import { at, type ClusterFacts, concat, isQualifiedName, member, type Service, textMap } from '../../model';
import { nearestWord } from '../../plan';
import { checkEach, inRightCase, isSet, oneOf, shown, withoutEmpty } from '../field-problem';
import { isAtLeast } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** Fields of ServiceSpec with a closed set of values, and the form of `loadBalancerClass` (ValidateService). */
export const serviceFieldValue: NetworkRule = {
  code: 'NL238',
  slug: 'service-field-value',
  fixable: true,
  severity: 'error',
  title: 'A field of a Service has a value that the API server does not know',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const POLICIES = ['Cluster', 'Local'];
/** KEP-4444 and KEP-3015. */
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
/** Beta, and so on by default, since Kubernetes 1.34. */
const NEWER_DISTRIBUTIONS: ReadonlySet<string> = new Set(['PreferSameZone', 'PreferSameNode']);
const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

function serviceProblems({ object, type }: Service, facts: ClusterFacts): readonly Problem[] {
  const spec = member(object.manifest, 'spec');
  const known = (name: string, words: readonly string[]): readonly Problem[] =>
    unknownWord(name, member(spec, name), words);
  return concat(
    known('internalTrafficPolicy', POLICIES), // The one of them that is no pointer in the API: the empty text is no value.
    member(spec, 'externalTrafficPolicy') === '' ? [] : known('externalTrafficPolicy', POLICIES),
    known('trafficDistribution', DISTRIBUTIONS),
    tooNewProblems(member(spec, 'trafficDistribution'), facts),
    type === 'LoadBalancer' ? classProblems(member(spec, 'loadBalancerClass')) : [],
    topologyProblems(textMap(at(object.manifest, 'metadata', 'annotations'))),
  );
}

function unknownWord(name: string, value: unknown, words: readonly string[]): readonly Problem[] {
  if (!isSet(value) || words.some((word) => word === value)) return [];
  const near = typeof value === 'string' ? nearestWord(value, words) : null;
  return [
    {
      field: ['spec', name],
      message: `${name} is ${shown(value)}, and must be ${oneOf(words)}`,
      help: near === null ? `write one of them, or leave ${name} out` : `write ${near}`,
      ...inRightCase(['spec', name], value, words),
      ...withoutEmpty(['spec', name], value),
    },
  ];
}

function tooNewProblems(value: unknown, facts: ClusterFacts): readonly Problem[] {
  if (typeof value !== 'string' || !NEWER_DISTRIBUTIONS.has(value) || isAtLeast(facts, 34)) return [];
  return [
    {
      field: ['spec', 'trafficDistribution'],
      message: `trafficDistribution is ${shown(value)}, which is known since Kubernetes 1.34, and the cluster has ${facts.kubernetesVersion ?? 'an older one'}`,
      help: 'write PreferClose, the older name of PreferSameZone',
    },
  ];
}

function classProblems(value: unknown): readonly Problem[] {
  if (!isSet(value) || (typeof value === 'string' && isQualifiedName(value))) return [];
  return [
    {
      field: ['spec', 'loadBalancerClass'],
      message: `loadBalancerClass is ${shown(value)}, which is not a qualified name`,
      help: 'use the name that the load balancer implementation gives, such as example.com/internal',
    },
  ];
}

function topologyProblems(annotations: ReadonlyMap<string, string>): readonly Problem[] {
  const hints = annotations.get(TOPOLOGY_HINTS);
  const mode = annotations.get(TOPOLOGY_MODE);
  if (hints === undefined || mode === undefined || hints === mode) return [];
  return [
    {
      field: ['metadata', 'annotations', TOPOLOGY_MODE],
      message: `the annotation ${TOPOLOGY_MODE} is ${shown(mode)}, and ${TOPOLOGY_HINTS} is ${shown(hints)}`,
      help: `remove ${TOPOLOGY_HINTS}, the older name of the same thing`,
    },
  ];
}
