import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { compareText, type Rule } from '../lib/finding/finding';

/** A rule that a file exports. */
export interface RuleModule {
  /** From the folder that was searched, without extension: `services/service-name`. */
  readonly path: string;
  readonly exportName: string;
  readonly rule: Rule;
}

/** Every rule that a file below the folder exports, by code. Files of the folder itself count where `ownFiles` says so. */
export function ruleModules(folder: string, { ownFiles }: { readonly ownFiles: boolean }): readonly RuleModule[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && (ownFiles || entry.parentPath !== folder))
    .flatMap((entry) => rulesOf(folder, join(entry.parentPath, entry.name)))
    .sort((a, b) => compareText(a.rule.code, b.rule.code));
}

function rulesOf(folder: string, file: string): RuleModule[] {
  const path = relative(folder, file).split(sep).join('/').replace(/\.ts$/, '');
  return Object.entries(load(file)).flatMap(([exportName, value]) =>
    isCheckedRule(value) ? [{ path, exportName, rule: value }] : [],
  );
}

function load(file: string): Readonly<Record<string, unknown>> {
  return createRequire(__filename)(file) as Readonly<Record<string, unknown>>;
}

function isCheckedRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'code' in value && 'check' in value;
}
