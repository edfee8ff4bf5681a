import type { ConnectionSets, DirectionExplanation } from '../../reach';
import { NO_CONNECTIONS } from '../../reach';
import type { ExplainResult } from '../explain-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function explainJson({ explanation, sets, doubts, undecidedBy, service, findings }: ExplainResult): string {
  const { from, to, asked, connections, egress, ingress, mixed } = explanation;
  const result = {
    version: 1,
    ...(service !== undefined && { service }),
    src: from,
    dst: to,
    asked: sets.text(asked),
    conns: sets.text(connections),
    allowed: connections !== NO_CONNECTIONS,
    decided: doubts.length === 0,
    undecidedBy,
    ...(doubts.length > 0 && { unknown: doubts.join('; ') }),
    mixed,
    egress: directionJson(egress, sets),
    ingress: directionJson(ingress, sets),
    findings: findings.map((finding) => findingJson(finding)),
  };
  return `${jsonText(result, 2)}\n`;
}

function directionJson(side: DirectionExplanation | undefined, sets: ConnectionSets): unknown {
  if (side === undefined) return null;
  const { pods, connections, isolated, policies, change } = side;
  return {
    pods: pods.object.ref,
    isolated,
    conns: sets.text(connections),
    policies: policies.map(({ policy, rules }) => ({
      policy: policy.object.ref,
      origin: policy.object.locate(policy.subject),
      rules: rules.map(({ rule, action, connections: decided, peerMatches, ports, reasons, narrowed }) => ({
        field: rule.path.join('.'),
        origin: policy.object.locate(rule.path),
        action,
        allows: sets.text(action === 'allow' ? decided : NO_CONNECTIONS),
        ...(action !== 'allow' && { [action === 'deny' ? 'denies' : 'passes']: sets.text(decided) }),
        peerMatches,
        ports: sets.text(ports),
        reasons,
        ...(narrowed !== undefined && { narrowed }),
      })),
    })),
    change:
      change === undefined
        ? null
        : {
            policy: change.policy?.object.ref ?? null,
            kind: change.kind,
            field:
              change.policy === undefined ? null : (change.rule?.path ?? change.policy.subject.slice(0, -1)).join('.'),
            add: change.addition,
          },
  };
}
