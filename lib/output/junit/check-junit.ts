import { type Finding, objectText, type Origin } from '../../finding/finding';
import { type CheckResult, countBySeverity } from '../check-result';
import { placeText } from '../text/finding-text';

/** JUnit XML: a test case for each finding, failed if it is an error; one passed test case if there is none. */
export function checkJunit({ findings }: CheckResult): string {
  const { errors } = countBySeverity(findings);
  const cases = findings.length === 0 ? ['    <testcase classname="netloom" name="check"/>'] : findings.map(testCase);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${errors}">`,
    `  <testsuite name="netloom" tests="${cases.length}" failures="${errors}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ code, slug, severity, message, help, object, origin }: Finding): string {
  const subject = objectText(object);
  const name = `${subject === '' ? '' : `${subject}: `}${message}`;
  const opening = `    <testcase classname="${escaped(`${code} ${slug}`)}" name="${escaped(name)}"${placeAttributes(origin)}`;
  const details = escaped([placeText(object, origin), `help: ${help}`].filter(Boolean).join('\n'));
  return severity === 'error'
    ? `${opening}>\n      <failure message="${escaped(message)}" type="${code}">${details}</failure>\n    </testcase>`
    : `${opening}>\n      <system-out>${severity}: ${details}</system-out>\n    </testcase>`;
}

function placeAttributes(origin: Origin | null): string {
  return origin?.file ? ` file="${escaped(origin.file)}" line="${origin.line ?? 1}"` : '';
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
};

/** XML 1.0 has no way to write other control characters. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"'\n]/g, (character) => ENTITIES[character] ?? '');
}
