import { objectText, type Severity } from '../../finding/finding';
import type { CheckResult } from '../check-result';
import { rulePage } from '../rule-page';
import { visible } from '../text/visible';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions: each finding becomes an annotation of its line. */
export function checkGithub({ findings }: CheckResult): string {
  return findings
    .map(({ code, slug, severity, message, help, object, origin }) => {
      const properties = Object.entries({
        file: origin?.file,
        line: origin?.line,
        col: origin?.column,
        title: `${code} ${slug}`,
      })
        .filter((entry): entry is [string, string | number] => entry[1] !== null && entry[1] !== undefined)
        .map(([name, value]) => `${name}=${property(visible(String(value)))}`);
      const subject = objectText(object);
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(`${visible(`${subject === '' ? '' : `${subject}: `}${message}`)}\n${visible(help)}\n${rulePage(code)}`)}\n`;
    })
    .join('');
}

/** As the toolkit of GitHub Actions escapes them (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
