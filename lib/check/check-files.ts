import { groupByCluster } from '../config/cluster-groups';
import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import { type Config, expectationsOfCluster } from '../config/config';
import type { Finding } from '../finding/finding';
import { decodeText, type ManifestFile, readManifests, type SkippedInput } from '../manifests';
import { networkModel } from '../model';
import { expectationFindings, type WrittenExpectation } from '../reach';
import { NETWORK_RULES, runRules, type SkippedRule } from '../rules';
import { applySuppressions, type Suppressed } from '../suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../suppression/suppression-sources';

export interface CheckedFiles extends Suppressed {
  /** Each rule and reason once, whatever the number of clusters. */
  readonly skipped: readonly SkippedRule[];
  readonly objects: number;
  /** What is no manifest, and was passed over. */
  readonly ignored: readonly SkippedInput[];
}

export interface CheckFilesOptions {
  readonly config: Config;
  /** Facts that go before those of the configuration. */
  readonly facts: ClusterTexts;
  /** Suppressions may end on a date: `YYYY-MM-DD`. */
  readonly today: string;
}

/** Checks the manifests of each cluster with its facts. Severities are not changed yet. Pure. */
export function checkFiles(files: readonly ManifestFile[], { config, facts, today }: CheckFilesOptions): CheckedFiles {
  const { groups, findings } = groupByCluster(files, config);
  const checked = groups.map((group) =>
    checkCluster(group.files, { ...group.facts, ...given(facts) }, expectationsOfCluster(config, group.name), today),
  );
  const skipped = checked.flatMap((cluster) => cluster.skipped);
  return {
    findings: [...findings, ...checked.flatMap((cluster) => cluster.findings)],
    suppressed: checked.reduce((sum, { suppressed }) => sum + suppressed, 0),
    skipped: [...new Map(skipped.map((rule) => [`${rule.code} ${rule.because}`, rule])).values()],
    objects: checked.reduce((sum, { objects }) => sum + objects, 0),
    ignored: checked.flatMap(({ ignored }) => ignored),
  };
}

function checkCluster(
  files: readonly ManifestFile[],
  texts: ClusterTexts,
  expectations: readonly WrittenExpectation[],
  today: string,
): CheckedFiles {
  const read = readManifests(files);
  const model = networkModel(read.objects, readClusterFacts(texts).facts);
  const { findings, skipped } = runRules(NETWORK_RULES, model);
  const all: readonly Finding[] = [...read.findings, ...findings, ...expectationFindings(model, expectations)];
  const passedOver = new Set(read.skipped.map(({ path }) => path));
  const comments = files.flatMap((file) =>
    commentsOf(file).map((comment) => ({ ...comment, isUncertain: passedOver.has(file.path) })),
  );
  const suppressions = [...annotationSuppressions(model.objects), ...comments];
  const silent = new Set(skipped.map(({ code }) => code));
  return {
    ...applySuppressions(all, suppressions, today, (code) => !silent.has(code)),
    skipped,
    objects: model.objects.length,
    ignored: read.skipped,
  };
}

const MARK = new TextEncoder().encode('netloom-ignore');

/** Most files have no such comment: they need not be decoded twice. */
function commentsOf({ path, bytes }: ManifestFile): ReturnType<typeof commentSuppressions> {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(MARK) === -1) return [];
  return commentSuppressions(path, decodeText(bytes).text);
}

/** What is not given must not hide what the configuration says. */
export function given(texts: ClusterTexts): ClusterTexts {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
}
