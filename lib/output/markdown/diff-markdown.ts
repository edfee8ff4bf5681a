import type {
  AddressChange,
  ConnectionChange,
  ExposureChange,
  ExposureState,
  FieldChange,
  ObjectChange,
} from '../../diff';
import { objectText, type Severity } from '../../finding/finding';
import { countBySeverity, countsText } from '../check-result';
import { causesText, countChanges, countsOfChanges, type DiffResult, namesText, valueText } from '../diff-result';
import { MAX_TEXT_FINDINGS, placeText } from '../text/finding-text';
import { findingRows } from './check-markdown';
import { inline } from './escape';

const MARKS: Record<Severity, string> = { error: '❌', warning: '⚠️', info: 'ℹ️' };

/** A comment for a pull request: what is wrong and what is exposed at a glance, the rest folded. */
export function diffMarkdown(result: DiffResult): string {
  const counts = countBySeverity(result.findings);
  const mark = counts.errors > 0 ? MARKS.error : counts.warnings > 0 ? MARKS.warning : '✅';
  return [
    `### ${mark} Netloom: ${countsOfChanges(countChanges(result))}`,
    '',
    ...(result.findings.length === 0 ? [] : [`${countsText(counts)}.`, '', ...findingRows(result.findings)]),
    ...table(
      'Exposure to outside',
      ['Change', 'Object', 'Entrance', 'Before', 'After'],
      result.exposure.map(exposureRow),
    ),
    ...table('Connections', ['', 'From', 'To', 'Before', 'After', 'Because of'], result.connections.map(connectionRow)),
    ...table('Addresses', ['Object', 'What', 'Before', 'After'], result.addresses.map(addressRow)),
    ...table('Objects', ['', 'Object', 'Field', 'Before', 'After'], result.objects.flatMap(objectRows)),
  ].join('\n');
}

/** More rows than this are folded. */
const OPEN_ROWS = 10;

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MAX_TEXT_FINDINGS);
  const lines = [
    row(head),
    row(head.map(() => '---')),
    ...shown.map(row),
    ...(rows.length > shown.length ? ['', `… and ${rows.length - shown.length} more.`] : []),
    '',
  ];
  if (rows.length <= OPEN_ROWS) return [`#### ${title}`, '', ...lines];
  return [`<details><summary>${title} (${rows.length})</summary>`, '', ...lines, '</details>', ''];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const CHANGE_TEXTS: Record<ExposureChange['change'], string> = {
  exposed: '🔓 newly exposed',
  widened: '🔓 widened',
  altered: '🔁 altered',
  narrowed: '🔒 narrowed',
  withdrawn: '🔒 no longer exposed',
};

function exposureRow({ change, object, entrance, target, before, after }: ExposureChange): string[] {
  const what = target === null ? entrance : `${entrance} → ${target}`;
  return [CHANGE_TEXTS[change], inline(objectText(object)), inline(what), stateText(before), stateText(after)];
}

function stateText(state: ExposureState | null): string {
  if (state === null) return '';
  return inline(state.sources === null ? state.address : `${state.address}, from ${state.sources.join(', ')}`);
}

function connectionRow(row: ConnectionChange): string[] {
  const { change, sources, destinations, before, after } = row;
  const names = [sources, destinations].map((list) => inline(namesText(list)));
  return [OBJECT_MARKS[change], ...names, inline(before ?? ''), inline(after ?? ''), inline(causesText(row))];
}

function addressRow({ object, role, before, after }: AddressChange): string[] {
  const [from, to] = [before, after].map((states) => states.map(({ value }) => inline(value)).join('<br>'));
  return [inline(objectText(object)), inline(role), from, to];
}

const OBJECT_MARKS: Record<ObjectChange['change'], string> = { added: '➕', removed: '➖', changed: '✏️' };

function objectRows({
  change,
  object,
  apiVersionBefore,
  before,
  after,
  fields,
  otherFields,
}: ObjectChange): string[][] {
  const cells = [OBJECT_MARKS[change], inline(objectText(object))];
  if (change !== 'changed') {
    const origin = inline(placeText(null, after ?? before));
    return [[...cells, '', change === 'removed' ? origin : '', change === 'added' ? origin : '']];
  }
  return [
    ...(apiVersionBefore === null
      ? []
      : [[...cells, 'apiVersion', inline(apiVersionBefore), inline(object.apiVersion)]]),
    ...fields.map((field) => [...cells, ...fieldCells(field)]),
    ...(fields.length === 0 && otherFields > 0 ? [[...cells, '(nothing that the network sees)', '', '']] : []),
  ];
}

/** A value may be a whole rule of a policy. */
const LONGEST_VALUE = 160;

function fieldCells({ field, before, after }: FieldChange): string[] {
  const cell = (state: FieldChange['before']): string => {
    if (state === null) return '';
    const text = valueText(state.value);
    return inline(text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`);
  };
  return [inline(field), cell(before), cell(after)];
}
