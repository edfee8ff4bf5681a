import type { Problem } from '../../finding/problem';
import { at, below, concat, type FieldPath, flatMap, list, member, nonEmpty } from '../../model';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { addressProblem } from '../address-problem';
import { isSet } from '../field-problem';
import { addressAsHost } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { withStructure } from '../structure/structure-problems';

/** The schema and the validation expressions of the CRD (apis/v1/gateway_types.go of kubernetes-sigs/gateway-api), and what implementations refuse. */
export const gatewayInvalid: NetworkRule = {
  code: 'NL430',
  slug: 'gateway-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A Gateway or a ListenerSet that the API server refuses',
  check(model, report) {
    const { gateways, listenerSets } = model.gatewayApi;
    for (const { object } of concat(gateways, listenerSets)) {
      const spec = member(object.manifest, 'spec');
      const own = concat(
        flatMap(list(member(spec, 'addresses')), (address, index) =>
          addressProblems(address, ['spec', 'addresses', index]),
        ),
        flatMap(list(member(spec, 'listeners')), (listener, index) =>
          listenerProblems(listener, ['spec', 'listeners', index]),
        ),
      );
      for (const problem of withStructure(model, object, own)) report({ on: object, ...problem });
    }
  },
};

const ADDRESS_TYPES = ['Hostname', 'IPAddress', 'NamedAddress'];

/** An address without a value is one that the implementation chooses. */
function addressProblems(address: unknown, path: FieldPath): readonly Problem[] {
  const type = nonEmpty(member(address, 'type')) ?? 'IPAddress';
  // The pattern of the CRD has no brackets around its alternatives, so that a part is enough for it.
  if (ADDRESS_TYPES.some((known) => type !== known && type.includes(known)) && !isOfImplementation(type)) {
    return [
      {
        field: below(path, 'type'),
        message: `there is no address of type ${JSON.stringify(type)}`,
        help: 'use IPAddress or Hostname, or the type of an implementation, as example.com/name',
      },
    ];
  }
  const value = nonEmpty(member(address, 'value'));
  const problem = value === undefined || type !== 'IPAddress' ? undefined : addressProblem(value);
  if (value === undefined || problem === undefined) return [];
  return [
    {
      field: below(path, 'value'),
      // The API server takes it, and what implementations make of it differs.
      ...(value.toLowerCase().startsWith('::ffff:') && { severity: 'warning' as const }),
      message: `address of type IPAddress: ${problem.message}`,
      help: problem.help,
    },
  ];
}

function isOfImplementation(type: string): boolean {
  const slash = type.indexOf('/');
  return slash > 0 && isDnsSubdomain(type.slice(0, slash));
}

function listenerProblems(listener: unknown, path: FieldPath): readonly Problem[] {
  const namespaces: unknown = at(listener, 'allowedRoutes', 'namespaces');
  return concat(
    addressAsHost(member(listener, 'hostname'), below(path, 'hostname')),
    member(namespaces, 'from') === 'Selector' && !isSet(member(namespaces, 'selector'))
      ? [
          {
            field: below(path, 'allowedRoutes', 'namespaces', 'selector'),
            severity: 'warning' as const,
            message:
              'allowedRoutes.namespaces.from is Selector, and there is no selector: no namespace may attach routes',
            help: 'give the labels of the namespaces in allowedRoutes.namespaces.selector',
          },
        ]
      : [],
  );
}
