import { type Finding, objectText, type Origin } from '../../finding/finding';
import { type CheckResult, countBySeverity } from '../check-result';
import { rulePage } from '../rule-page';
import { placeText } from '../text/finding-text';
import { escapeXml } from '../xml/escape';

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
  const opening = `    <testcase classname="${escapeXml(`${code} ${slug}`)}" name="${escapeXml(name)}"${placeAttributes(origin)}`;
  const details = escapeXml([placeText(object, origin), `help: ${help}`, rulePage(code)].filter(Boolean).join('\n'));
  return severity === 'error'
    ? `${opening}>\n      <failure message="${escapeXml(message)}" type="${code}">${details}</failure>\n    </testcase>`
    : `${opening}>\n      <system-out>${severity}: ${details}</system-out>\n    </testcase>`;
}

function placeAttributes(origin: Origin | null): string {
  return origin?.file ? ` file="${escapeXml(origin.file)}" line="${origin.line ?? 1}"` : '';
}
