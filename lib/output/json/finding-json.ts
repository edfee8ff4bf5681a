import type { Replacement } from '../../fix';
import type { Finding, ObjectRef, Origin, Related } from '../../finding/finding';

/** A finding as it stands in JSON output, in the order of its members. */
export interface FindingJson {
  readonly code: string;
  readonly slug: string;
  readonly severity: string;
  readonly message: string;
  readonly object: ObjectRef | null;
  readonly origin: Origin | null;
  readonly related: readonly { object: ObjectRef | null; origin: Origin | null; message: string }[];
  readonly help: string;
  readonly docs: string;
  /** Only if `--fix` can fix it. */
  readonly fix?: { readonly replacements: readonly Replacement[] };
}

export function findingJson(finding: Finding, replacements?: readonly Replacement[]): FindingJson {
  const { code, slug, severity, message, object, origin, related, help } = finding;
  return {
    code,
    slug,
    severity,
    message,
    object,
    origin,
    related: related.map(relatedJson),
    help,
    docs: `docs/rules/${code}.md`,
    ...(replacements && { fix: { replacements } }),
  };
}

function relatedJson({ object, origin, message }: Related): FindingJson['related'][number] {
  return { object, origin, message };
}
