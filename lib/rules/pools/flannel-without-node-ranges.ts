import { at, type ConfigDocument, extraArgument, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Flannel in Kubernetes takes the range of a node from `spec.podCIDR`: "pod cidr not assigned" (flannel-io/flannel#728, #1344). */
export const flannelWithoutNodeRanges: NetworkRule = {
  code: 'NL681',
  slug: 'flannel-without-node-ranges',
  severity: 'error',
  title: 'Flannel runs in a cluster whose nodes get no pod ranges',
  check(model, report) {
    const [bootstrap, ...others]: readonly (ConfigDocument | undefined)[] = model.configs.filter(
      ({ kind }) => kind === 'ClusterConfiguration',
    );
    const assigned = model.nodes.some(({ podCidrs }) => podCidrs.length > 0);
    if (others.length > 0 || assigned || model.givenFacts.podCidrs !== undefined) return;
    if (!givesNoPodRanges(bootstrap)) return;
    for (const flannel of model.configs) {
      if (flannel.kind !== 'FlannelNetwork') continue;
      report({
        on: flannel.object,
        field: flannel.fieldOf(['Network']),
        message: 'Flannel reads the range of each node, and kubeadm gives nodes none: there is no podSubnet',
        related: [
          { on: bootstrap.object, field: bootstrap.fieldOf(['networking']), message: 'the configuration of kubeadm' },
        ],
        help: 'set networking.podSubnet of kubeadm to the Network of Flannel',
      });
    }
  },
};

function givesNoPodRanges(config: ConfigDocument | undefined): config is ConfigDocument {
  return (
    config !== undefined &&
    nonEmpty(at(config.value, 'networking', 'podSubnet')) === undefined &&
    extraArgument(config, 'controllerManager', 'cluster-cidr').length === 0
  );
}
