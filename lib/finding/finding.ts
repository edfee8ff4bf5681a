import { brief } from './brief';

/** How bad a finding is: an `error` stops a synth, a `warning` is printed, an `info` is a remark. */
export type Severity = 'error' | 'warning' | 'info';

/** The Kubernetes object a finding lies on. `namespace` is null for cluster-scoped kinds. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** Where something was written: a place in a file (line and column start at 1), the construct that made it, or both. */
export interface Origin {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly construct: string | null;
}

/** A place in a spec, as the keys that lead to it: `['clusters', 'prod', 'podCidrs', 0]`. */
export type SpecPath = readonly (string | number)[];

/** One change of a document. It says which field becomes what; whoever reads the text knows how to write it. */
export type FieldEdit =
  | { readonly field: SpecPath; readonly set: string | number }
  /** The text of the value as it is written, put in quotes. */
  | { readonly field: SpecPath; readonly quote: true }
  /** Another name for the key. */
  | { readonly field: SpecPath; readonly rename: string }
  | { readonly field: SpecPath; readonly remove: true }
  /** A new field before this one. */
  | { readonly field: SpecPath; readonly insert: { readonly key: string; readonly value: string } };

/** Changes that fix a finding: all of them or none. Only where one answer is right, whatever the author had in mind. */
export interface Fix {
  readonly file: string;
  /** Which document of the file, counted from 0. */
  readonly document: number;
  /** Paths from the root of the document. */
  readonly edits: readonly FieldEdit[];
}

/** The other party of a finding. */
export interface Related {
  readonly message: string;
  readonly object: ObjectRef | null;
  readonly origin: Origin | null;
  /** Set by the planning phase, which knows specs but not where they were written; whoever read the spec turns it into `origin`. */
  readonly specPath?: SpecPath;
}

/** The fixed part of a finding: one for each rule, never reused for another meaning. */
export interface Rule {
  /** `NLnnn`: 1xx addressing, 2xx services, 3xx DNS, 4xx Ingress and Gateway, 5xx NetworkPolicy, 6xx CNI and load balancers, 9xx input. */
  readonly code: string;
  readonly slug: string;
  readonly severity: Severity;
  /** One line that says what the rule finds. */
  readonly title: string;
  /** Whether some of its findings have a {@link Fix}. @default false */
  readonly fixable?: boolean;
}

/** A problem, with everything a reader needs to act on it. */
export interface Finding {
  readonly code: string;
  readonly slug: string;
  readonly severity: Severity;
  /** What is wrong, with the values, in one sentence without a full stop. */
  readonly message: string;
  readonly object: ObjectRef | null;
  readonly origin: Origin | null;
  readonly related: readonly Related[];
  /** What to do. */
  readonly help: string;
  /** See {@link Related.specPath}. */
  readonly specPath?: SpecPath;
  readonly fix?: Fix;
}

/** What a rule adds to its fixed part when it finds something. */
export interface FindingDetails {
  /** Where this case is worse or better than the rule's usual one. @default - that of the rule */
  readonly severity?: Severity;
  readonly message: string;
  readonly help: string;
  readonly object?: ObjectRef | null;
  readonly origin?: Origin | null;
  readonly related?: readonly Related[];
  readonly specPath?: SpecPath;
  readonly fix?: Fix;
}

export function finding(rule: Rule, details: FindingDetails): Finding {
  return {
    code: rule.code,
    slug: rule.slug,
    severity: details.severity ?? rule.severity,
    message: brief(details.message),
    object: details.object ?? null,
    origin: details.origin ?? null,
    related: (details.related ?? []).map((other) => ({ ...other, message: brief(other.message) })),
    help: brief(details.help),
    ...(details.specPath && { specPath: details.specPath }),
    ...(details.fix && { fix: details.fix }),
  };
}

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** The one order in which findings are shown: severity, code, object, place, message. Independent of how they were found. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    compareText(a.code, b.code) ||
    compareText(objectText(a.object), objectText(b.object)) ||
    compareText((a.specPath ?? []).join('.'), (b.specPath ?? []).join('.')) ||
    compareText(a.message, b.message)
  );
}

/** `Kind namespace/name`, or `Kind name` for a cluster-scoped object. */
export function objectText(object: ObjectRef | null): string {
  if (object === null) return '';
  return brief(
    object.namespace === null ? `${object.kind} ${object.name}` : `${object.kind} ${object.namespace}/${object.name}`,
  );
}

/** Compares by code unit, so that no locale changes an output. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
