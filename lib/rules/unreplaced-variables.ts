import { at, concat, flatMap, list, type ModelObject, record, text } from '../model';
import type { Violation } from '../model/violation';

/** Of envsubst and Flux, of kustomize, of templates in quotes, and what a person or `sed` replaces: `<your domain>`, `__HOST__`. */
const VARIABLE =
  /\$\{[^{}]+\}|\$\([^()]+\)|\$[A-Z_]{2,}[A-Z0-9_]*|\{\{[^{}]*\}\}|<[A-Za-z][\w .-]*>|(?<![A-Za-z0-9_])__[A-Z][A-Z0-9_]*__(?![A-Za-z0-9_])/;

/** A port of a list, a label of a selector, a host of a rule. */
const DEPTH = 3;

/** Where `$(NAME)` is for the kubelet to replace, and other texts are of programs (EnvVar, Container). */
const OF_PROGRAMS: ReadonlySet<string> = new Set(['annotations', 'args', 'command', 'data', 'env']);

/**
 * The first variable in what a violation speaks of. Something else replaces it before the API server sees the manifest, so that nothing
 * can be said of the value, nor of what follows from it elsewhere.
 */
export function unreplacedVariable({ on, field = [], related = [] }: Violation): string | undefined {
  const others = flatMap(related, (other) =>
    (other.reads ?? [other.field]).map((read) => ({ on: other.on, field: read })),
  );
  for (const place of concat([{ on, field }], others)) {
    const variable = variableIn(
      place.field.length === 0 ? identityOf(place.on) : at(place.on.manifest, ...place.field),
      DEPTH,
    );
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** What is said of an object as a whole. */
function identityOf({ ref }: ModelObject): readonly unknown[] {
  return [ref.namespace, ref.name];
}

function variableIn(value: unknown, depth: number): string | undefined {
  const words = text(value);
  // The text of a file in a ConfigMap is no value of its own.
  if (words !== undefined) return words.includes('\n') ? undefined : VARIABLE.exec(words)?.[0];
  if (depth === 0) return undefined;
  const fields = Object.entries(record(value) ?? {}).filter(([name]) => !OF_PROGRAMS.has(name));
  for (const part of concat(
    list(value),
    fields.map(([, field]) => field),
  )) {
    const variable = variableIn(part, depth - 1);
    if (variable !== undefined) return variable;
  }
  return undefined;
}
