import type { Finding, ObjectRef, Origin, Severity } from '../../finding/finding';
import type { Replacement } from '../../fix';
import { list, member, record, text } from '../../model/json';
import type { CheckResult } from '../check-result';

/** What `checkJson` has written of a result. */
export type ReadCheck = Required<
  Pick<CheckResult, 'findings' | 'skipped' | 'suppressed' | 'files' | 'objects' | 'replacements'>
>;

/** Undefined for what is no result of a check that this version understands. */
export function readCheckJson(value: unknown): ReadCheck | undefined {
  const summary = member(value, 'summary');
  if (member(value, 'version') !== 1 || record(summary) === undefined) return undefined;
  const written = list(member(value, 'findings'));
  const findings = written.flatMap((one) => readFinding(one) ?? []);
  if (findings.length < written.length) return undefined;
  const replacements = written.map((one) => list(member(member(one, 'fix'), 'replacements')) as readonly Replacement[]);
  return {
    findings,
    skipped: list(member(value, 'skipped')).map((one) => ({
      code: text(member(one, 'code')) ?? '',
      because: text(member(one, 'because')) ?? '',
    })),
    suppressed: count(member(value, 'suppressed')),
    files: count(member(summary, 'files')),
    objects: count(member(summary, 'objects')),
    replacements: new Map(
      findings.flatMap((found, index) =>
        replacements[index].length === 0 ? [] : [[found, replacements[index]] as const],
      ),
    ),
  };
}

const SEVERITIES = ['error', 'warning', 'info'];

function readFinding(value: unknown): Finding | undefined {
  const [code, slug, severity, message, help] = ['code', 'slug', 'severity', 'message', 'help'].map((key) =>
    text(member(value, key)),
  );
  if (code === undefined || slug === undefined || severity === undefined || message === undefined || help === undefined)
    return undefined;
  if (!SEVERITIES.includes(severity)) return undefined;
  return {
    code,
    slug,
    severity: severity as Severity,
    message,
    object: readObject(member(value, 'object')),
    origin: readOrigin(member(value, 'origin')),
    related: list(member(value, 'related')).map((other) => ({
      object: readObject(member(other, 'object')),
      origin: readOrigin(member(other, 'origin')),
      message: text(member(other, 'message')) ?? '',
    })),
    help,
  };
}

function readObject(value: unknown): ObjectRef | null {
  if (record(value) === undefined) return null;
  return {
    apiVersion: text(member(value, 'apiVersion')) ?? '',
    kind: text(member(value, 'kind')) ?? '',
    namespace: text(member(value, 'namespace')) ?? null,
    name: text(member(value, 'name')) ?? '',
  };
}

function readOrigin(value: unknown): Origin | null {
  if (record(value) === undefined) return null;
  return {
    file: text(member(value, 'file')) ?? null,
    line: place(member(value, 'line')),
    column: place(member(value, 'column')),
    construct: text(member(value, 'construct')) ?? null,
  };
}

function place(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
