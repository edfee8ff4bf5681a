import { at, type ConfigDocument, identityOf, list, member, text } from '../../model';
import { changed, type ChangeRule } from '../change-rule';

const CILIUM_SETTINGS = ['ipam', 'cluster-pool-ipv4-mask-size', 'cluster-pool-ipv6-mask-size'];
const KUBEADM_ARGUMENTS = ['node-cidr-mask-size', 'node-cidr-mask-size-ipv4', 'node-cidr-mask-size-ipv6'];

export const nodeMaskChange: ChangeRule = {
  code: 'NL822',
  slug: 'node-mask-change',
  severity: 'warning',
  title: 'How nodes get their pod ranges changes',
  check({ before, after }, report) {
    const old = new Map(before.configs.map((config) => [keyOf(config), config]));
    for (const config of after.configs) {
      const earlier = old.get(keyOf(config));
      if (earlier === undefined) continue;
      const settings = settingsOf(earlier);
      for (const { name, value, path } of settingsOf(config)) {
        const from = settings.find((setting) => setting.name === name)?.value;
        if (from === undefined || from === value) continue;
        report(
          changed({ before: earlier.object, after: config.object }, config.fieldOf(path), {
            message: `${name} changes from ${from} to ${value}`,
            help: 'nodes keep the ranges that they have: every node must be created anew, one pool of nodes after the other',
          }),
        );
      }
    }
  },
};

function keyOf({ kind, object }: ConfigDocument): string {
  return `${identityOf(object.ref)}\0${kind}`;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly path: readonly (string | number)[];
}

function settingsOf({ kind, value }: ConfigDocument): Setting[] {
  if (kind === 'CiliumConfig') {
    return CILIUM_SETTINGS.flatMap((name) => {
      const setting = text(member(value, name));
      return setting === undefined ? [] : [{ name, value: setting, path: [name] }];
    });
  }
  if (kind !== 'ClusterConfiguration') return [];
  const path = ['controllerManager', 'extraArgs'];
  const args = at(value, ...path);
  // A map up to v1beta3, a list of names and values from v1beta4, of which the last counts.
  return KUBEADM_ARGUMENTS.flatMap((name) => {
    const index = list(args).findLastIndex((entry) => member(entry, 'name') === name);
    const setting = text(index < 0 ? member(args, name) : member(list(args)[index], 'value'));
    return setting === undefined
      ? []
      : [{ name, value: setting, path: [...path, ...(index < 0 ? [name] : [index, 'value'])] }];
  });
}
