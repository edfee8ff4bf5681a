import { at, type ConfigDocument, extraArgument, flatMap, type NetworkModel, nonEmpty, readCidr } from '../../model';
import type { NetworkRule, Report } from '../network-rule';

/** Flannel in Kubernetes takes the range of a node from `spec.podCIDR`: "pod cidr not assigned" (flannel-io/flannel#728, #1344). */
export const flannelWithoutNodeRanges: NetworkRule = {
  code: 'NL681',
  slug: 'flannel-without-node-ranges',
  severity: 'error',
  title: 'Flannel runs in a cluster whose nodes get no pod ranges',
  check(model, report) {
    const bootstraps = model.configs.filter(({ kind }) => kind === 'ClusterConfiguration');
    const bootstrap = bootstraps.at(0);
    const assigned = model.nodes.some(({ podCidrs }) => podCidrs.length > 0);
    if (bootstrap === undefined || bootstraps.length > 1 || assigned) return;
    if (model.givenFacts.podCidrs !== undefined) return;
    if (!givesNoPodRanges(bootstrap)) {
      reportFamilies(model, bootstrap, report);
      return;
    }
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

/** "failed to acquire lease": a family of Flannel of which nodes get no range (flannel-io/flannel#1688). */
function reportFamilies({ configs }: NetworkModel, bootstrap: ConfigDocument, report: Report): void {
  const written = nonEmpty(at(bootstrap.value, 'networking', 'podSubnet'))?.split(',') ?? [];
  const given = new Set(flatMap(written, (part) => readCidr(part.trim())?.family ?? []));
  if (given.size !== 1) return;
  for (const flannel of configs) {
    if (flannel.kind !== 'FlannelNetwork') continue;
    for (const { family, enabled, field } of FAMILIES) {
      const isEnabled = at(flannel.value, enabled) ?? family === 'IPv4';
      if (isEnabled !== true || given.has(family)) continue;
      report({
        on: flannel.object,
        field: flannel.fieldOf([field]),
        message: `Flannel is to carry ${family}, and the podSubnet of kubeadm has no ${family}: nodes get no range of it`,
        related: [
          {
            on: bootstrap.object,
            field: bootstrap.fieldOf(['networking', 'podSubnet']),
            message: 'the ranges of the nodes',
          },
        ],
        help: `add an ${family} range to podSubnet, or set ${enabled} to false`,
      });
    }
  }
}

const FAMILIES = [
  { family: 'IPv4', enabled: 'EnableIPv4', field: 'Network' },
  { family: 'IPv6', enabled: 'EnableIPv6', field: 'IPv6Network' },
] as const;

function givesNoPodRanges(config: ConfigDocument): boolean {
  return (
    nonEmpty(at(config.value, 'networking', 'podSubnet')) === undefined &&
    extraArgument(config, 'controllerManager', 'cluster-cidr').length === 0
  );
}
