import type { Problem } from '../../finding/problem';
import { at, type ModelObject, nonEmpty, readIpAddress, type Service, texts } from '../../model';
import { addressProblem } from '../address-problem';
import { checkEach } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** The API server takes any text (ServiceSpec, `loadBalancerIP`); the load balancer does not, and the Service stays pending. */
export const loadBalancerIpInvalid: NetworkRule = {
  code: 'NL261',
  slug: 'load-balancer-ip-invalid',
  severity: 'error',
  title: 'The load balancer address of a Service is no IP address, or one of another IP family',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

/** A name, which some clouds take for the name of a reserved address. */
const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

function serviceProblems({ object, type }: Service): readonly Problem[] {
  const value = nonEmpty(at(object.manifest, 'spec', 'loadBalancerIP'));
  if (value === undefined || type !== 'LoadBalancer') return [];
  const problem = addressProblem(value);
  if (problem === undefined) return familyProblems(object, value);
  return [
    {
      field: ['spec', 'loadBalancerIP'],
      ...(NAME.test(value) && { severity: 'warning' as const }),
      message: `loadBalancerIP: ${problem.message}`,
      help: problem.help,
    },
  ];
}

function familyProblems(object: ModelObject, value: string): readonly Problem[] {
  const family = readIpAddress(value)?.family;
  const families = texts(at(object.manifest, 'spec', 'ipFamilies')).filter((name) => name !== '');
  if (family === undefined || families.length === 0 || families.includes(family)) return [];
  return [
    {
      field: ['spec', 'loadBalancerIP'],
      message: `loadBalancerIP is ${value}, and the Service has ${families.join(' and ')} only`,
      help: `ask for an address of ${families.join(' and ')}, or add ${family} to ipFamilies`,
    },
  ];
}
