import { type Endpoints, flatMap, type NetworkModel, type Service } from '../../model';
import { append } from '../../model/lookup';
import { perModel } from '../../model/per-model';
import { type RunningPod, runningPods } from '../running-pods';

/** What stands behind a Service now. */
export interface Backends {
  readonly pods: readonly RunningPod[];
  readonly ready: readonly RunningPod[];
  /** Its EndpointSlices; its Endpoints object where nobody has slices. */
  readonly endpoints: readonly Endpoints[];
  readonly addresses: ReadonlySet<string>;
}

const endpointsByService = perModel((model: NetworkModel): ReadonlyMap<string, readonly Endpoints[]> => {
  const groups = new Map<string, Endpoints[]>();
  const hasSlices = model.ofKind('EndpointSlice').length > 0;
  for (const endpoints of model.endpoints) {
    const isAsked = (endpoints.object.ref.kind === 'EndpointSlice') === hasSlices;
    if (isAsked && endpoints.serviceName !== undefined)
      append(groups, `${endpoints.namespace}/${endpoints.serviceName}`, endpoints);
  }
  return groups;
});

/** Undefined for a Service whose endpoints are not made from its selector. */
export function backendsOf(model: NetworkModel, { namespace, name, selector, type }: Service): Backends | undefined {
  if (selector === undefined || type === 'ExternalName') return undefined;
  const pods = runningPods(model).select(namespace, selector);
  const endpoints = endpointsByService(model).get(`${namespace}/${name}`) ?? [];
  return {
    pods,
    ready: pods.filter(({ isReady }) => isReady),
    endpoints,
    addresses: new Set(flatMap(endpoints, ({ addresses }) => addresses.map(({ value }) => value))),
  };
}

/** Whether the input has the status of a cluster at all. */
export function hasStatus(model: NetworkModel): boolean {
  return runningPods(model).all.length > 0;
}
