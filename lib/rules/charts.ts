import { at, concat, flatMap, type ModelObject, type NetworkModel, nonEmpty } from '../model';
import { perModel } from '../model/per-model';

/** What a chart makes is not in the input: whether it may have made a Service of that name there. */
export function mayBeOfChart(model: NetworkModel, namespace: string): boolean {
  return namespacesOfCharts(model).has(namespace);
}

/** Where releases of Flux and k3s, and Applications of Argo CD, make their objects. */
const namespacesOfCharts = perModel((model): ReadonlySet<string> => {
  const releases = flatMap(['HelmRelease', 'HelmChart'], model.ofKind).map(
    ({ ref, manifest }) => nonEmpty(at(manifest, 'spec', 'targetNamespace')) ?? ref.namespace,
  );
  const applications = model
    .ofKind('Application')
    .filter(hasChart)
    .map(({ manifest }) => nonEmpty(at(manifest, 'spec', 'destination', 'namespace')));
  return new Set(flatMap(concat(releases, applications), (namespace) => namespace ?? []));
});

function hasChart({ ref, manifest }: ModelObject): boolean {
  return ref.apiVersion.startsWith('argoproj.io/') && at(manifest, 'spec') !== undefined;
}
