import { type Cidr, formatCidr } from '../address';
import { inOrder, installation, ipPool, modes, nodeSelector, type PoolState } from './calico-manifests';
import { podsOf } from './look-steps';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import type { CalicoApi } from './rehearsal/cluster';
import { apply, check, command, type StageFile, type Step } from './runbook';

export const POOLS = 'ippools.projectcalico.org';

/** No manifest: a part of the Installation, which only `kubectl patch` may read. */
const INSTALLATION_PATCH = 'installation.patch';

type Owner = Pick<PodNetworkMigration, 'calicoOperator' | 'calicoApi'>;

/** Shows the pools. calicoctl knows its columns itself. */
export function showPools(calicoApi: CalicoApi, columns: string): string {
  return calicoApi === 'calicoctl'
    ? 'calicoctl get ippool -o wide'
    : `kubectl get ${POOLS} -o custom-columns=${columns}`;
}

/** With the block size, which no table of calicoctl has. */
export function showWholePools(calicoApi: CalicoApi): string[] {
  if (calicoApi !== 'calicoctl') {
    return [
      showPools(
        calicoApi,
        'NAME:.metadata.name,CIDR:.spec.cidr,BLOCK:.spec.blockSize,IPIP:.spec.ipipMode,VXLAN:.spec.vxlanMode,NAT:.spec.natOutgoing,NODES:.spec.nodeSelector',
      ),
    ];
  }
  return [
    'calicoctl get ippool -o json > ippools.json',
    `jq -r '(.items? // [.] | flatten)[] | [.metadata.name, .spec.cidr, "blocks of /\\(.spec.blockSize)", "IPIP \\(.spec.ipipMode)", "VXLAN \\(.spec.vxlanMode)", "NAT \\(.spec.natOutgoing // false)", .spec.nodeSelector] | @tsv' ippools.json`,
  ];
}

export function patchPool(calicoApi: CalicoApi, name: string, spec: object): string {
  const patch = `--patch='${JSON.stringify({ spec })}'`;
  return calicoApi === 'calicoctl'
    ? `calicoctl patch ippool ${name} ${patch}`
    : `kubectl patch ${POOLS} ${name} --type=merge ${patch}`;
}

export function deletePool(calicoApi: CalicoApi, name: string): string {
  return calicoApi === 'calicoctl' ? `calicoctl delete ippool ${name}` : `kubectl delete ${POOLS} ${name}`;
}

export function applyPools(calicoApi: CalicoApi, file: string): string {
  return `${calicoApi === 'calicoctl' ? 'calicoctl' : 'kubectl'} apply -f ${file}`;
}

/** The operator has one list of all pools; else each pool that is new is an object. */
export function poolFiles(
  { calicoOperator }: Owner,
  states: readonly PoolState[],
  created: readonly Pool[],
): StageFile[] {
  if (calicoOperator) return [{ path: INSTALLATION_PATCH, documents: [installation(states)] }];
  const names = new Set(created.map(({ name }) => name));
  const documents = inOrder(states)
    .filter(({ pool }) => names.has(pool.name))
    .map(ipPool);
  return documents.length === 0 ? [] : [{ path: 'ippools.yaml', documents }];
}

/** Makes the pools that are new, and gives those that change in place their new settings. */
export function applySteps(
  { calicoOperator, calicoApi }: Owner,
  folder: string,
  created: readonly Pool[],
  updated: readonly Pool[],
): Step[] {
  if (calicoOperator) {
    return [
      apply(
        'Merge the pools into the Installation',
        `kubectl patch installations.operator.tigera.io default --type=merge --patch-file=${folder}/${INSTALLATION_PATCH}`,
      ),
    ];
  }
  return [
    ...(created.length === 0 ? [] : [apply('Apply the pools', applyPools(calicoApi, `${folder}/ippools.yaml`))]),
    ...(updated.length === 0
      ? []
      : [
          command(
            'Change the others in place',
            ...updated.map((pool) => patchPool(calicoApi, pool.name, settings(pool))),
          ),
        ]),
  ];
}

/** What of a pool can change while pods have its addresses, its encapsulation apart. */
function settings({ natOutgoing, nodeLabels }: Pool): object {
  return { natOutgoing, nodeSelector: nodeSelector(nodeLabels) };
}

export function encapsulationSteps(owner: Owner, folder: string, pools: readonly Pool[]): Step[] {
  if (owner.calicoOperator) return applySteps(owner, folder, [], []);
  return [command('Change the encapsulation', ...encapsulationPatches(owner, pools))];
}

