import type { Problem } from '../../finding/problem';
import { at, concat, flatMap, list, member, type ParentReference, type Route } from '../../model';
import { collisions } from '../collisions';
import { isSet } from '../field-problem';
import { addressAsHost } from '../host-name';
import { withStructure } from '../structure/structure-problems';
import type { NetworkRule } from '../network-rule';

/** The schema and the validation expressions of the CRDs: apis/v1/*route_types.go and shared_types.go of kubernetes-sigs/gateway-api. */
export const routeInvalid: NetworkRule = {
  code: 'NL431',
  slug: 'route-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A route that the API server refuses',
  check(model, report) {
    for (const route of model.gatewayApi.routes) {
      const hostnames = list(at(route.object.manifest, 'spec', 'hostnames'));
      const own = concat(
        missingSpecProblems(route.object),
        parentProblems(route),
        flatMap(hostnames, (hostname, index) => addressAsHost(hostname, ['spec', 'hostnames', index])),
      );
      for (const problem of withStructure(model, route.object, own)) report({ on: route.object, ...problem });
    }
  },
};

/** The CRDs of Gateway API 1.4 and before take a GRPCRoute without a spec, which no Gateway has. */
function missingSpecProblems({ ref, manifest }: Route['object']): readonly Problem[] {
  return ref.kind === 'GRPCRoute' && !isSet(member(manifest, 'spec'))
    ? [{ field: ['spec'], message: 'the GRPCRoute has no spec', help: 'give parentRefs and rules' }]
    : [];
}

function parentProblems({ parents }: Route): readonly Problem[] {
  const ofOneParent = collisions(parents, ({ group, kind, namespace, name }) =>
    JSON.stringify([group, kind, namespace, name]),
  );
  return flatMap(ofOneParent, ({ first, others }) => sameParentProblems([first, ...others]));
}

/**
 * What the CRDs of both channels refuse is an error. That of the standard channel does not look at ports, that of the experimental one has
 * all of them set the same fields: what one of the two refuses is a warning.
 */
function sameParentProblems(same: readonly ParentReference[]): readonly Problem[] {
  const sections = same.filter(({ sectionName }) => sectionName !== undefined).length;
  const ports = same.filter(({ port }) => port !== undefined).length;
  const bare = same.find(({ sectionName }) => sectionName === undefined);
  if (bare !== undefined && (sections > 0 || ports < same.length)) {
    return [
      {
        field: bare.path,
        message: `the route refers to ${bare.kind} ${bare.name} ${same.length} times, here without a sectionName`,
        help: 'keep this one alone, or give each of them a sectionName',
      },
    ];
  }
  const twice = collisions(same, ({ sectionName, port }) => JSON.stringify([sectionName, port]));
  if (twice.length > 0) {
    return flatMap(twice, ({ others }) =>
      others.map(({ kind, name, sectionName, path }) => ({
        field: path,
        message: `the route refers to ${sectionName === undefined ? '' : `section ${sectionName} of `}${kind} ${name} twice`,
        help: 'remove one of the two',
      })),
    );
  }
  const [{ kind, name }] = same;
  const oneSection = collisions(same, ({ sectionName }) => sectionName ?? '').at(0)?.others[0];
  const mixed = ports > 0 && ports < same.length ? same.find(({ port }) => port === undefined) : undefined;
  const odd = oneSection ?? mixed;
  if (odd === undefined) return [];
  return [
    {
      field: odd.path,
      ...((oneSection === undefined || mixed === undefined) && { severity: 'warning' as const }),
      message: `the references to ${kind} ${name} ${oneSection === undefined ? 'do not all have a port' : 'are told apart by the port alone'}`,
      help: `give each of them a sectionName of its own${oneSection === undefined ? ', and a port to all or none' : ''}: the CRDs of the ${oneSection === undefined ? 'experimental' : 'standard'} channel refuse the route`,
    },
  ];
}
