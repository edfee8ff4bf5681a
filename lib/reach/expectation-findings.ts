import { type Finding, finding, objectText, type Origin, type Related } from '../finding/finding';
import { flatMap, type ModelObject, type NetworkModel } from '../model';
import { type ConnectionSets, NO_CONNECTIONS } from './connection-set';
import { type Broken, checkExpectation, type Expectation } from './expectations';
import type { Change, DirectionExplanation, Explanation } from './explanation';
import {
  EXPECTATION_OF_NOBODY,
  EXPECTATION_UNDECIDED,
  EXPECTED_CONNECTION_BLOCKED,
  EXPECTED_ISOLATION_MISSING,
  FORBIDDEN_CONNECTION_OPEN,
  REACHABLE_FROM_OUTSIDE,
} from './rules';
import { type HostNetworkMode, reachWorkloads } from './pods';
import { solveBounds } from './solve';

/** An expectation and where it was written. */
export interface WrittenExpectation {
  readonly expectation: Expectation;
  readonly origin: Origin;
}

/** What does not hold, in the order of the expectations. Nothing is solved where nothing is expected. */
export function expectationFindings(
  model: NetworkModel,
  expectations: readonly WrittenExpectation[],
  hostNetwork: HostNetworkMode = 'node',
): readonly Finding[] {
  if (expectations.length === 0) return [];
  const bounds = solveBounds(model, reachWorkloads(model, hostNetwork));
  return flatMap(expectations, ({ expectation, origin }) => {
    const broken = checkExpectation(model, bounds, expectation);
    return broken === undefined ? [] : [{ ...brokenFinding(broken, expectation), origin }];
  });
}

function brokenFinding(broken: Broken, expectation: Expectation): Finding {
  switch (broken.kind) {
    case 'nobody':
      return finding(EXPECTATION_OF_NOBODY, { message: broken.who, help: broken.help });
    case 'blocked': {
      const { sets, explanation, missing, pairs } = broken;
      const { from, to } = explanation;
      return finding(EXPECTED_CONNECTION_BLOCKED, {
        message: `${from} must reach ${to}${anyPort(expectation) ? '' : ` on ${sets.text(missing)}`}, and policies do not let it${others(pairs)}`,
        related: flatMap([explanation.egress, explanation.ingress], (side) => blocking(side, sets)),
        help: changeText(explanation) ?? blockedHelp(explanation),
      });
    }
    case 'open': {
      const { sets, explanation, pairs } = broken;
      const { from, to, connections } = explanation;
      const isOutside = expectation.kind === 'not-from-outside';
      return finding(isOutside ? REACHABLE_FROM_OUTSIDE : FORBIDDEN_CONNECTION_OPEN, {
        message: `${from} must not reach ${to}, and can: ${sets.text(connections)}${others(pairs)}`,
        related: flatMap([explanation.egress, explanation.ingress], (side) => allowing(side, sets)),
        help: openHelp(explanation),
      });
    }
    case 'not-isolated': {
      const { workload, directions } = broken;
      return finding(EXPECTED_ISOLATION_MISSING, {
        message: `${workload.text} must be isolated, and no policy selects all of its pods for ${directions.join(' and ')}`,
        help: `add a NetworkPolicy to namespace ${workload.namespace} that selects them, with policyTypes ${directions.map(policyType).join(' and ')}`,
        related: workload.pods.slice(0, 1).map(({ object }) => related(object, [], 'these pods')),
      });
    }
    case 'entrance': {
      const { sets, entrance, workload } = broken;
      return finding(REACHABLE_FROM_OUTSIDE, {
        message: `nothing outside may reach ${workload.text}, and ${objectText(entrance.object.ref)} leads to it: ${sets.text(entrance.connections)}`,
        help: `let ${objectText(entrance.object.ref)} lead elsewhere, or drop the expectation`,
        related: [related(entrance.object, [], 'the way in')],
      });
    }
    case 'undecided': {
      const { who, doubts, policies } = broken;
      return finding(EXPECTATION_UNDECIDED, {
        // What must not be possible has to be certain.
        severity: expectation.kind === 'reach' ? 'warning' : 'error',
        message: `${who} cannot be decided: ${doubts.join('; ')}`,
        help:
          policies.length > 0
            ? 'say the same with policies that are evaluated, or expect it of the cluster itself by a test of connections'
            : 'give the ranges of the pods (--pod-cidr, or podCidrs in netloom.yaml)',
        related: policies.slice(0, MOST_RELATED).map((object) => related(object, ['spec'], 'may decide as well')),
      });
    }
  }
}

