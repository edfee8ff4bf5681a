import type { Problem } from '../../finding/problem';
import { at, concat, flatMap, list, member, nonEmpty, positive, record, type Service } from '../../model';
import { checkEach, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** Fields of ServiceSpec that the API server stores for any type, and that have a meaning for one only. */
export const serviceFieldIgnored: NetworkRule = {
  code: 'NL260',
  slug: 'service-field-ignored',
  severity: 'warning',
  title: 'A Service has a field that means nothing for its type',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object, type, headless, externalIps }: Service): readonly Problem[] {
  const spec = member(object.manifest, 'spec');
  const isAlias = type === 'ExternalName';
  const externalName = nonEmpty(member(spec, 'externalName'));
  const loadBalancerIp = nonEmpty(member(spec, 'loadBalancerIP'));
  const selector = record(member(spec, 'selector'));
  return concat(
    externalName !== undefined && !isAlias
      ? [
          {
            field: ['spec', 'externalName'],
            message: `externalName ${shown(externalName)} is set, and the type of the Service is ${type}`,
            help: 'set type: ExternalName, or remove externalName: without that type the Service is no alias',
          },
        ]
      : [],
    loadBalancerIp !== undefined && type !== 'LoadBalancer'
      ? [
          {
            field: ['spec', 'loadBalancerIP'],
            message: `loadBalancerIP ${shown(loadBalancerIp)} is set, and the type of the Service is ${type}`,
            help: 'set type: LoadBalancer, or remove loadBalancerIP: nothing gives the Service this address',
          },
        ]
      : [],
    isAlias && selector !== undefined && Object.keys(selector).length > 0
      ? [
          {
            field: ['spec', 'selector'],
            message: 'an ExternalName Service has a selector, which selects nothing',
            help: 'remove the selector, or the type: an alias in DNS leads to no pods',
          },
        ]
      : [],
    isAlias && list(member(spec, 'externalIPs')).length > 0
      ? [
          {
            field: ['spec', 'externalIPs'],
            message: 'externalIPs are set, and no node takes traffic for an ExternalName Service',
            help: 'remove externalIPs',
          },
        ]
      : [],
    isAlias ? nodePortProblems(object.manifest) : [],
    headless ? headlessProblems(spec, externalIps.length > 0) : [],
  );
}

/** The API server warns of these (GetWarningsForService): no proxy looks at a Service without an address. */
function headlessProblems(spec: unknown, hasExternalIps: boolean): readonly Problem[] {
  const affinity = nonEmpty(member(spec, 'sessionAffinity')) ?? 'None';
  return concat(
    affinity === 'None'
      ? []
      : [
          {
            field: ['spec', 'sessionAffinity'],
            message: `sessionAffinity ${shown(affinity)} is set, and the Service is headless: its clients choose an endpoint themselves`,
            help: 'remove sessionAffinity, or clusterIP: None',
          },
        ],
    hasExternalIps
      ? [
          {
            field: ['spec', 'externalIPs'],
            message: 'externalIPs are set, and the Service is headless: no node takes their traffic',
            help: 'remove externalIPs, or clusterIP: None',
          },
        ]
      : [],
  );
}

function nodePortProblems(manifest: unknown): readonly Problem[] {
  return flatMap(list(at(manifest, 'spec', 'ports')), (port, index) => {
    const nodePort = positive(member(port, 'nodePort'));
    return nodePort === undefined
      ? []
      : [
          {
            field: ['spec', 'ports', index, 'nodePort'],
            message: `nodePort ${nodePort} is set, and no node listens for an ExternalName Service`,
            help: 'remove nodePort',
          },
        ];
  });
}
