import { formatAddress } from '../../address';
import { apiGroup, at, concat, flatMap, member, readIpAddress } from '../../model';
import { shown } from '../field-problem';
import { isPathSegment, type ReferenceProblem, referenceProblems } from '../object-reference';
import type { NetworkRule } from '../network-rule';

/** ValidateIPAddressName and ValidateIPAddress (pkg/apis/networking/validation). */
export const invalidIpAddress: NetworkRule = {
  code: 'NL265',
  slug: 'invalid-ip-address',
  severity: 'error',
  layer: 'object',
  title: 'An IPAddress object that the API server refuses',
  check(model, report) {
    const ours = model.types.filter(
      ({ kind, apiVersion }) => kind === 'IPAddress' && apiGroup(apiVersion) === 'networking.k8s.io',
    );
    for (const object of flatMap(ours, ({ objects }) => objects)) {
      const { name } = object.ref;
      const address = readIpAddress(name);
      const canonical = address && formatAddress(address);
      if (canonical !== name) {
        report({
          on: object,
          field: ['metadata', 'name'],
          message: `the name ${shown(name)} is not an IP address in canonical form`,
          help: canonical === undefined ? 'name the object by its address, such as 10.96.0.20' : `write ${canonical}`,
        });
      }
      for (const { key, message } of parentProblems(at(object.manifest, 'spec', 'parentRef'))) {
        report({
          on: object,
          field: ['spec', 'parentRef', key],
          message,
          help: 'say whose address it is, such as { resource: services, namespace: shop, name: web }',
        });
      }
    }
  },
};

/** The group of a Service is the empty text. */
function parentProblems(parent: unknown): readonly ReferenceProblem[] {
  const problems = referenceProblems(parent, 'parentRef', { group: 'group', names: ['resource', 'name'] });
  const namespace = member(parent, 'namespace') ?? '';
  return concat(
    problems.filter(({ key }) => key !== 'group' || member(parent, 'group') !== ''),
    typeof namespace === 'string' && !isPathSegment(namespace)
      ? [{ key: 'namespace', message: `${shown(namespace)} is not the name of a namespace` }]
      : [],
  );
}
