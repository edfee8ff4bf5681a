import {
  apiGroup,
  at,
  below,
  type FieldPath,
  flatMap,
  list,
  member,
  podTemplatePath,
  type Workload,
} from '../../model';
import { perModel } from '../../model/per-model';

/** The description of pods in an object whose API server checks it: custom controllers may complete or change theirs. */
export interface PodSpec {
  readonly workload: Workload;
  readonly object: Workload['object'];
  readonly path: FieldPath;
  readonly spec: unknown;
  /** Its containers, and those that run before or beside them. */
  readonly containers: readonly { readonly value: unknown; readonly path: FieldPath }[];
}

const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

export const podSpecs = perModel(({ workloads }): readonly PodSpec[] =>
  flatMap(workloads, (workload) => {
    const { object } = workload;
    const template = podTemplatePath(object);
    if (template === undefined || !BUILT_IN.has(apiGroup(object.ref.apiVersion))) return [];
    const path = [...template, 'spec'];
    const spec = at(object.manifest, ...path);
    const containers = flatMap(['containers', 'initContainers'], (field) =>
      list(member(spec, field)).map((value, index) => ({ value, path: below(path, field, index) })),
    );
    return [{ workload, object, path, spec, containers }];
  }),
);
