import { at, list, member, nonEmpty, positive, textMap } from './json';
import type { ModelObject } from './source-object';

/** Pods that one object makes: a Pod, or the pod template of a controller. */
export interface Workload {
  readonly object: ModelObject;
  readonly namespace: string;
  /** Labels of the pods, not of the controller. */
  readonly labels: ReadonlyMap<string, string>;
  readonly containerPorts: readonly ContainerPort[];
  readonly hostNetwork: boolean;
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly containerPort: number;
  readonly protocol: string;
}

/** Undefined for an object that makes no pods. Controllers are known by shape, so that custom ones count too. */
export function readWorkload(object: ModelObject): Workload | undefined {
  const template = podTemplate(object);
  if (template === undefined) return undefined;
  const spec = member(template, 'spec');
  // Sidecars are init containers that keep running: their ports count, those of other init containers do not (podutil.FindPort).
  const sidecars = list(member(spec, 'initContainers')).filter(
    (container) => member(container, 'restartPolicy') === 'Always',
  );
  const containers = [...list(member(spec, 'containers')), ...sidecars];
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    labels: textMap(at(template, 'metadata', 'labels')),
    containerPorts: containers.flatMap((container) => list(member(container, 'ports')).flatMap(readContainerPort)),
    hostNetwork: member(spec, 'hostNetwork') === true,
  };
}

function podTemplate(object: ModelObject): unknown {
  if (object.ref.kind === 'Pod' && object.ref.apiVersion === 'v1') return object.manifest;
  const candidates = [
    at(object.manifest, 'spec', 'template'),
    at(object.manifest, 'spec', 'jobTemplate', 'spec', 'template'),
  ];
  return candidates.find((template) => Array.isArray(at(template, 'spec', 'containers')));
}

function readContainerPort(value: unknown): ContainerPort[] {
  const containerPort = positive(member(value, 'containerPort'));
  if (containerPort === undefined) return [];
  return [
    { name: nonEmpty(member(value, 'name')), containerPort, protocol: nonEmpty(member(value, 'protocol')) ?? 'TCP' },
  ];
}
