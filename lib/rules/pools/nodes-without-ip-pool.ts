import type { IpFamily } from '../../address';
import {
  at,
  below,
  concat,
  type IpPool,
  isInstallation,
  isReadFromCluster,
  type ModelObject,
  type NetworkModel,
  type Node,
} from '../../model';
import type { NetworkRule, RelatedField, Violation } from '../network-rule';
import { writtenPools } from './calico-pools';
import { nodeSelection, type NodeSelection } from './node-selection';

/**
 * "no configured Calico pools for node": an address is taken from the enabled pools that select the node and have its use
 * (libcalico-go, lib/ipam). One for a tunnel is asked only of the pools with that encapsulation (node/pkg/allocateip).
 */
export const nodesWithoutIpPool: NetworkRule = {
  code: 'NL613',
  slug: 'nodes-without-ip-pool',
  severity: 'warning',
  title: 'No IPPool gives addresses to the pods or the tunnels of a node',
  check(model, report) {
    if (model.nodes.length === 0 || model.ipPools.length === 0) return;
    if (hasPoolsElsewhere(model) || hasOtherIpam(model)) return;
    const ofPods = model.ipPools.filter(({ forWorkloads }) => forWorkloads);
    if (ofPods.length > 0 && ofPods.every(({ disabled }) => disabled)) report(allDisabled(ofPods));
    const selection = nodeSelection(model);
    for (const family of ['IPv4', 'IPv6'] as const) {
      const pools = model.ipPools.filter(({ cidr, disabled }) => cidr.family === family && !disabled);
      const violations = concat(
        withoutAddresses(family, pools, selection),
        withoutTunnels('IPIP', pools, selection),
        withoutTunnels('VXLAN', pools, selection),
      );
      for (const violation of violations) report(violation);
    }
  },
};

/** Those whose CIDR cannot be read, and the one that the operator or calico-node makes where it finds none. */
function hasPoolsElsewhere(model: NetworkModel): boolean {
  return (
    writtenPools(model).length > model.ipPools.length ||
    installations(model).some(({ manifest }) => !Array.isArray(at(manifest, 'spec', 'calicoNetwork', 'ipPools'))) ||
    model.ofKind('DaemonSet').some((object) => object.ref.name === 'calico-node' && !isReadFromCluster(object))
  );
}

/** Whether something else than pools gives addresses to pods. */
function hasOtherIpam(model: NetworkModel): boolean {
  return installations(model).some(({ manifest }) =>
    [
      ['cni', 'type'],
      ['cni', 'ipam', 'type'],
    ].some((path) => (at(manifest, 'spec', ...path) ?? 'Calico') !== 'Calico'),
  );
}

function installations(model: NetworkModel): readonly ModelObject[] {
  return model.ofKind('Installation').filter(isInstallation);
}

function allDisabled(pools: readonly IpPool[]): Violation {
  const [{ on, field }, ...others] = pools.map(({ object, path }) => {
    const name = isInstallation(object) ? 'disableNewAllocations' : 'disabled';
    return { on: object, field: below(path, name), message: 'disabled too' };
  });
  return {
    on,
    field,
    message:
      pools.length === 1
        ? 'the only IPPool for pods is disabled: no new pod gets an address'
        : `each of the ${pools.length} IPPools for pods is disabled: no new pod gets an address`,
    related: mostOf(others),
    help: 'enable a pool, or add one in its place',
  };
}

function withoutAddresses(
  family: IpFamily,
  enabled: readonly IpPool[],
  { alike, among }: NodeSelection,
): readonly Violation[] {
  const pools = enabled.filter(({ forWorkloads, onRequest }) => forWorkloads && !onRequest);
  if (pools.length === 0) return [];
  const { maySelect } = among(pools);
  const without = alike.filter(([node]) => !maySelect(node));
  if (without.length === 0) return [];
  return [
    {
      on: without[0][0].object,
      field: ['metadata', 'labels'],
      message: `no IPPool selects ${namesOf(without.flat())}: pods there get no ${family} address`,
      related: mostOf(placesOf(pools, 'nodeSelector', ({ nodeSelector }) => `selects ${nodeSelector}`)),
      help: 'give each node a label that a nodeSelector asks for, let one select more nodes, or add a pool for these',
    },
  ];
}

function withoutTunnels(
  encapsulation: NonNullable<IpPool['encapsulation']>,
  enabled: readonly IpPool[],
  { alike, among }: NodeSelection,
): readonly Violation[] {
  const pools = enabled.filter((pool) => pool.encapsulation === encapsulation);
  const forTunnels = among(pools.filter((pool) => pool.forTunnels));
  const notForTunnels = among(pools.filter((pool) => !pool.forTunnels));
  const without = alike.filter(([node]) => !forTunnels.maySelect(node) && notForTunnels.select(node));
  if (without.length === 0) return [];
  const selecting = notForTunnels.selectingAny(without.map(([node]) => node));
  const [{ on, field }, ...others] = placesOf(selecting, 'allowedUses', () => 'the same here');
  const ofOtherKind = enabled.filter((pool) => pool.forTunnels && pool.encapsulation !== encapsulation);
  return [
    {
      on,
      field,
      message: `no IPPool with ${encapsulation} gives an address to the tunnel of ${namesOf(without.flat())}: Tunnel is not among the allowedUses`,
      related: mostOf(
        concat(
          others,
          placesOf(ofOtherKind, undefined, () => `allows tunnels, and does not have ${encapsulation}`),
        ),
      ),
      help: `add Tunnel to allowedUses, or add a pool with ${encapsulation} that allows it and selects these nodes`,
    },
  ];
}

function placesOf(
  pools: readonly IpPool[],
  name: string | undefined,
  messageOf: (pool: IpPool) => string,
): readonly RelatedField[] {
  return pools.map((pool) => ({
    on: pool.object,
    field: name === undefined ? pool.path : below(pool.path, name),
    message: messageOf(pool),
  }));
}

const MOST_RELATED = 10;

function mostOf(fields: readonly RelatedField[]): readonly RelatedField[] {
  return fields.slice(0, MOST_RELATED);
}

const MOST_NAMES = 3;

function namesOf(nodes: readonly Node[]): string {
  const names = nodes.slice(0, MOST_NAMES).map(({ name }) => name);
  if (nodes.length > names.length) return `the nodes ${names.join(', ')} and ${nodes.length - names.length} more`;
  return names.length === 1 ? `the node ${names[0]}` : `the nodes ${names.join(', ')}`;
}
