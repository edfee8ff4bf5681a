import { at, flatMap, isMetalLb, type NetworkModel, textMap } from '../../model';
import type { NetworkRule } from '../network-rule';

const KINDS = ['BFDProfile', 'BGPAdvertisement', 'BGPPeer', 'Community', 'IPAddressPool', 'L2Advertisement'];

/** The controller of MetalLB reads the objects of its own namespace only. */
export const metallbNamespace: NetworkRule = {
  code: 'NL633',
  slug: 'metallb-namespace',
  severity: 'warning',
  title: 'An object of MetalLB is outside of the namespace of MetalLB',
  check(model, report) {
    const objects = flatMap(KINDS, (kind) => model.ofKind(kind).filter((object) => isMetalLb(object, kind)));
    const namespaces = new Set(objects.map(({ ref }) => ref.namespace));
    const home = controllerNamespace(model) ?? (namespaces.size > 1 && namespaces.has(USUAL) ? USUAL : undefined);
    if (home === undefined) return;
    for (const object of objects) {
      if (object.ref.namespace === home) continue;
      report({
        on: object,
        field: ['metadata', 'namespace'],
        message: `MetalLB reads the objects of its namespace ${home}, and not this one in ${String(object.ref.namespace)}`,
        help: `set metadata.namespace: ${home}`,
      });
    }
  },
};

const USUAL = 'metallb-system';

/** The manifests and the chart of MetalLB label the controller in two ways. Undefined too where several of them are installed. */
function controllerNamespace({ workloads }: NetworkModel): string | undefined {
  const namespaces = new Set(
    workloads
      .filter(({ labels, object }) => {
        const own = textMap(at(object.manifest, 'metadata', 'labels'));
        const isMetallb = labels.get('app') === 'metallb' || labels.get('app.kubernetes.io/name') === 'metallb';
        const component = labels.get('component') ?? labels.get('app.kubernetes.io/component') ?? own.get('component');
        return isMetallb && component === 'controller';
      })
      .map(({ namespace }) => namespace),
  );
  return namespaces.size === 1 ? [...namespaces][0] : undefined;
}