export function encapsulationUndo(owner: Owner, pools: readonly Pool[], states: readonly PoolState[]): Step[] {
  if (owner.calicoOperator) return [patchInstallation('Give the old encapsulation back', states)];
  return [command('Give the old encapsulation back', ...encapsulationPatches(owner, pools))];
}

function encapsulationPatches({ calicoApi }: Owner, pools: readonly Pool[]): string[] {
  return pools.map(({ name, encapsulation }) => patchPool(calicoApi, name, modes(encapsulation)));
}

export function disableSteps({ calicoApi }: Owner, pools: readonly Pool[]): Step[] {
  return [command('Disable the pools', ...pools.map(({ name }) => patchPool(calicoApi, name, { disabled: true })))];
}

/** What was changed in place, as it was before. */
export function restoreSteps(
  { calicoOperator, calicoApi }: Owner,
  updated: readonly Pool[],
  before: readonly PoolState[],
): Step[] {
  if (calicoOperator) return [patchInstallation('Give the old settings back', before)];
  const names = new Set(updated.map(({ name }) => name));
  const old = inOrder(before).filter(({ pool }) => names.has(pool.name));
  if (old.length === 0) return [];
  return [
    command('Give the old settings back', ...old.map(({ pool }) => patchPool(calicoApi, pool.name, settings(pool)))),
  ];
}

export function removeSteps(
  { calicoOperator, calicoApi }: Owner,
  pools: readonly Pool[],
  left: readonly PoolState[],
): Step[] {
  if (calicoOperator) return [patchInstallation('Take them out of the Installation', left)];
  return [command('Remove the new pools', ...pools.map(({ name }) => deletePool(calicoApi, name)))];
}

export function enableStep(
  { calicoOperator, calicoApi }: Owner,
  pools: readonly Pool[],
  states: readonly PoolState[],
): Step {
  if (calicoOperator) return patchInstallation('Let them give addresses again', states);
  return command(
    'Let them give addresses again',
    ...pools.map(({ name }) => patchPool(calicoApi, name, { disabled: false })),
  );
}

function patchInstallation(title: string, states: readonly PoolState[]): Step {
  const { spec } = installation(states);
  return command(
    title,
    `kubectl patch installations.operator.tigera.io default --type=merge --patch='${JSON.stringify({ spec })}'`,
  );
}

/** Addresses of tunnels come from pools, too, and belong to no pod. */
export function tunnelSteps({ calicoOperator }: Owner, old: readonly Pool[]): Step[] {
  if (old.every(({ encapsulation }) => encapsulation === 'None')) return [];
  return [
    check(
      'No tunnel has an old address',
      `an address for each node that had one, none of ${old.map(({ cidr }) => formatCidr(cidr)).join(', ')}. If one keeps the old one, restart its pod of calico-node in ${calicoOperator ? 'calico-system' : 'kube-system'}`,
      String.raw`kubectl get nodes -o custom-columns='NAME:.metadata.name,IPIP:.metadata.annotations.projectcalico\.org/IPv4IPIPTunnelAddr,VXLAN:.metadata.annotations.projectcalico\.org/IPv4VXLANTunnelAddr,VXLAN6:.metadata.annotations.projectcalico\.org/IPv6VXLANTunnelAddr'`,
    ),
  ];
}

export function leftCheck(old: readonly Cidr[]): Step {
  return check(
    'No address of the old pools is in use',
    `"nothing that was read has" each of them, and IPS IN USE is 0 for ${old.map(formatCidr).join(', ')}. Restart what is left and look again; calicoctl ipam check shows addresses that nobody has`,
    ...podsOf(old),
    'calicoctl ipam show',
  );
}

/** Nodes whose pods would get no address: control plane nodes often have other labels than the rest. */
export function coveredCheck(pools: readonly Pool[]): Step {
  const terms = pools.map(({ nodeLabels }) => {
    const labels = Object.entries(nodeLabels).sort(([a], [b]) => (a < b ? -1 : 1));
    return labels.length === 0
      ? 'true'
      : `(${labels.map(([key, value]) => `.metadata.labels[${JSON.stringify(key)}] == ${JSON.stringify(value)}`).join(' and ')})`;
  });
  return check(
    'Every node is selected by a pool that stays, those of the control plane too',
    'no line: pods of a node that is listed would get no address. Give it the labels, or add a pool for it',
    'kubectl get nodes -o json > nodes.json',
    `jq -r '.items[] | select((${[...new Set(terms)].join(' or ')}) | not) | .metadata.name' nodes.json`,
  );
}
