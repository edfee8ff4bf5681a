import type { ObjectDiagnosis } from '../../doctor';
import type { DoctorResult, ServiceDiagnosis } from '../doctor-result';
import { checkText, findingWithFrames } from './check-text';
import { tableText } from './table';
import type { Palette } from './palette';
import { visible } from './visible';

/** What was looked at in one line each, then what is wrong, the worst first. */
export function doctorText(result: DoctorResult, palette: Palette): string {
  const looks = tableText(
    [],
    result.looks.map(({ what, seen }) => [palette.bold(what), visible(seen)]),
  );
  return result.brief ? checkText(result, palette) : `${looks}\n\n${checkText(result, palette)}`;
}

/** Link by link; the first that is broken is the answer. */
export function serviceText({ service, links }: ServiceDiagnosis, palette: Palette): string {
  const marks = { ok: palette.green('✓'), broken: palette.red('✗'), unknown: palette.yellow('?') };
  const lines = links.flatMap(({ what, holds, seen, help }) => [
    `${holds === undefined ? marks.unknown : holds ? marks.ok : marks.broken} ${what}: ${visible(seen)}`,
    ...(help === '' ? [] : [`  ${palette.cyan('=')} ${palette.bold('help')}: ${visible(help)}`]),
  ]);
  return [`Service ${visible(service)}`, ...lines, ''].join('\n');
}

/** All that is known about one object, then what is wrong with it. */
export function objectText({ object, looks, findings }: ObjectDiagnosis, palette: Palette): string {
  const told = tableText(
    [],
    looks.map(({ what, seen }) => [palette.bold(what), visible(seen)]),
  );
  const wrong = findings.map((found) => findingWithFrames(found, { textOf: () => undefined }, palette));
  return `${[`${visible(object)}\n${told}`, ...wrong].join('\n\n')}\n`;
}
