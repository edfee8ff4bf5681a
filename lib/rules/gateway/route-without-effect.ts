import type { Problem } from '../../finding/problem';
import { at, below, concat, type FieldPath, flatMap, list, member, type Route, text } from '../../model';
import { checkEach } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { listenerParents } from './route-attachment';

/** Filters that answer a request, or may do so. */
const ANSWERING: ReadonlySet<string> = new Set(['RequestRedirect', 'ExtensionRef', 'DirectResponse']);

/** A rule without a valid backend answers with status 500, or refuses the connection (HTTPRouteRule and TCPRouteRule, `backendRefs`). */
export const routeWithoutEffect: NetworkRule = {
  code: 'NL446',
  slug: 'route-without-effect',
  severity: 'warning',
  title: 'A route attaches to nothing, or has a rule that sends requests nowhere',
  check: checkEach(
    ({ gatewayApi: { routes } }) => routes,
    (route) => concat(parentProblems(route), ruleProblems(route)),
  ),
};

function parentProblems({ object, parents }: Route): readonly Problem[] {
  const { length } = list(at(object.manifest, 'spec', 'parentRefs'));
  const usesDefault = at(object.manifest, 'spec', 'useDefaultGateways') !== undefined;
  if (parents.length > 0 || length > 0 || usesDefault) return [];
  return [
    {
      field: ['spec', 'parentRefs'],
      message: 'the route has no parentRefs, so that nothing serves it',
      help: 'name the Gateway that it belongs to, unless that is added later',
    },
  ];
}

/** What a mesh does without backends is for the mesh to say. */
function ruleProblems(route: Route): readonly Problem[] {
  if (listenerParents(route).length === 0) return [];
  return flatMap(list(at(route.object.manifest, 'spec', 'rules')), (rule, index) => {
    const backends = list(member(rule, 'backendRefs'));
    const field: FieldPath = ['spec', 'rules', index];
    if (backends.some((backend) => member(backend, 'weight') !== 0)) return [];
    if (list(member(rule, 'filters')).some((filter) => ANSWERING.has(text(member(filter, 'type')) ?? ''))) return [];
    return [
      backends.length > 0
        ? {
            field: below(field, 'backendRefs'),
            message: `all backends of the rule have the weight 0: ${outcome(route)}`,
            help: 'give one of them a weight, or leave the weights out',
          }
        : {
            field,
            message: `the rule has no backendRefs: ${outcome(route)}`,
            help: 'give the Service that the requests are for, or remove the rule',
          },
    ];
  });
}

function outcome({ kind }: Route): string {
  if (kind === 'HTTPRoute') return 'every request that it matches is answered with an error';
  return kind === 'GRPCRoute' ? 'every call that it matches fails' : 'every connection is refused';
}
