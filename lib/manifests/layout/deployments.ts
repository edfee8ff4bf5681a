import { at, list, member, text } from '../../model/json';
import { concat, flatMap } from '../../model/lists';
import { apiGroup, below, type SourceObject } from '../../model/source-object';
import { type Parameters, parametersOf, type Repository } from './application-set';
import { child, type MapNode, nodeOf, type RenderNode } from '../kustomize/node';

/** What a deployment tool applies from a folder of the repository, as an object of the tool says. */
export interface Deployment {
  readonly object: SourceObject;
  /** The file in which the object is. */
  readonly file: string;
  readonly tool: 'flux' | 'argocd';
  /** As written: from the root of the repository. */
  readonly path: string;
  /** Whether folders inside of the folder are applied too where there is no kustomization. */
  readonly isRecursive: boolean;
  /** Fields of a kustomization that are put over that of the folder. */
  readonly overlay: ReadonlyMap<string, RenderNode>;
  /** The namespace of objects that state none. */
  readonly defaultNamespace: RenderNode | undefined;
  /** Where it is applied, if not in the cluster of the object. */
  readonly destination: string | undefined;
}

/** Flux Kustomizations, Argo CD Applications, and ApplicationSets in so far as the repository says what they yield. */
export function deploymentsOf(object: SourceObject, file: string, repository: Repository): readonly Deployment[] {
  const { manifest } = object;
  const group = apiGroup(text(member(manifest, 'apiVersion')) ?? '');
  const kind = text(member(manifest, 'kind'));
  if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') return fluxDeployment(object, file);
  if (group !== 'argoproj.io') return [];
  if (kind === 'Application') return argoDeployments(object, file, ['spec'], new Map());
  return kind === 'ApplicationSet' ? applicationSet(object, file, repository) : [];
}

/** By what fields of a kustomization a Flux Kustomization does its own (`generator.go` of fluxcd/pkg/kustomize). */
const FLUX_FIELDS: Readonly<Record<string, string>> = {
  targetNamespace: 'namespace',
  namePrefix: 'namePrefix',
  nameSuffix: 'nameSuffix',
  patches: 'patches',
  patchesStrategicMerge: 'patchesStrategicMerge',
  patchesJson6902: 'patchesJson6902',
  images: 'images',
  components: 'components',
};

function fluxDeployment(object: SourceObject, file: string): readonly Deployment[] {
  const path = text(at(object.manifest, 'spec', 'path'));
  const spec = nodeAt(object, 'spec');
  if (path === undefined || spec === undefined) return [];
  const overlay = new Map<string, RenderNode>();
  for (const [field, name] of Object.entries(FLUX_FIELDS)) {
    const value = child(spec, field);
    if (value !== undefined) overlay.set(name, value);
  }
  const common = child(spec, 'commonMetadata');
  const [labels, annotations] = [child(common, 'labels'), child(common, 'annotations')];
  if (labels?.kind === 'map') overlay.set('labels', { kind: 'list', items: [pairsNode(labels)], place: labels.place });
  if (annotations !== undefined) overlay.set('commonAnnotations', annotations);
  const deployment = { object, file, tool: 'flux', path, isRecursive: true, overlay } as const;
  return [{ ...deployment, defaultNamespace: undefined, destination: undefined }];
}

function pairsNode(pairs: MapNode): MapNode {
  return { kind: 'map', entries: new Map([['pairs', pairs]]), place: pairs.place };
}

function nodeAt({ manifest, locate }: SourceObject, ...path: readonly string[]): RenderNode | undefined {
  const value = at(manifest, ...path);
  return value === undefined ? undefined : nodeOf(value, { locate, path });
}

/** Of each source with a path; `values` are those of the parameters of an ApplicationSet. */
function argoDeployments(
  object: SourceObject,
  file: string,
  specPath: readonly string[],
  values: Parameters,
): readonly Deployment[] {
  const spec = at(object.manifest, ...specPath);
  const sources = concat(list(member(spec, 'sources')), [member(spec, 'source')]);
  const namespace = filledIn(text(at(spec, 'destination', 'namespace')) ?? '', values);
  const server = filledIn(
    text(at(spec, 'destination', 'name')) ?? text(at(spec, 'destination', 'server')) ?? '',
    values,
  );
  return flatMap(sources, (source): readonly Deployment[] => {
    const path = filledIn(text(member(source, 'path')) ?? '', values);
    if (path === '' || isOpen(path) || member(source, 'helm') !== undefined || member(source, 'chart') !== undefined)
      return [];
    return [
      {
        object,
        file,
        tool: 'argocd',
        path,
        isRecursive: at(source, 'directory', 'recurse') === true,
        overlay: argoOverlay(object, source, specPath),
        defaultNamespace:
          namespace === '' || isOpen(namespace)
            ? undefined
            : nodeOf(namespace, { locate: object.locate, path: below(specPath, 'destination', 'namespace') }),
        destination: server === '' || isOpen(server) || IN_CLUSTER.has(server) ? undefined : server,
      },
    ];
  });
}

const IN_CLUSTER: ReadonlySet<string> = new Set(['in-cluster', 'https://kubernetes.default.svc']);

/** `spec.source.kustomize`; what Argo CD writes in short there (`images` as texts) does not matter to a network. */
function argoOverlay(
  { locate }: SourceObject,
  source: unknown,
  specPath: readonly string[],
): ReadonlyMap<string, RenderNode> {
  const overlay = new Map<string, RenderNode>();
  for (const field of [
    'namePrefix',
    'nameSuffix',
    'namespace',
    'commonLabels',
    'commonAnnotations',
    'patches',
    'components',
  ]) {
    const value = at(source, 'kustomize', field);
    if (value !== undefined) overlay.set(field, nodeOf(value, { locate, path: specPath }));
  }
  return overlay;
}

/** Parameters in braces that are known are filled in. */
function filledIn(template: string, values: Parameters): string {
  return template.replace(
    /\{\{-?\s*\.?(index \.path\.segments \d+|[\w.[\]-]+)\s*-?\}\}/g,
    (whole, name: string) => values.get(name) ?? values.get(name.replace(/^values\./, '')) ?? whole,
  );
}

function isOpen(value: string): boolean {
  return value.includes('{{');
}

function applicationSet(object: SourceObject, file: string, repository: Repository): readonly Deployment[] {
  return flatMap(parametersOf(object, file, repository), (values) =>
    argoDeployments(object, file, ['spec', 'template', 'spec'], values),
  );
}
