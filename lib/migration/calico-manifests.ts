import { formatCidr } from '../address';
import type { Pool } from './pod-network-spec';
import type { Manifest } from './runbook';

/** A pool and whether it still gives addresses. */
export interface PoolState {
  readonly pool: Pool;
  readonly disabled: boolean;
}

export function inOrder(states: readonly PoolState[]): PoolState[] {
  return [...states].sort((a, b) => (a.pool.name < b.pool.name ? -1 : 1));
}

export function ipPool({ pool, disabled }: PoolState): Manifest {
  const { name, cidr, blockSize, encapsulation, natOutgoing, nodeLabels } = pool;
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name },
    spec: {
      cidr: formatCidr(cidr),
      blockSize,
      ...modes(encapsulation),
      natOutgoing,
      disabled,
      nodeSelector: nodeSelector(nodeLabels),
    },
  };
}

/** The encapsulation as an IPPool has it. */
export function modes(encapsulation: Pool['encapsulation']): { readonly ipipMode: string; readonly vxlanMode: string } {
  return {
    ipipMode: encapsulation === 'IPIP' ? 'Always' : encapsulation === 'IPIPCrossSubnet' ? 'CrossSubnet' : 'Never',
    vxlanMode: encapsulation === 'VXLAN' ? 'Always' : encapsulation === 'VXLANCrossSubnet' ? 'CrossSubnet' : 'Never',
  };
}

export function installation(states: readonly PoolState[]): Manifest {
  return {
    apiVersion: 'operator.tigera.io/v1',
    kind: 'Installation',
    metadata: { name: 'default' },
    spec: {
      calicoNetwork: {
        ipPools: inOrder(states).map(({ pool, disabled }) => ({
          name: pool.name,
          cidr: formatCidr(pool.cidr),
          blockSize: pool.blockSize,
          encapsulation: pool.encapsulation,
          natOutgoing: pool.natOutgoing ? 'Enabled' : 'Disabled',
          // Understood by every version of the operator, other than disableNewAllocations.
          nodeSelector: disabled ? '!all()' : nodeSelector(pool.nodeLabels),
        })),
      },
    },
  };
}

export function nodeSelector(labels: Pool['nodeLabels']): string {
  const terms = Object.entries(labels)
    .map(([key, value]) => `${key} == "${value}"`)
    .sort();
  return terms.length === 0 ? 'all()' : terms.join(' && ');
}
