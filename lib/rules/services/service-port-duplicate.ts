import { at, flatMap, list, member, nonEmpty, positive, type Service } from '../../model';
import { checkEach } from '../field-problem';
import type { NetworkRule, Violation } from '../network-rule';

/** Port and protocol together are the key of a port (ValidateService of pkg/apis/core/validation). */
export const servicePortDuplicate: NetworkRule = {
  code: 'NL233',
  slug: 'service-port-duplicate',
  severity: 'error',
  title: 'A Service lists the same port and protocol twice',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object }: Service): readonly Omit<Violation, 'on'>[] {
  const first = new Map<string, number>();
  return flatMap(list(at(object.manifest, 'spec', 'ports')), (port, index): readonly Omit<Violation, 'on'>[] => {
    const number = positive(member(port, 'port'));
    if (number === undefined) return [];
    const key = `${number}/${nonEmpty(member(port, 'protocol')) ?? 'TCP'}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    return [
      {
        field: ['spec', 'ports', index],
        message: `port ${key} is listed twice`,
        related: [{ on: object, field: ['spec', 'ports', earlier], message: 'first listed here' }],
        help: 'a Service sends each port to one target: remove one of them, or give it another port',
      },
    ];
  });
}
