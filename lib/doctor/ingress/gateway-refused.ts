import { at, type FieldPath, flatMap, list, type ModelObject, type NetworkModel, text } from '../../model';
import { GATEWAY_API_GROUP, ROUTE_KINDS } from '../../model/gateway-api';
import { apiGroup } from '../../model/source-object';
import type { NetworkRule } from '../../rules/network-rule';
import { conditionIn } from '../running-pods';

/** Conditions that have to be true, in the order in which one follows from the other (Gateway API, GatewayConditionType, RouteConditionType). */
const POSITIVE = ['Accepted', 'ResolvedRefs', 'Programmed'];

/** Those that must not be. */
const NEGATIVE = ['Conflicted'];

interface Judged {
  readonly object: ModelObject;
  /** Where its conditions are. */
  readonly path: FieldPath;
  /** What they are about. */
  readonly what: string;
}

/** A controller says in the status whether it takes a Gateway, a listener or a route, and why not. */
export const gatewayRefused: NetworkRule = {
  code: 'NL470',
  slug: 'gateway-refused',
  severity: 'error',
  title: 'The controller does not take a Gateway or a route',
  check(model, report) {
    for (const { object, path, what } of judged(model)) {
      const conditions = at(object.manifest, ...path);
      for (const type of [...POSITIVE, ...NEGATIVE]) {
        const condition = conditionIn(conditions, type);
        const wanted = NEGATIVE.includes(type) ? 'False' : 'True';
        if (condition === undefined || condition.status === wanted) continue;
        const said = [condition.reason, condition.message].filter((part) => part !== undefined).join(', ');
        report({
          on: object,
          field: [...path, condition.index],
          message: `${what}: ${type} is ${condition.status}${said === '' ? '' : `: ${said}`}`,
          help:
            condition.status === 'Unknown'
              ? 'no controller has looked at it yet: one for its GatewayClass has to run'
              : 'fix what the controller says; netloom check finds most of it in the manifests, before the merge',
        });
        break;
      }
    }
  },
};

function judged(model: NetworkModel): readonly Judged[] {
  const ofGroup = (kind: string): readonly ModelObject[] =>
    model.ofKind(kind).filter(({ ref }) => apiGroup(ref.apiVersion) === GATEWAY_API_GROUP);
  const own = (object: ModelObject, what: string): Judged => ({ object, path: ['status', 'conditions'], what });
  return [
    ...ofGroup('GatewayClass').map((object) => own(object, `GatewayClass ${object.ref.name}`)),
    ...flatMap(ofGroup('Gateway'), (object) => [
      own(object, `Gateway ${object.ref.name}`),
      ...list(at(object.manifest, 'status', 'listeners')).map((listener, index): Judged => ({
        object,
        path: ['status', 'listeners', index, 'conditions'],
        what: `listener ${text(at(listener, 'name')) ?? String(index)}`,
      })),
    ]),
    ...flatMap(ROUTE_KINDS, (kind) =>
      flatMap(ofGroup(kind), (object) =>
        list(at(object.manifest, 'status', 'parents')).map((parent, index): Judged => ({
          object,
          path: ['status', 'parents', index, 'conditions'],
          what: `for ${text(at(parent, 'parentRef', 'kind')) ?? 'Gateway'} ${text(at(parent, 'parentRef', 'name')) ?? ''}`,
        })),
      ),
    ),
  ];
}
