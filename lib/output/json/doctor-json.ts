import type { ObjectDiagnosis } from '../../doctor';
import type { DoctorResult, ServiceDiagnosis } from '../doctor-result';
import { countBySeverity } from '../check-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function doctorJson({ looks, findings, skipped, files, objects }: DoctorResult): string {
  const result = {
    version: 1,
    looks,
    findings: findings.map((finding) => findingJson(finding)),
    skipped: skipped.map(({ code, because }) => ({ code, because })),
    summary: { files, objects, ...countBySeverity(findings) },
  };
  return `${jsonText(result, 2)}\n`;
}

/** `holds` is null where the input does not say. */
export function serviceJson({ service, links }: ServiceDiagnosis): string {
  const result = {
    version: 1,
    service,
    links: links.map(({ what, holds = null, seen, help }) => ({ what, holds, seen, help })),
  };
  return `${jsonText(result, 2)}\n`;
}

export function objectJson({ object, looks, findings }: ObjectDiagnosis): string {
  return `${jsonText({ version: 1, object, looks, findings: findings.map((found) => findingJson(found)) }, 2)}\n`;
}