function anyPort(expectation: Expectation): boolean {
  return 'of' in expectation || expectation.port === undefined;
}

function others(pairs: number): string {
  return pairs > 1 ? ` (and ${pairs - 1} more of the pairs that are meant)` : '';
}

function policyType(direction: 'ingress' | 'egress'): string {
  return direction === 'ingress' ? 'Ingress' : 'Egress';
}

function related({ ref, locate }: ModelObject, path: readonly (string | number)[], message: string): Related {
  return { object: ref, origin: locate(path), message };
}

/** So many policies say enough. */
const MOST_RELATED = 5;

/** Policies that isolate the end and do not let all through, and rules that deny. */
function blocking(side: DirectionExplanation | undefined, sets: ConnectionSets): readonly Related[] {
  if (side === undefined || (side.change === undefined && side.connections !== NO_CONNECTIONS)) return [];
  const pods = objectText(side.pods.object.ref);
  return flatMap(side.policies, ({ policy, isolates, rules }) =>
    isolates
      ? [related(policy.object, policy.subject, `isolates ${pods} for ${side.direction}`)]
      : rules
          .filter(({ action, connections }) => action === 'deny' && connections !== NO_CONNECTIONS)
          .map(({ rule, connections }) =>
            related(policy.object, rule.path, `denies ${sets.text(connections)} for ${side.direction}`),
          ),
  ).slice(0, MOST_RELATED);
}

/** Rules that let it through, or the pods that no policy isolates. */
function allowing(side: DirectionExplanation | undefined, sets: ConnectionSets): readonly Related[] {
  if (side === undefined) return [];
  const rules = flatMap(side.policies, ({ policy, rules: own }) =>
    own
      .filter(({ action, connections }) => action === 'allow' && connections !== NO_CONNECTIONS)
      .map(({ rule, connections }) =>
        related(policy.object, rule.path, `allows ${sets.text(connections)} for ${side.direction}`),
      ),
  ).slice(0, MOST_RELATED);
  if (rules.length > 0 || side.isolated) return rules;
  return [related(side.pods.object, [], `no policy isolates these pods for ${side.direction}`)];
}

function blockedHelp({ egress, ingress }: Explanation): string {
  const isDenied = [egress, ingress].some((side) => side?.policies.some(({ isolates }) => !isolates) === true);
  return isDenied
    ? 'let a rule of the policy that denies it, or one before it, allow this connection'
    : 'the pods open no port of that name: correct the port';
}

function openHelp({ egress, ingress }: Explanation): string {
  const open = [ingress, egress].find((side) => side !== undefined && !side.isolated);
  return open === undefined
    ? 'narrow the peers or the ports of one of these rules'
    : `isolate the pods with a policy of type ${policyType(open.direction)} that allows only what is meant`;
}

function changeText({ egress, ingress }: Explanation): string | undefined {
  const changes = flatMap([egress, ingress], (side) => (side?.change === undefined ? [] : [oneChange(side.change)]));
  return changes.length === 0 ? undefined : changes.join('; and ');
}

function oneChange({ kind, policy, rule, addition }: Change): string {
  if (policy === undefined) return `add ${JSON.stringify(addition)}`;
  const where = rule === undefined ? 'spec' : rule.path.join('.');
  return `add ${JSON.stringify(addition)} to ${where} of ${objectText(policy.object.ref)}${kind === 'add-rule' ? ' as a further rule' : ''}`;
}
