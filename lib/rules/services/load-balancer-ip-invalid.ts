import { at, nonEmpty, type Service } from '../../model';
import { addressProblem } from '../address-problem';
import { checkEach, type FieldProblem } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** The API server takes any text (ServiceSpec, `loadBalancerIP`); the load balancer does not, and the Service stays pending. */
export const loadBalancerIpInvalid: NetworkRule = {
  code: 'NL261',
  slug: 'load-balancer-ip-invalid',
  severity: 'error',
  title: 'The load balancer address of a Service is no IP address',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

/** A name, which some clouds take for the name of a reserved address. */
const NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

function serviceProblems({ object, type }: Service): FieldProblem[] {
  const value = nonEmpty(at(object.manifest, 'spec', 'loadBalancerIP'));
  if (value === undefined || type !== 'LoadBalancer') return [];
  const problem = addressProblem(value);
  if (problem === undefined) return [];
  return [
    {
      field: ['spec', 'loadBalancerIP'],
      ...(NAME.test(value) && { severity: 'warning' as const }),
      message: `loadBalancerIP: ${problem.reason}`,
      help: problem.help,
    },
  ];
}
