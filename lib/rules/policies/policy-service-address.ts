import { type Cidr, cidrContains, formatAddress, formatCidr, hostBits } from '../../address';
import { objectText } from '../../finding/finding';
import { below, flatMap, readMaskedCidr, type Service } from '../../model';
import { addressFields } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** Policies see the addresses of pods: what was sent to a ClusterIP has been rewritten by then (NetworkPolicyPeer, `ipBlock`). */
export const policyServiceAddress: NetworkRule = {
  code: 'NL514',
  slug: 'policy-service-address',
  severity: 'warning',
  title: 'An ipBlock of a NetworkPolicy holds addresses of Services, which never match',
  concernsReach: true,
  check(model, report) {
    const serviceCidrs = model.facts.serviceCidrs ?? [];
    const byAddress = new Map<string, Service>();
    for (const service of model.services) {
      for (const { text } of addressFields(service.clusterIps)) byAddress.set(text, service);
    }
    // A cache on the nodes that listens on the address of the DNS Service gets it from pods as it is.
    const dns = new Set(model.facts.dns?.addresses.map(formatAddress));
    const whyNever = (block: Cidr): string | undefined => {
      if (hostBits(block) === 0 && dns.has(formatCidr(block).split('/')[0])) return undefined;
      const service = hostBits(block) === 0 ? byAddress.get(formatCidr(block).split('/')[0]) : undefined;
      if (service !== undefined) return `is the clusterIP of ${objectText(service.object.ref)}`;
      const around = serviceCidrs.find((cidr) => cidrContains(cidr, block));
      return around && `lies inside the service CIDR ${formatCidr(around)}`;
    };
    for (const { object, rules } of model.networkPolicies) {
      for (const { ipBlock, path } of flatMap(rules, ({ peers }) => peers)) {
        const block = typeof ipBlock?.cidr === 'string' ? readMaskedCidr(ipBlock.cidr) : undefined;
        if (block === undefined) continue;
        const why = whyNever(block);
        if (why === undefined) continue;
        report({
          on: object,
          field: below(path, 'ipBlock', 'cidr'),
          message: `${formatCidr(block)} ${why}: no connection arrives with such an address`,
          help: 'select the pods behind the Service with podSelector and namespaceSelector',
        });
      }
    }
  },
};
