import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, finding, type ObjectRef } from '../finding/finding';
import { modelObject, type SourceObject } from '../model';
import { type AppState, clusterOf, originOf, type PlannedCluster } from './app-state';
import { inProps } from './field-map';
import { UNRENDERABLE_OBJECT } from './rules';

/** An object of the app, and what will be written of it. */
export interface Rendered {
  readonly object: ApiObject;
  readonly manifest: unknown;
}

export function objectRef(state: AppState, construct: IConstruct): ObjectRef | null {
  const child = construct.node.defaultChild ?? construct;
  if (!ApiObject.isApiObject(child)) return null;
  const { apiVersion, kind, name, metadata } = child;
  const manifest = { apiVersion, kind, metadata: { name, namespace: metadata.namespace } };
  return modelObject({ manifest, locate: () => originOf(state, child) })?.ref ?? null;
}

/** A throwing producer must not hide the other problems of the app. */
export function render(state: AppState, object: ApiObject, findings: Finding[]): Rendered[] {
  try {
    return [{ object, manifest: object.toJson() as unknown }];
  } catch (error) {
    findings.push(
      finding(UNRENDERABLE_OBJECT, {
        message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        origin: originOf(state, object),
        help: 'the object could not be rendered; the message is that of the code which produces its values',
      }),
    );
    return [];
  }
}

export function sourceObject(state: AppState, { object, manifest }: Rendered): SourceObject {
  const fields = state.fields.get(object);
  return { manifest, locate: () => originOf(state, object), wording: fields && inProps(fields) };
}

/** Objects outside of every cluster are checked together. */
export function byCluster(state: AppState, rendered: readonly Rendered[]): Map<PlannedCluster | undefined, Rendered[]> {
  const groups = new Map<PlannedCluster | undefined, Rendered[]>();
  for (const entry of rendered) {
    const cluster = clusterOf(state, entry.object);
    const group = groups.get(cluster);
    if (group === undefined) groups.set(cluster, [entry]);
    else group.push(entry);
  }
  return groups;
}
