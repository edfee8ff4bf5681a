import { stringify } from 'yaml';
import { objectText } from '../../finding/finding';
import type { Change, ConnectionSets, DirectionExplanation, PolicyExplanation, RuleExplanation } from '../../reach';
import { NO_CONNECTIONS } from '../../reach';
import type { FieldPath } from '../../model';
import { counted } from '../check-result';
import type { ExplainResult } from '../explain-result';
import { findingTexts, placeText } from './finding-text';
import type { Palette } from './palette';
import { visible } from './visible';

/** Why a connection can be opened or not: the verdict, then each end with its policies. */
export function explainText({ explanation, sets, doubts, service, findings }: ExplainResult, palette: Palette): string {
  const { from, to, asked, connections, egress, ingress, variants, mixed } = explanation;
  const verdict =
    connections === NO_CONNECTIONS
      ? palette.red(`✗ ${visible(from)} cannot reach ${visible(to)}`)
      : palette.green(`✓ ${visible(from)} can reach ${visible(to)}`);
  const ports =
    connections === NO_CONNECTIONS
      ? `asked: ${sets.text(asked)}`
      : `${sets.text(connections)}${connections === asked ? '' : `, of ${sets.text(asked)}`}`;
  const answer = `${verdict}: ${ports}`;
  const undecided = `${palette.yellow(`? whether ${visible(from)} can reach ${visible(to)} cannot be decided`)}: ${visible(doubts.join('; '))}`;
  const sections = [
    ...(service === undefined ? [] : [visible(service)]),
    ...(doubts.length === 0 ? [answer] : [undecided, `By the policies that are evaluated: ${answer}`]),
    ...(variants > 1
      ? [`Pods of these workloads differ in labels: one of ${counted(variants, 'pair')} is shown.`]
      : []),
    ...(mixed ? ['Addresses of the range have different answers: this holds for some of them.'] : []),
    ...[egress, ingress].flatMap((side) => (side === undefined ? [] : [directionText(side, sets, palette)])),
    findingTexts(findings, palette).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function directionText(side: DirectionExplanation, sets: ConnectionSets, palette: Palette): string {
  const { direction, pods, connections, policies, change } = side;
  const whose = `${direction === 'egress' ? 'Egress of' : 'Ingress of'} ${visible(objectText(pods.object.ref))}`;
  if (pods.hostNetwork) {
    return `${palette.bold(whose)}: the pods are in the network of their node, where policies pass them by`;
  }
  if (policies.length === 0)
    return `${palette.bold(whose)}: no policy selects the pods in this direction, so everything is allowed`;
  const outcome =
    connections === NO_CONNECTIONS ? palette.red('denied') : palette.green(`allows ${sets.text(connections)}`);
  return [
    `${palette.bold(whose)}: ${outcome} by ${counted(policies.length, 'policy', 'policies')}`,
    ...policies.flatMap((policy) => policyLines(policy, direction, sets, palette)),
    ...(change === undefined ? [] : changeLines(change, palette)),
  ].join('\n');
}

function policyLines(
  { policy, isolates, rules }: PolicyExplanation,
  direction: DirectionExplanation['direction'],
  sets: ConnectionSets,
  palette: Palette,
): string[] {
  const { object } = policy;
  return [
    `  ${visible(objectText(object.ref))} ${palette.dim(placeText(null, object.locate(policy.subject)))}`,
    ...(rules.length === 0 ? [`    has no ${direction} rule: it allows nothing`] : []),
    ...rules.map(({ rule, action, connections, decidedBefore, peerMatches, ports, reasons, narrowed }) => {
      const place = palette.dim(placeText(null, object.locate(rule.path)));
      const name = fieldText(rule.path);
      if (connections !== NO_CONNECTIONS)
        return `    ${actionText(action, name, sets.text(connections), palette)}${narrowed === undefined ? '' : ` (${visible(narrowed)})`} ${place}`;
      if (!peerMatches) return `    ${palette.red('✗')} ${name} does not: ${reasons.map(visible).join('; ')} ${place}`;
      if (decidedBefore) return `    ${palette.dim('-')} ${name} is not asked: an earlier rule decides ${place}`;
      const why = `it ${isolates ? 'opens' : 'speaks of'} ${sets.text(ports)}`;
      return `    ${palette.red('✗')} ${name} does not: ${why} ${place}`;
    }),
  ];
}

function actionText(action: RuleExplanation['action'], name: string, conns: string, palette: Palette): string {
  switch (action) {
    case 'allow':
      return `${palette.green('✓')} ${name} allows ${conns}`;
    case 'deny':
      return `${palette.red('✗')} ${name} denies ${conns}`;
    case 'pass':
      return `${palette.cyan('→')} ${name} passes ${conns} on to the next tier`;
  }
}

/** `ingress[0]`, `egressDeny[2]`, `specs[1]` */
function fieldText(path: FieldPath): string {
  const [list, index] = path.slice(-2);
  return typeof index === 'number' ? `${list}[${index}]` : String(path.at(-1));
}

function changeLines({ kind, policy, rule, addition }: Change, palette: Palette): string[] {
  const what = {
    'add-ports': 'these ports',
    'add-peer': 'this peer',
    'add-rule': 'this rule',
    'add-policy': 'this policy',
  }[kind];
  const where =
    policy === undefined
      ? ''
      : ` to ${fieldText(rule?.path ?? policy.subject.slice(0, -1))} of ${objectText(policy.object.ref)}`;
  return [
    `  ${palette.cyan('=')} ${palette.bold('help')}: the smallest change that allows the rest adds ${what}${visible(where)}:`,
    ...stringify(addition)
      .trimEnd()
      .split('\n')
      .map((line) => `      ${visible(line)}`),
  ];
}
