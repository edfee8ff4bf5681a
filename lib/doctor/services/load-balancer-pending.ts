import { at, list, type NetworkModel } from '../../model';
import type { NetworkRule } from '../../rules/network-rule';
import { hasStatus } from './backends';

/** Who gives the address writes it into the status (LoadBalancerStatus, `ingress`). */
export const loadBalancerPending: NetworkRule = {
  code: 'NL282',
  slug: 'load-balancer-pending',
  severity: 'error',
  title: 'A Service of type LoadBalancer has no address',
  check(model, report) {
    if (!hasStatus(model)) return;
    for (const { object, type, loadBalancerIps } of model.services) {
      if (type !== 'LoadBalancer' || list(at(object.manifest, 'status', 'loadBalancer', 'ingress')).length > 0)
        continue;
      const asked = loadBalancerIps.at(0)?.value;
      report({
        on: object,
        field: ['spec', 'type'],
        message: `no address was given to it${asked === undefined ? '' : `: it asks for ${asked}`}`,
        help: whoGives(model, object.ref.namespace ?? 'default', object.ref.name),
      });
    }
  },
};

function whoGives({ loadBalancerPools }: NetworkModel, namespace: string, name: string): string {
  const events = `kubectl -n ${namespace} describe service ${name} shows at its end what the load balancer says`;
  const usable = loadBalancerPools.filter(({ disabled }) => !disabled);
  if (usable.length === 0) {
    return `${events}; no pool of MetalLB, Cilium or Calico is there: outside of a cloud somebody has to give addresses`;
  }
  return `${events}; there is ${usable[0].implementation} with ${usable.map((pool) => pool.name).join(', ')}: whether one is free, netloom capacity says`;
}
