import type {
  AddressChange,
  ConnectionChange,
  ExposureChange,
  ExposureState,
  FieldChange,
  ObjectChange,
} from '../../diff';
import { objectText, type Origin } from '../../finding/finding';
import { countBySeverity, counted, countsText } from '../check-result';
import { unconsideredLines } from '../reach-result';
import { causesText, countChanges, countsOfChanges, type DiffResult, namesText, valueText } from '../diff-result';
import { findingWithFrames } from './check-text';
import { MAX_TEXT_FINDINGS, placeText } from './finding-text';
import type { Palette } from './palette';
import { visible } from './visible';

/** A change for a person: what becomes of objects, addresses and exposure, then what is wrong with it. */
export function diffText(result: DiffResult, palette: Palette): string {
  const findings = result.findings.slice(0, MAX_TEXT_FINDINGS);
  const sections = [
    section('Objects', objectLines(result.objects, palette), palette),
    section(
      'Addresses',
      result.addresses.map((row) => addressLine(row, palette)),
      palette,
    ),
    section(
      'Exposure to outside',
      result.exposure.map((row) => exposureLine(row, palette)),
      palette,
    ),
    section(
      'Connections',
      result.connections.map((row) => connectionLine(row, palette)),
      palette,
    ),
    ...findings.map((found) => findingWithFrames(found, result, palette)),
    more(result.findings.length - findings.length),
    summaryText(result, palette),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** More than this in one section helps nobody. */
const SHOWN_ROWS = 100;

function section(title: string, rows: readonly string[], palette: Palette): string {
  if (rows.length === 0) return '';
  const hidden = more(rows.length - SHOWN_ROWS);
  return [palette.bold(title), ...rows.slice(0, SHOWN_ROWS), ...(hidden === '' ? [] : [`  ${hidden}`])].join('\n');
}

function more(hidden: number): string {
  return hidden > 0 ? `… and ${hidden} more; -o json has all of them` : '';
}

function objectLines(objects: readonly ObjectChange[], palette: Palette): string[] {
  const shown = objects.filter(
    (row) => row.change !== 'changed' || row.fields.length > 0 || row.apiVersionBefore !== null,
  );
  const others = objects.length - shown.length;
  return [
    ...shown.map((row) => objectLine(row, palette)),
    ...(others > 0
      ? [
          palette.dim(
            `  ${counted(others, 'object')} ${others === 1 ? 'changes' : 'change'} in fields that the network does not see`,
          ),
        ]
      : []),
  ];
}

function objectLine(row: ObjectChange, palette: Palette): string {
  const { change, object, apiVersionBefore, before, after, fields, otherFields } = row;
  return [
    `${mark(change, palette)} ${visible(objectText(object))}${place(after ?? before, palette)}`,
    ...(apiVersionBefore === null ? [] : [`      apiVersion  ${arrow(apiVersionBefore, object.apiVersion)}`]),
    ...fields.map((field) => fieldLine(field, palette)),
    ...(fields.length > 0 && otherFields > 0 ? [palette.dim(`      and ${counted(otherFields, 'other field')}`)] : []),
  ].join('\n');
}

const MARKS: ReadonlyMap<string, '+' | '-'> = new Map([
  ['added', '+'],
  ['exposed', '+'],
  ['removed', '-'],
  ['withdrawn', '-'],
]);

function mark(change: string, palette: Palette): string {
  const sign = MARKS.get(change);
  if (sign === undefined) return `  ${palette.yellow('~')}`;
  return `  ${sign === '+' ? palette.green(sign) : palette.red(sign)}`;
}

/** A value may be a whole rule of a policy. */
const LONGEST_VALUE = 160;

function shortValue(value: unknown): string {
  const text = visible(valueText(value));
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function fieldLine({ field, before, after }: FieldChange, palette: Palette): string {
  const name = `      ${visible(field)}  `;
  if (before === null) return `${name}${palette.green(`+ ${shortValue(after?.value)}`)}`;
  if (after === null) return `${name}${palette.red(`- ${shortValue(before.value)}`)}`;
  return `${name}${shortValue(before.value)} → ${shortValue(after.value)}`;
}

function arrow(before: string, after: string): string {
  return `${visible(before)} → ${visible(after)}`;
}

function addressLine({ change, object, role, before, after }: AddressChange, palette: Palette): string {
  const [from, to] = [before, after].map((states) => states.map(({ value }) => visible(value)).join(', '));
  const values = change === 'added' ? to : change === 'removed' ? from : `${from} → ${to}`;
  const origin = (after.at(0) ?? before.at(0))?.origin ?? null;
  return `${mark(change, palette)} ${visible(objectText(object))}  ${visible(role)}  ${values}${place(origin, palette)}`;
}

const CHANGE_TEXTS: Record<ExposureChange['change'], string> = {
  exposed: 'newly exposed',
  widened: 'widened',
  altered: 'altered',
  narrowed: 'narrowed',
  withdrawn: 'no longer exposed',
};

function exposureLine({ change, object, entrance, target, before, after }: ExposureChange, palette: Palette): string {
  const what = before === null || after === null ? entranceText(after ?? before) : exposureArrow(before, after);
  const answers = target === null ? '' : ` → ${visible(target)}`;
  const origin = (after ?? before)?.origin ?? null;
  return `${mark(change, palette)} ${CHANGE_TEXTS[change]}: ${visible(objectText(object))}  ${entrance === object.kind ? '' : `${visible(entrance)} `}${what}${answers}${place(origin, palette)}`;
}

function exposureArrow(before: ExposureState, after: ExposureState): string {
  if (before.address !== after.address) return arrow(before.address, after.address);
  return `${visible(after.address)}, ${sourcesText(before)} → ${sourcesText(after)}`;
}

function entranceText(state: ExposureState | null): string {
  if (state === null) return '';
  return `${visible(state.address)}${state.sources === null ? '' : `, ${sourcesText(state)}`}`;
}

function sourcesText({ sources }: ExposureState): string {
  return `from ${sources === null ? 'anywhere' : visible(sources.join(', '))}`;
}

function connectionLine(row: ConnectionChange, palette: Palette): string {
  const { change, sources, destinations, before, after } = row;
  const [from, to] = [sources, destinations].map((names) => visible(namesText(names)));
  const what = before !== null && after !== null ? `${before} → ${after}` : (before ?? after ?? '');
  const causes = causesText(row);
  return `${mark(change, palette)} ${from} => ${to}: ${what}${causes === '' ? '' : `  ${palette.dim(visible(causes))}`}`;
}

function place(origin: Origin | null, palette: Palette): string {
  const text = placeText(null, origin);
  return text === '' ? '' : `  ${palette.dim(text)}`;
}

function summaryText(result: DiffResult, palette: Palette): string {
  const counts = countBySeverity(result.findings);
  const sign = counts.errors > 0 ? palette.red('✗') : counts.warnings > 0 ? palette.yellow('!') : palette.green('✓');
  const suppressed = result.suppressed > 0 ? `; ${result.suppressed} suppressed` : '';
  const unknown = unconsideredLines({ leftOut: result.unevaluated }).map((line) => `\n  ${visible(line)}`);
  return `${sign} ${countsOfChanges(countChanges(result))}\n  ${countsText(counts)}${suppressed}${unknown.join('')}`;
}
