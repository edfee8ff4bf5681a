import type { Finding, Fix } from '../finding/finding';
import { decodeText, type ManifestFile, type TextFix, textFixes } from '../manifests';

/** A finding that can be fixed, and the characters of its file that change. */
export interface FileFix extends TextFix {
  readonly file: string;
  readonly finding: Finding;
}

/** The fixes of findings, without those that would touch more than they mean. In the order of the findings. */
export function fileFixes(findings: readonly Finding[], files: readonly ManifestFile[]): FileFix[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = new Map<string, ((fix: Fix) => TextFix | undefined) | undefined>();
  return findings.flatMap((finding) => {
    if (finding.fix === undefined) return [];
    const { file: path } = finding.fix;
    const file = byPath.get(path);
    if (!known.has(path)) known.set(path, file && textFixes(decodeText(file.bytes).text));
    const fix = known.get(path)?.(finding.fix);
    return fix === undefined ? [] : [{ ...fix, file: path, finding }];
  });
}
