import type { Problem } from '../../finding/problem';
import { at, concat, type FieldPath, flatMap, list, member, positive, type Service, textMap } from '../../model';
import { nearestWord } from '../../plan';
import { checkEach, inRightCase, isNoText, isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** What ValidateService of pkg/apis/core/validation lets each type have. */
export const serviceTypeField: NetworkRule = {
  code: 'NL234',
  slug: 'service-type-field',
  fixable: true,
  severity: 'error',
  title: 'A Service has a field that its type does not allow',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function serviceProblems(service: Service): readonly Problem[] {
  const spec = member(service.object.manifest, 'spec');
  const type = member(spec, 'type');
  if (isSet(type) && type !== '' && !TYPES.some((known) => known === type)) return [unknownType(type)];
  return concat(
    externalNameProblems(service, spec),
    headlessProblems(service, spec),
    nodePortProblems(service, spec),
    loadBalancerProblems(service, spec),
    externalTrafficProblems(service, spec),
  );
}

function unknownType(type: unknown): Problem {
  const near = typeof type === 'string' ? nearestWord(type, TYPES) : null;
  return {
    field: ['spec', 'type'],
    message: `type is ${shown(type)}, and must be ${oneOf(TYPES)}`,
    help: near === null ? 'a headless Service is a ClusterIP Service with clusterIP: None' : `write ${near}`,
    ...inRightCase(['spec', 'type'], type, TYPES),
  };
}

function externalNameProblems({ type }: Service, spec: unknown): readonly Problem[] {
  if (type !== 'ExternalName') return [];
  const written = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].filter((name) =>
    // Only the policy is a pointer in the API, so that an empty text is a value.
    name === 'ipFamilyPolicy' ? isSet(member(spec, name)) : isFilled(member(spec, name)),
  );
  return written.map((name) => ({
    field: ['spec', name],
    message: `${name} is set, and an ExternalName Service has no address`,
    help: `remove ${name}, or the type`,
  }));
}

function isFilled(value: unknown): boolean {
  return isSet(value) && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function headlessProblems({ type }: Service, spec: unknown): readonly Problem[] {
  if (type !== 'NodePort' && type !== 'LoadBalancer') return [];
  const none: FieldPath | undefined =
    member(spec, 'clusterIP') === 'None'
      ? ['spec', 'clusterIP']
      : list(member(spec, 'clusterIPs')).at(0) === 'None'
        ? ['spec', 'clusterIPs', 0]
        : undefined;
  if (none === undefined) return [];
  return [
    {
      field: none,
      message: `clusterIP is None, and a ${type} Service needs a cluster address`,
      help: `remove it, or the type ${type}`,
    },
  ];
}

function nodePortProblems({ type, headless }: Service, spec: unknown): readonly Problem[] {
  if (type !== 'ClusterIP') return [];
  return flatMap(list(member(spec, 'ports')), (port, index) => {
    const nodePort = positive(member(port, 'nodePort'));
    if (nodePort === undefined) return [];
    return [
      {
        field: ['spec', 'ports', index, 'nodePort'],
        message: `nodePort ${nodePort} is set, and ${headless ? 'a headless' : 'a ClusterIP'} Service has no node ports`,
        help: headless ? 'remove nodePort' : 'remove nodePort, or set type: NodePort',
      },
    ];
  });
}

function loadBalancerProblems({ type, object }: Service, spec: unknown): readonly Problem[] {
  if (type === 'LoadBalancer') return [];
  const fields: readonly (readonly [string, boolean])[] = [
    ['loadBalancerSourceRanges', isFilled(member(spec, 'loadBalancerSourceRanges'))],
    ['loadBalancerClass', isSet(member(spec, 'loadBalancerClass'))],
    ['allocateLoadBalancerNodePorts', isSet(member(spec, 'allocateLoadBalancerNodePorts'))],
  ];
  const written: { readonly name: string; readonly field: FieldPath }[] = [
    ...flatMap(fields, ([name, set]) => (set ? [{ name, field: ['spec', name] }] : [])),
  ];
  const annotated =
    textMap(at(object.manifest, 'metadata', 'annotations')).has(SOURCE_RANGES_ANNOTATION) &&
    !isFilled(member(spec, 'loadBalancerSourceRanges'));
  if (annotated) {
    written.push({
      name: `the annotation ${SOURCE_RANGES_ANNOTATION}`,
      field: ['metadata', 'annotations', SOURCE_RANGES_ANNOTATION],
    });
  }
  return written.map(({ name, field }) => ({
    field,
    message: `${name} is set, and the type of the Service is ${type}`,
    help: `${name} is for type LoadBalancer only: remove it, or set that type`,
  }));
}

function externalTrafficProblems({ type, externalTrafficPolicy }: Service, spec: unknown): readonly Problem[] {
  const reachable =
    type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && isFilled(member(spec, 'externalIPs')));
  const problems: Problem[] = [];
  if (!reachable && isFilled(member(spec, 'externalTrafficPolicy'))) {
    problems.push({
      field: ['spec', 'externalTrafficPolicy'],
      message: `externalTrafficPolicy is set, and nothing reaches this ${type} Service from outside`,
      help: 'remove it, or set type NodePort or LoadBalancer; for traffic from inside there is internalTrafficPolicy',
    });
  }
  const healthChecked =
    type === 'LoadBalancer' && (externalTrafficPolicy === 'Local' || isNoText(member(spec, 'externalTrafficPolicy')));
  if (!healthChecked && isSet(member(spec, 'healthCheckNodePort')) && member(spec, 'healthCheckNodePort') !== 0) {
    problems.push({
      field: ['spec', 'healthCheckNodePort'],
      message: 'healthCheckNodePort is set, and is only for type LoadBalancer with externalTrafficPolicy Local',
      help: 'remove it, or set both',
    });
  }
  return problems;
}
