import { type Finding, objectText, type ObjectRef, type Origin, type SpecPath } from '../../finding/finding';
import { type Palette, PLAIN } from './palette';
import { rulePage } from '../rule-page';
import { terminalLink } from './terminal-links';
import { visible } from './visible';

/** More than this in one text helps nobody; the rest is counted, and JSON has all. */
export const MAX_TEXT_FINDINGS = 100;

/** One finding for a person: what, where, the other party, what to do. */
export function findingText(finding: Finding, palette: Palette = PLAIN): string {
  const { code, slug, severity, message, object, origin, related, help, specPath } = finding;
  const place = placeText(object, origin, specPath);
  return [
    `${paintedSeverity(severity, code, palette)} ${slug}: ${visible(message)}`,
    ...(place === '' ? [] : [`  --> ${place}`]),
    ...related.map((other) =>
      `  = ${visible(other.message)}: ${placeText(other.object, other.origin, other.specPath)}`.replace(/: $/, ''),
    ),
    `  = help: ${visible(help)}`,
  ].join('\n');
}

/** The first hundred, in their order, and how many more there are. */
export function findingTexts(findings: readonly Finding[], palette: Palette = PLAIN): string[] {
  const shown = findings.slice(0, MAX_TEXT_FINDINGS).map((found) => findingText(found, palette));
  const hidden = findings.length - shown.length;
  return hidden === 0 ? shown : [...shown, `… and ${hidden} more; -o json has all of them`];
}

export function placeText(object: ObjectRef | null, origin: Origin | null, specPath: SpecPath = []): string {
  const code = [origin?.file, origin?.line, origin?.column]
    .filter((part) => part !== null && part !== undefined)
    .join(':');
  const construct = origin?.construct ? `(${origin.construct})` : '';
  return visible([code, objectText(object), construct, specPathText(specPath)].filter(Boolean).join(' '));
}

/** `clusters.prod.podCidrs[0]` */
function specPathText(specPath: SpecPath): string {
  return specPath.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** `error NL201`, in the colour of its severity, with the page of the rule behind its code where the terminal has links. */
export function paintedSeverity(severity: Finding['severity'], code: string, palette: Palette): string {
  const paint = { error: palette.red, warning: palette.yellow, info: palette.cyan }[severity];
  const linked = palette.hasLinks ? terminalLink(code, rulePage(code)) : code;
  return paint(palette.bold(`${severity} ${linked}`));
}
