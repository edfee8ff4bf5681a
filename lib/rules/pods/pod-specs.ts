import {
  apiGroup,
  at,
  type FieldPath,
  list,
  member,
  type NetworkModel,
  podTemplatePath,
  type Workload,
} from '../../model';

/** The description of pods in an object whose API server checks it: custom controllers may complete or change theirs. */
export interface PodSpec {
  readonly workload: Workload;
  readonly object: Workload['object'];
  readonly path: FieldPath;
  readonly spec: unknown;
}

const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

export function podSpecs({ workloads }: NetworkModel): PodSpec[] {
  return workloads.flatMap((workload) => {
    const { object } = workload;
    const template = podTemplatePath(object);
    if (template === undefined || !BUILT_IN.has(apiGroup(object.ref.apiVersion))) return [];
    const path = [...template, 'spec'];
    return [{ workload, object, path, spec: at(object.manifest, ...path) }];
  });
}

/** Its containers, and those that run before or beside them. */
export function containersOf({ path, spec }: PodSpec): { readonly value: unknown; readonly path: FieldPath }[] {
  return ['containers', 'initContainers'].flatMap((field) =>
    list(member(spec, field)).map((value, index) => ({ value, path: [...path, field, index] })),
  );
}
