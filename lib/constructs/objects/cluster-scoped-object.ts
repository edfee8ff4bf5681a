import { ApiObject } from 'cdk8s';

/** An object without the namespace that cdk8s gives to everything in a chart. */
export class ClusterScopedApiObject extends ApiObject {
  public override toJson(): unknown {
    return withoutNamespace(super.toJson());
  }
}

function withoutNamespace(manifest: unknown): unknown {
  const { metadata } = manifest as { metadata: Readonly<Record<string, unknown>> };
  const kept = Object.entries(metadata).filter(([field]) => field !== 'namespace');
  return { ...(manifest as object), metadata: Object.fromEntries(kept) };
}
