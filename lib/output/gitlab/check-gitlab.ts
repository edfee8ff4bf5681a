import { createHash } from 'node:crypto';
import { type Finding, objectText, type Severity } from '../../finding/finding';
import { type CheckResult, sentences } from '../check-result';
import { jsonText } from '../json/json-text';

const SEVERITIES: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/** A Code Quality report of GitLab. */
export function checkGitlab({ findings }: CheckResult): string {
  const seen = new Map<string, number>();
  const report = findings.map((finding) => {
    const identity = identityOf(finding);
    const repeat = seen.get(identity) ?? 0;
    seen.set(identity, repeat + 1);
    const { code, slug, severity, message, help, object, origin } = finding;
    const subject = objectText(object);
    return {
      description: `${code} ${slug}: ${subject === '' ? '' : `${subject}: `}${sentences(message, help)}`,
      check_name: code,
      // Lines are left out, so that a finding stays the same one when the file grows above it.
      fingerprint: createHash('sha256').update(`${identity}\0${repeat}`).digest('hex').slice(0, 40),
      severity: SEVERITIES[severity],
      location: { path: origin?.file ?? origin?.construct ?? '', lines: { begin: origin?.line ?? 1 } },
    };
  });
  return `${jsonText(report, 2)}\n`;
}

function identityOf({ code, message, object, origin }: Finding): string {
  return [code, message, objectText(object), origin?.file ?? ''].join('\0');
}
