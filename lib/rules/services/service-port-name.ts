import type { Severity } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { at, below, type FieldPath, flatMap, isDnsLabel, list, member, type Service } from '../../model';
import { checkEach, isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** Names tell the ports of a Service apart (validateServicePort of pkg/apis/core/validation). */
export const servicePortName: NetworkRule = {
  code: 'NL232',
  slug: 'service-port-name',
  severity: 'error',
  title: 'The ports of a Service have no names, the same name, or names that are no DNS labels',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object }: Service): readonly Problem[] {
  return portNameProblems(list(at(object.manifest, 'spec', 'ports')), ['spec', 'ports'], 'the Service');
}

/** Names are needed as soon as there are two ports. @param ofRepeated How bad it is that two ports have one name. */
export function portNameProblems(
  ports: readonly unknown[],
  path: FieldPath,
  owner: string,
  ofRepeated: Severity = 'error',
): readonly Problem[] {
  const seen = new Set<unknown>();
  return flatMap(ports, (port, index): readonly Problem[] => {
    const name = member(port, 'name');
    const field = below(path, index, 'name');
    if (!isSet(name) || name === '') {
      if (ports.length === 1) return [];
      return [
        {
          field: below(path, index),
          message: `the port has no name, and ${owner} has ${ports.length} ports`,
          help: 'name every port',
        },
      ];
    }
    if (typeof name !== 'string' || !isDnsLabel(name)) {
      return [
        {
          field,
          message: `the port name ${shown(name)} is not a DNS label`,
          help: 'use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it',
        },
      ];
    }
    if (seen.has(name)) {
      return [
        {
          field,
          severity: ofRepeated,
          message: `another port has the name ${shown(name)} too`,
          help: 'give each port a name of its own',
        },
      ];
    }
    seen.add(name);
    return [];
  });
}
