import { ingressesV1 } from './ingress-spec';
import { member, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A remark: TLS may end in front of the controller, at a load balancer. */
export const ingressWithoutTls: NetworkRule = {
  code: 'NL408',
  slug: 'ingress-without-tls',
  severity: 'info',
  title: 'An Ingress serves a host without TLS',
  check(model, report) {
    for (const ingress of ingressesV1(model)) {
      if (ingress.tls.length > 0) continue;
      const named = ingress.rules.find(({ value }) => nonEmpty(member(value, 'host')) !== undefined);
      if (named === undefined) continue;
      report({
        on: ingress.object,
        field: ['spec'],
        message: `${String(member(named.value, 'host'))} is served without TLS`,
        help: 'add an entry to spec.tls, unless TLS ends at a load balancer in front of the controller',
      });
    }
  },
};
