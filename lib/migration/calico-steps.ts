import { type Cidr, formatCidr } from '../address';
import { inOrder, installation, ipPool, nodeSelector, type PoolState } from './calico-manifests';
import { podsIn } from './cluster-components';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { apply, check, command, type StageFile, type Step } from './runbook';

export const POOLS = 'ippools.projectcalico.org';

/** The operator has one list of all pools; else each changed pool is an object. */
export function poolFiles(
  { calicoOperator }: PodNetworkMigration,
  states: readonly PoolState[],
  changed: readonly Pool[],
): StageFile[] {
  if (calicoOperator) return [{ path: 'installation.yaml', documents: [installation(states)] }];
  const names = new Set(changed.map(({ name }) => name));
  return [
    {
      path: 'ippools.yaml',
      documents: inOrder(states)
        .filter(({ pool }) => names.has(pool.name))
        .map(ipPool),
    },
  ];
}

export function applySteps({ calicoOperator }: PodNetworkMigration, folder: string): Step[] {
  return calicoOperator
    ? [
        apply(
          'Merge the pools into the Installation',
          `kubectl patch installations.operator.tigera.io default --type=merge --patch-file=${folder}/installation.yaml`,
        ),
      ]
    : [apply('Apply the pools', `kubectl apply -f ${folder}/ippools.yaml`)];
}

/** Only this field, so that nothing else of a pool that pods have addresses of is touched. */
export function disabledFile({ name }: Pool): StageFile {
  return {
    path: `${name}.yaml`,
    documents: [{ apiVersion: 'projectcalico.org/v3', kind: 'IPPool', metadata: { name }, spec: { disabled: true } }],
  };
}

export function disableStep(pools: readonly Pool[], folder: string): Step {
  return apply(
    'Disable the pools',
    ...pools.map(({ name }) => `kubectl patch ${POOLS} ${name} --type=merge --patch-file=${folder}/${name}.yaml`),
  );
}

/** What was changed in place, as it was before. */
export function restoreSteps(
  { calicoOperator }: PodNetworkMigration,
  updated: readonly Pool[],
  before: readonly PoolState[],
): Step[] {
  if (calicoOperator) return [patchInstallation('Give the old settings back', before)];
  const names = new Set(updated.map(({ name }) => name));
  const old = inOrder(before).filter(({ pool }) => names.has(pool.name));
  if (old.length === 0) return [];
  return [
    command(
      'Give the old settings back',
      ...old.map(({ pool }) => {
        const spec = { natOutgoing: pool.natOutgoing, nodeSelector: nodeSelector(pool.nodeLabels) };
        return `kubectl patch ${POOLS} ${pool.name} --type=merge --patch='${JSON.stringify({ spec })}'`;
      }),
    ),
  ];
}

export function removeSteps(
  { calicoOperator }: PodNetworkMigration,
  pools: readonly Pool[],
  left: readonly PoolState[],
): Step[] {
  if (calicoOperator) return [patchInstallation('Take them out of the Installation', left)];
  return [command('Remove the new pools', ...pools.map(({ name }) => `kubectl delete ${POOLS} ${name}`))];
}

export function enableStep(
  { calicoOperator }: PodNetworkMigration,
  pools: readonly Pool[],
  states: readonly PoolState[],
): Step {
  if (calicoOperator) return patchInstallation('Let them give addresses again', states);
  return command(
    'Let them give addresses again',
    ...pools.map(({ name }) => `kubectl patch ${POOLS} ${name} --type=merge --patch='{"spec":{"disabled":false}}'`),
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
export function tunnelSteps({ calicoOperator }: PodNetworkMigration, old: readonly Pool[]): Step[] {
  if (old.every(({ encapsulation }) => encapsulation === 'None')) return [];
  const namespace = calicoOperator ? 'calico-system' : 'kube-system';
  return [
    command(
      'The tunnels of the nodes get new addresses',
      `kubectl -n ${namespace} rollout restart daemonset calico-node`,
      `kubectl -n ${namespace} rollout status daemonset calico-node --timeout=30m`,
    ),
    check(
      'No tunnel has an old address',
      `no address of ${old.map(({ cidr }) => formatCidr(cidr)).join(', ')}`,
      String.raw`kubectl get nodes -o custom-columns='NAME:.metadata.name,IPIP:.metadata.annotations.projectcalico\.org/IPv4IPIPTunnelAddr,VXLAN:.metadata.annotations.projectcalico\.org/IPv4VXLANTunnelAddr,VXLAN6:.metadata.annotations.projectcalico\.org/IPv6VXLANTunnelAddr'`,
    ),
  ];
}

export function leftCheck(old: readonly Cidr[]): Step {
  const commands = old.map(podsIn).filter((text) => text !== null);
  return check(
    'No address of the old pools is in use',
    `no pod, and IPS IN USE is 0 for ${old.map(formatCidr).join(', ')}. Restart what is left and look again; calicoctl ipam check shows addresses that nobody has`,
    ...commands,
    'calicoctl ipam show',
  );
}

export function testPodSteps(fresh: readonly Pool[]): Step[] {
  return [
    command(
      'A pod to look with',
      'kubectl run migration-check --image=busybox:1.36 --restart=Never -- sleep 3600',
      'kubectl wait --for=condition=Ready pod/migration-check --timeout=2m',
    ),
    check(
      'It has a new address, and reaches the cluster',
      `an address of ${fresh.map(({ cidr }) => formatCidr(cidr)).join(', ')}, and an answer of the DNS`,
      `kubectl get pod migration-check -o jsonpath='{.status.podIPs[*].ip}{"\\n"}'`,
      'kubectl exec migration-check -- nslookup kubernetes.default',
    ),
    command('Remove it', 'kubectl delete pod migration-check'),
  ];
}
