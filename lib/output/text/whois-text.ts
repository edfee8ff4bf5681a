import { objectText } from '../../finding/finding';
import { groupBy } from '../../model/lookup';
import type { Answer, Holder, Mention, Verdict } from '../../questions';
import type { WhoisResult } from '../whois-result';
import { findingTexts, placeText } from './finding-text';
import type { Palette } from './palette';
import { visible } from './visible';

/** The answer, a tree from the outside in, and what is around it. */
export function whoisText({ answer, findings }: WhoisResult, palette: Palette): string {
  const { verdict, summary, holders, conflicts, mentions = [] } = answer;
  const sections = [
    paint(verdict, palette)(visible(summary)),
    holders.flatMap((tree) => treeLines(tree, '', '', palette)).join('\n'),
    aroundText(answer, palette),
    conflicts.length === 0
      ? ''
      : ['Taking it would conflict with:', ...conflicts.map((text) => `  ${visible(text)}`)].join('\n'),
    mentionsText(mentions, palette),
    findingTexts(findings, palette).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function paint(verdict: Verdict, palette: Palette): (text: string) => string {
  switch (verdict) {
    case 'taken':
      return palette.bold;
    case 'allocated':
      return palette.yellow;
    case 'free':
      return palette.green;
    case 'unknown':
      return palette.dim;
  }
}

function treeLines(tree: Holder, first: string, rest: string, palette: Palette): string[] {
  const lines = tree.holds.flatMap((child, index) => {
    const isLast = index === tree.holds.length - 1;
    return treeLines(child, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`, palette);
  });
  return [`${palette.dim(first)}${holderText(tree, palette)}`, ...lines];
}

function holderText({ what, name, detail, origin }: Holder, palette: Palette): string {
  const parts = [`${what} ${palette.bold(visible(name))}`, ...(detail === '' ? [] : [visible(detail)])];
  const place = placeText(null, origin);
  return place === '' ? parts.join('  ') : [...parts, palette.dim(visible(place))].join('  ');
}

function aroundText({ free, kind, neighbours: { before, after }, suggestions }: Answer, palette: Palette): string {
  const line = (label: string, holder: Holder | null): string[] =>
    holder === null ? [] : [`${label}  ${holderText(holder, palette)}`];
  return [
    ...line('before', before),
    ...line('after ', after),
    ...(free === null
      ? []
      : [`free    ${kind === 'port' ? `${free} is the next free node port` : `${free} around it`}`]),
    ...suggestions.map((text) => `did you mean ${visible(text)}?`),
  ].join('\n');
}

/** A range may be named a thousand times; a person reads the first ones. */
const SHOWN_MENTIONS = 50;

function mentionsText(mentions: readonly Mention[], palette: Palette): string {
  if (mentions.length === 0) return '';
  // A text that lists addresses by the thousand must not hide who else names them.
  const fields = groupBy(mentions, ({ object, origin, field }) =>
    [objectText(object), field, placeText(null, origin)].join('\0'),
  );
  const groups = [...fields.values()];
  const shown = groups.slice(0, SHOWN_MENTIONS).map(([{ object, origin, field, value, relation }, ...others]) => {
    const place = placeText(null, origin);
    const more = others.length === 0 ? '' : `, and ${others.length} more there`;
    return `  ${visible(objectText(object))}  ${visible(field)}: ${palette.bold(visible(value))} (${RELATIONS[relation]})${more}${place === '' ? '' : `  ${palette.dim(place)}`}`;
  });
  const hidden = groups.length - shown.length;
  return ['Named by:', ...shown, ...(hidden > 0 ? [`  … and ${hidden} more; -o json has all of them`] : [])].join('\n');
}

const RELATIONS: Record<Mention['relation'], string> = {
  same: 'the same',
  part: 'a part of it',
  contains: 'it and more',
  overlaps: 'some of it and more',
};
