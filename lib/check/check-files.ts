import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import { type Config, expectationsOfCluster } from '../config/config';
import type { Finding } from '../finding/finding';
import { decodeText, type ManifestFile, type ReadTreeOptions, type SkippedInput } from '../manifests';
import { networkModel, type NetworkModel } from '../model';
import { expectationFindings, type WrittenExpectation } from '../reach';
import { NETWORK_RULES, runRules, type SkippedRule } from '../rules';
import { applySuppressions, type Suppressed } from '../suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../suppression/suppression-sources';
import { compareClusters } from './between/compare-clusters';
import { copiesApart, withoutCopies } from './copies';
import { needsAllObjects } from './partial-input';
import { clusterNamed, type ReadCluster, readClusters } from './read-clusters';

export interface CheckedFiles extends Suppressed {
  /** Each rule and reason once, whatever the number of clusters. */
  readonly skipped: readonly SkippedRule[];
  readonly objects: number;
  /** What is no manifest, and was passed over. */
  readonly ignored: readonly SkippedInput[];
  /** How the input was understood, if that is not plain. */
  readonly understood: string | null;
  readonly clusters: readonly CheckedModel[];
}

/** What was checked as one cluster. */
export interface CheckedModel {
  readonly name: string | null;
  readonly objects: NetworkModel['objects'];
}

export interface CheckFilesOptions {
  readonly config: Config;
  /** Facts that go before those of the configuration. */
  readonly facts: ClusterTexts;
  /** Suppressions may end on a date: `YYYY-MM-DD`. */
  readonly today: string;
  /** Only the cluster of this name. @default - all */
  readonly cluster?: string;
  /** Reads files beside the given ones, such as bases of kustomizations. @default - there are no others */
  readonly read?: ReadTreeOptions['read'];
}

/** Checks the manifests of each cluster with its facts. Severities are not changed yet. Pure. */
export function checkFiles(
  files: readonly ManifestFile[],
  { config, facts, today, cluster: only, read }: CheckFilesOptions,
): CheckedFiles {
  const { clusters: all, findings, skipped: ignored, understood } = readClusters(files, config, read);
  const clusters = only === undefined ? all : [clusterNamed(only, all, config)];
  const checked = clusters.map((cluster) =>
    checkCluster(cluster, { ...cluster.facts, ...given(facts) }, expectationsOfCluster(config, cluster.name)),
  );
  const passedOver = new Set(ignored.map(({ path }) => path));
  const comments = files.flatMap((file) =>
    commentsOf(file).map((comment) => ({ ...comment, isUncertain: passedOver.has(file.path) })),
  );
  const skipped = checked.flatMap((cluster) => cluster.skipped);
  const silent = new Set(skipped.map(({ code }) => code));
  const suppressions = [...checked.flatMap(({ models }) => annotationSuppressions(models[0].objects)), ...comments];
  const compared = clusters.flatMap(({ name }, index) =>
    name === null ? [] : [{ name, model: checked[index].models[0] }],
  );
  const found = withoutCopies([
    ...findings,
    ...checked.flatMap((cluster) => cluster.findings),
    ...compareClusters(compared, config),
  ]);
  return {
    ...applySuppressions(found, distinct(suppressions), today, (code) => !silent.has(code)),
    skipped: distinct(skipped),
    objects: checked.reduce((sum, { models }) => sum + countOf(models[0]), 0),
    ignored,
    understood: only === undefined ? understood : null,
    clusters: clusters.map(({ name }, index) => ({ name, objects: checked[index].models[0].objects })),
  };
}

/** Files that components read are no objects of the API, and are checked like those. */
function countOf({ objects, configs }: NetworkModel): number {
  const files = configs.filter(({ object, value }) => object.manifest === value);
  return objects.length + files.filter(({ object }) => !objects.includes(object)).length;
}

/** A base that is in two clusters is one text. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

interface CheckedCluster {
  /** The first one holds all objects. */
  readonly models: readonly NetworkModel[];
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
}

function checkCluster(
  { objects, isPartial }: ReadCluster,
  texts: ClusterTexts,
  expectations: readonly WrittenExpectation[],
): CheckedCluster {
  const { facts } = readClusterFacts(texts);
  const models = copiesApart(objects).map((copies) => networkModel(copies, facts));
  const results = models.map((model) => runRules(NETWORK_RULES, model));
  const [model] = models;
  const found = [...commonFindings(models, results), ...expectationFindings(model, expectations)];
  return {
    models,
    findings: isPartial ? found.filter(({ code }) => !needsAllObjects(code)) : found,
    skipped: results[0].skipped,
  };
}

/** What is said of the first copies, and of each further one; of what has no copies only what every copy of the rest bears out. */
function commonFindings(
  models: readonly NetworkModel[],
  results: readonly { readonly findings: readonly Finding[] }[],
): readonly Finding[] {
  const [{ findings }, ...others] = results;
  if (others.length === 0) return findings;
  const copied = new Set(models[0].repeated.map(({ object }) => JSON.stringify(object.ref)));
  const isCopied = ({ object }: Finding): boolean => object !== null && copied.has(JSON.stringify(object));
  const said = others.map((other) => new Set(other.findings.map(placeText)));
  const common = findings.filter(
    (found) => isCopied(found) || found.code === 'NL910' || said.every((places) => places.has(placeText(found))),
  );
  return [...common, ...others.flatMap((other) => other.findings.filter(isCopied))];
}

function placeText({ code, object, origin }: Finding): string {
  return JSON.stringify([code, object, origin]);
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
