import type { FieldPath, ModelObject, NetworkModel } from '../../model';
import { perModel } from '../../model/per-model';
import { crdKinds } from '../../schema/crd';
import { KNOWN_MINORS, type KnownKind, knownKind } from '../../schema/known-kinds';
import type { Schema } from '../../schema/schema';
import { schemaProblems, type SchemaProblem } from '../../schema/walk';
import { minorVersion } from '../kubernetes-version';

export interface JudgedKind extends KnownKind {
  /** The CustomResourceDefinition of the input that says what the kind is like. */
  readonly definedBy?: ModelObject;
}

/** An object that does not fit the schema of its kind. */
export interface JudgedObject {
  readonly object: ModelObject;
  readonly kind: JudgedKind;
  readonly problems: readonly SchemaProblem[];
}

/** Several rules ask, and every object is walked through once. */
export const judgedObjects = perModel((model): readonly JudgedObject[] => {
  const kinds = definedKinds(model);
  const minor = knownMinor(model);
  const judged: JudgedObject[] = [];
  for (const { apiVersion, kind: name, objects } of model.types) {
    const type = `${apiVersion} ${name}`;
    const kind = kinds.get(type) ?? knownKind(type);
    if (kind === undefined) continue;
    for (const object of objects) {
      const problems = schemaProblems(object.manifest, kind.schema, { minor });
      if (problems.length > 0) judged.push({ object, kind, problems });
    }
  }
  return judged;
});

/** The kinds that the CustomResourceDefinitions of the input make: what stands in them is what the API server goes by. */
function definedKinds(model: NetworkModel): ReadonlyMap<string, JudgedKind> {
  const kinds = new Map<string, JudgedKind>();
  for (const definedBy of model.ofKind('CustomResourceDefinition')) {
    for (const { type, schema } of crdKinds(definedBy.manifest)) {
      const api = knownKind(type)?.api ?? definedBy.ref.name;
      kinds.set(type, { schema, api, definedBy });
    }
  }
  return kinds;
}

/** Undefined where the version is not known, or its fields are not. */
export function knownMinor({ facts }: NetworkModel): number | undefined {
  const minor = minorVersion(facts.kubernetesVersion);
  return minor !== undefined && minor >= KNOWN_MINORS.first && minor <= KNOWN_MINORS.last ? minor : undefined;
}

/** The mappings that have a field of each name, as paths without indexes: `spec.ingress.from`. */
export function placesOfFields(schema: Schema): ReadonlyMap<string, readonly string[]> {
  const known = PLACES.get(schema);
  if (known !== undefined) return known;
  const places = new Map<string, string[]>();
  let visits = 0;
  const visit = (each: Schema, path: FieldPath): void => {
    if (++visits > MOST_PLACES) return;
    for (const [field, inner] of each.fields ?? []) {
      const found = places.get(field);
      if (found === undefined) places.set(field, [path.join('.')]);
      else found.push(path.join('.'));
      visit(inner.items ?? inner, [...path, field]);
    }
  };
  visit(schema, []);
  // What is nearer to the top is what was more likely meant.
  for (const [field, paths] of places)
    places.set(
      field,
      paths.toSorted((a, b) => depth(a) - depth(b)),
    );
  PLACES.set(schema, places);
  return places;
}

function depth(path: string): number {
  return path === '' ? 0 : path.split('.').length;
}

/** A schema of strangers may hold itself many times over. */
const MOST_PLACES = 20_000;

const PLACES = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();
