import { compareFindings, type Finding } from '../../lib/finding/finding';
import { fixManifests, type FixedManifests } from '../../lib/fix';
import { type ManifestFile, readManifests } from '../../lib/manifests';
import { type ClusterFacts, networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';

interface Checked {
  readonly findings: readonly Finding[];
}

export function check(files: readonly ManifestFile[], facts: ClusterFacts = {}): Checked {
  const read = readManifests(files);
  const { findings } = runRules(NETWORK_RULES, networkModel(read.objects, facts));
  return { findings: [...read.findings, ...findings].sort(compareFindings) };
}

export function file(path: string, text: string): ManifestFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

export function fix(files: readonly ManifestFile[], facts: ClusterFacts = {}): FixedManifests<Checked> {
  const checkFiles = (all: readonly ManifestFile[]): Checked => check(all, facts);
  return fixManifests(files, checkFiles(files), checkFiles);
}

/** The text after everything has been fixed. */
export function fixedText(text: string, path = 'a.yaml'): string {
  const { files } = fix([file(path, text)]);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(files[0].bytes);
}
