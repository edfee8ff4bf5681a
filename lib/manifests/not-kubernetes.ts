import { at, list, member, record, text } from '../model/json';

/** Where the constructs of migrations write their stages: one after the other is a state of the cluster, all at once are none. */
const STAGE_OF_MIGRATION = /(?:^|\/)migration\/[^/]+\/\d+-[^/]+\//;

/** What a document is that is no object of Kubernetes, in words; undefined if it is one, or wants to be one. */
export function notKubernetes(value: unknown, path: string): string | undefined {
  if (STAGE_OF_MIGRATION.test(path)) return 'a stage of a migration: it is applied by itself, as its runbook says';
  if (record(value) === undefined)
    return `a document that is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not an object`;
  const apiVersion = text(member(value, 'apiVersion'));
  if (text(member(value, 'kind')) !== undefined && !isValues(value, path)) return withKind(value, apiVersion);
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return (
    OTHER_FILES.find(({ is }) => is(value, fileName))?.name ??
    (isLikeAnObject(value) ? undefined : 'not a Kubernetes object: it has no apiVersion and kind')
  );
}

function withKind(value: unknown, apiVersion: string | undefined): string | undefined {
  const group = apiVersion?.split('/')[0];
  const kind = text(member(value, 'kind'));
  if (group === 'kustomize.config.k8s.io')
    return 'a kustomization: render it with kustomize build, or kubectl kustomize';
  if (apiVersion === 'v1' && kind === 'Config' && Array.isArray(member(value, 'clusters'))) return 'a kubeconfig';
  return apiVersion === undefined && !isLikeAnObject(value)
    ? 'not a Kubernetes object: it has no apiVersion'
    : undefined;
}

/** It has the body of an object: the header has been forgotten, not left out. */
function isLikeAnObject(value: unknown): boolean {
  const named = record(member(value, 'metadata')) !== undefined;
  const headed = member(value, 'apiVersion') !== undefined || member(value, 'kind') !== undefined;
  return (
    named &&
    (headed || ['spec', 'data', 'stringData', 'rules', 'subsets'].some((key) => member(value, key) !== undefined))
  );
}

/** Values may have a kind or metadata of their own; an object has a version too. */
function isValues(value: unknown, path: string): boolean {
  return /(?:^|[-./])values(?:[-.][^/]*)?\.ya?ml$/i.test(path) && text(member(value, 'apiVersion')) === undefined;
}

interface OtherFile {
  readonly name: string;
  readonly is: (value: unknown, fileName: string) => boolean;
}

const KUSTOMIZATION_KEYS = [
  'resources',
  'bases',
  'components',
  'patches',
  'patchesStrategicMerge',
  'configMapGenerator',
  'namePrefix',
  'images',
  'generators',
];

const OTHER_FILES: readonly OtherFile[] = [
  {
    name: 'a kustomization: render it with kustomize build, or kubectl kustomize',
    is: (value, fileName) =>
      /^kustomization\.ya?ml$/i.test(fileName) && KUSTOMIZATION_KEYS.some((key) => member(value, key) !== undefined),
  },
  {
    name: 'a Compose file',
    is: (value, fileName) =>
      record(member(value, 'services')) !== undefined &&
      (/compose/i.test(fileName) ||
        Object.values(record(member(value, 'services')) ?? {}).some(
          (service) => text(member(service, 'image')) !== undefined || member(service, 'build') !== undefined,
        )),
  },
  {
    name: 'the metadata of a Helm chart: render the chart with helm template',
    is: (value, fileName) => /^chart\.ya?ml$/i.test(fileName) && text(member(value, 'name')) !== undefined,
  },
  { name: 'values of a Helm chart: render the chart with helm template', is: isValues },
  { name: 'a package.json', is: (_value, fileName) => fileName === 'package.json' || fileName === 'package-lock.json' },
  { name: 'a tsconfig', is: (_value, fileName) => /^tsconfig.*\.json$/.test(fileName) },
  {
    name: 'a JSON schema',
    is: (value) => text(member(value, '$schema')) !== undefined && member(value, 'apiVersion') === undefined,
  },
  {
    name: 'a GitHub workflow',
    is: (value) =>
      record(member(value, 'jobs')) !== undefined &&
      Object.values(record(member(value, 'jobs')) ?? {}).some((job) => list(at(job, 'steps')).length > 0),
  },
];
