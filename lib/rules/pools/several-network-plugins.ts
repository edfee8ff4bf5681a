import { objectText } from '../../finding/finding';
import { at, flatMap, isInstallation, member, type ModelObject, type NetworkModel, nonEmpty, text } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A node runs one network plugin that gives out addresses; of two configurations in its folder, it takes the first by name. */
export const severalNetworkPlugins: NetworkRule = {
  code: 'NL640',
  slug: 'several-network-plugins',
  severity: 'warning',
  title: 'Two network plugins give addresses to pods',
  check(model, report) {
    const [one, ...others] = flatMap(PLUGINS, ({ name, configured }) => {
      const object = configured(model);
      return object === undefined ? [] : [{ name, object }];
    });
    for (const { name, object } of others) {
      report({
        on: object,
        field: [],
        message: `${name} and ${one.name} (${objectText(one.object.ref)}) are both configured to give addresses to pods`,
        related: [{ on: one.object, field: [], message: `the configuration of ${one.name}` }],
        help: 'remove the configuration of the one that the cluster does not run; manifests of several clusters are checked one cluster at a time',
      });
    }
  },
};

interface Plugin {
  readonly name: string;
  readonly configured: (model: NetworkModel) => ModelObject | undefined;
}

const CILIUM_MODES = ['cluster-pool', 'cluster-pool-v2beta', 'kubernetes', 'multi-pool'];

const PLUGINS: readonly Plugin[] = [
  {
    name: 'Calico',
    configured: (model) =>
      model.ipPools.find(
        ({ object, forWorkloads, disabled }) =>
          forWorkloads && !disabled && !(isInstallation(object) && isPolicyOnly(object)),
      )?.object,
  },
  {
    name: 'Cilium',
    configured: (model) =>
      model.configs.find(
        ({ kind, value }) =>
          kind === 'CiliumConfig' &&
          CILIUM_MODES.includes(text(member(value, 'ipam')) ?? '') &&
          // In a chain, another plugin gives the addresses.
          (nonEmpty(member(value, 'cni-chaining-mode')) ?? 'none') === 'none',
      )?.object,
  },
  { name: 'Flannel', configured: (model) => model.configs.find(({ kind }) => kind === 'FlannelNetwork')?.object },
];

/** Calico then enforces policies for pods whose addresses come from elsewhere. */
function isPolicyOnly({ manifest }: ModelObject): boolean {
  return (nonEmpty(at(manifest, 'spec', 'cni', 'type')) ?? 'Calico') !== 'Calico';
}
