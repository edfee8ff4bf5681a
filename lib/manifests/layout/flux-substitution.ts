import { at, list, member, record, text } from '../../model/json';
import { append } from '../../model/lookup';
import type { SourceObject } from '../../model/source-object';
import { folderOf } from '../kustomize/kustomization';
import { setMember } from '../node-value';
import { plainScalar } from '../plain-scalar';
import { clusterOfFolder } from './unit';

/** What the repository says about the variables that Flux replaces in what a Kustomization renders. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** No other source of values is named: a variable that is not here is not set, and its default counts. */
  readonly isComplete: boolean;
}

/** A ConfigMap of the input, and the file that it is in. */
export interface ConfigMapFile {
  readonly object: SourceObject;
  readonly file: string;
}

/**
 * `spec.postBuild` of a Flux Kustomization: later sources go before earlier ones, and its own values before all (`kustomize_varsub.go` of
 * fluxcd/pkg/kustomize). Undefined where it replaces nothing.
 */
export function variablesOf(
  { manifest }: SourceObject,
  file: string,
  configMaps: ReadonlyMap<string, readonly ConfigMapFile[]>,
): Variables | undefined {
  const postBuild = at(manifest, 'spec', 'postBuild');
  const values = new Map<string, string>();
  const sources = list(member(postBuild, 'substituteFrom'));
  let isComplete = true;
  for (const source of sources) {
    const configMap =
      member(source, 'kind') === 'ConfigMap'
        ? configMapFor(configMaps.get(text(member(source, 'name')) ?? '') ?? [], manifest, file)
        : undefined;
    if (configMap === undefined) {
      isComplete = false;
      // Settings may be stated anew in another ConfigMap; what is in a Secret is no setting.
      if (member(source, 'kind') !== 'Secret') values.clear();
      continue;
    }
    addTexts(at(configMap.object.manifest, 'data'), values);
  }
  addTexts(member(postBuild, 'substitute'), values);
  // Without any value Flux leaves the objects as they are.
  return values.size === 0 ? undefined : { values, isComplete };
}

function addTexts(written: unknown, values: Map<string, string>): void {
  for (const [name, value] of Object.entries(record(written) ?? {})) {
    const words = text(value);
    if (words !== undefined) values.set(name, words.replaceAll('\n', ''));
    else values.delete(name);
  }
}

/** The only one of the namespace, or of the cluster that both files are of. */
function configMapFor(
  named: readonly ConfigMapFile[],
  kustomization: unknown,
  file: string,
): ConfigMapFile | undefined {
  const namespace = text(at(kustomization, 'metadata', 'namespace'));
  const candidates = named.filter(({ object }) => {
    const stated = text(at(object.manifest, 'metadata', 'namespace'));
    return namespace === undefined || stated === undefined || stated === namespace;
  });
  if (candidates.length <= 1) return candidates.at(0);
  const cluster = clusterOfFolder(folderOf(file));
  const own = candidates.filter((candidate) => {
    const other = clusterOfFolder(folderOf(candidate.file));
    return cluster !== undefined && other?.name === cluster.name && other.under === cluster.under;
  });
  return own.length === 1 ? own[0] : undefined;
}

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** The objects with the values that are known; what is not known stays a variable. */
export function substituted(objects: readonly SourceObject[], variables: Variables): readonly SourceObject[] {
  return objects.map((object) => {
    const { manifest } = object;
    const switches = ['labels', 'annotations'].map((field) => at(manifest, 'metadata', field, SWITCH));
    return switches.includes('disabled') ? object : { ...object, manifest: valueOf(manifest, variables) };
  });
}

/** The same value where there is no variable in it. */
function valueOf(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return value.includes('$') ? scalarOf(value, variables) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => valueOf(item, variables));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = record(value);
  if (members === undefined) return value;
  const replaced: Record<string, unknown> = {};
  let isSame = true;
  for (const [name, child] of Object.entries(members)) {
    const key = filledIn(name, variables);
    const filled = valueOf(child, variables);
    if (key !== name || filled !== child) isSame = false;
    setMember(replaced, key, filled);
  }
  return isSame ? value : replaced;
}

/** Flux replaces in the YAML text that kustomize writes, in which plain scalars have no quotes: what looks like a number becomes one. */
function scalarOf(written: string, variables: Variables): unknown {
  const filled = filledIn(written, variables);
  if (filled === written || !isPlain(written)) return filled;
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(filled);
  return quoted === null ? plainScalar(filled) : quoted[2];
}

/** Whether a text is written without quotes. */
function isPlain(value: string): boolean {
  return !/^[\s\-?:,[\]{}#&*!|>'"%@`]|: |:$| #|\s$|\n/.test(value);
}

/** `$${…}` is a text; of the functions of a shell only defaults are understood. */
const VARIABLE = /(\$?)\$\{([A-Za-z_]\w*)(?::?[-=]([^{}$]*))?\}/g;

function filledIn(value: string, { values, isComplete }: Variables): string {
  if (!value.includes('${')) return value;
  return value.replace(VARIABLE, (whole, escape: string, name: string, fallback: string | undefined) => {
    if (escape !== '') return whole.slice(1);
    const known = values.get(name);
    if (known === undefined) return isComplete ? (fallback ?? whole) : whole;
    // A value of no characters counts as none where there is a default.
    return known === '' ? (fallback ?? '') : known;
  });
}

/** The ConfigMaps of the input by name. */
export function configMapsOf(
  files: readonly { readonly path: string; readonly objects: readonly SourceObject[] }[],
): ReadonlyMap<string, readonly ConfigMapFile[]> {
  const byName = new Map<string, ConfigMapFile[]>();
  for (const { path, objects } of files) {
    for (const object of objects) {
      if (text(member(object.manifest, 'kind')) !== 'ConfigMap') continue;
      const name = text(at(object.manifest, 'metadata', 'name')) ?? '';
      append(byName, name, { object, file: path });
    }
  }
  return byName;
}
