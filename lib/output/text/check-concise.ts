import { objectText } from '../../finding/finding';
import type { CheckResult } from '../check-result';
import { visible } from './visible';

/** `file:line:column: severity CODE message`, one line each, as grep and editors take them. What has no place is told by its object. */
export function* checkConcise({ findings }: CheckResult): Generator<string> {
  for (const { code, severity, message, object, origin } of findings) {
    const { file, line, column, construct } = origin ?? {};
    const place = file
      ? [file, line, column].filter((part) => part !== null && part !== undefined).join(':')
      : construct;
    yield visible(`${[place, objectText(object), '-'].find(Boolean)}: ${severity} ${code} ${message}`) + '\n';
  }
}
