import type { SourceObject } from '../../model/source-object';
import { child, type MapNode, nodeOf, type RenderNode, scalarText } from './node';

/** What a kustomization is made from. Paths are those of the input, with `/` between their parts. */
export interface KustomizeFiles {
  /** The documents of a YAML or JSON file; undefined if there is no such file. */
  readonly documents: (path: string) => readonly SourceObject[] | undefined;
  readonly bytes: (path: string) => Uint8Array | undefined;
  /** The documents of a text that stands in another file, each with places in that file. */
  readonly inline: (text: string, at: RenderNode) => readonly SourceObject[];
}

export interface Kustomization {
  readonly directory: string;
  readonly file: string;
  readonly root: MapNode;
  readonly isComponent: boolean;
}

export const KUSTOMIZATION_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomizationName(path: string): boolean {
  return KUSTOMIZATION_NAMES.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** The kustomization of a directory; undefined if it has none. */
export function kustomizationOf(directory: string, files: KustomizeFiles): Kustomization | undefined {
  for (const name of KUSTOMIZATION_NAMES) {
    const file = joined(directory, name);
    const document = files.documents(file)?.at(0);
    if (document === undefined) continue;
    const root = nodeOf(document.manifest, { locate: document.locate, path: [] });
    if (root.kind !== 'map' || !isOfKustomize(root)) continue;
    return { directory, file, root, isComponent: scalarText(child(root, 'kind')) === 'Component' };
  }
  return undefined;
}

function isOfKustomize(root: MapNode): boolean {
  const apiVersion = scalarText(child(root, 'apiVersion'));
  return apiVersion === '' || apiVersion.startsWith('kustomize.config.k8s.io/');
}

/** A path that is written in a directory, as a path of the input: `joined('overlays/prod', '../../base')` is `base`. */
export function joined(directory: string, path: string): string {
  const parts: string[] = directory === '.' || directory === '' ? [] : directory.split('/');
  const isAbsolute = directory.startsWith('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const last = parts.at(-1);
    if (part === '..' && last !== undefined && last !== '..' && last !== '') parts.pop();
    else parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.length === 1 && isAbsolute ? `/${parts[0]}` : parts.join('/');
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** The folders that a file is in, the outermost first: `.`, or `/` for an absolute path. */
export function ancestorsOf(path: string): readonly string[] {
  const ancestors: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    ancestors.unshift(folder);
    if (folder === '.' || folder === '/' || folder === '') return ancestors;
  }
}

/** Something that kustomize fetches: `https://…`, `git@…`, `github.com/…`, `…?ref=…`. */
export function isRemote(path: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]|\?ref=|^gh:|^[\w.-]+@[\w.-]+:/.test(
    path,
  );
}

export function itemsOf(node: RenderNode | undefined, field: string): readonly RenderNode[] {
  const list = child(node, field);
  return list?.kind === 'list' ? list.items : [];
}
