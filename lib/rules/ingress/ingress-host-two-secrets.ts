import { objectText } from '../../finding/finding';
import { groupBy } from '../../model/lookup';
import { below, flatMap, member, nonEmpty, texts } from '../../model';
import { loadBalancerOf } from './ingress-frontend';
import { ingressesV1 } from './ingress-spec';
import type { NetworkRule } from '../network-rule';

/**
 * A controller serves one certificate for a host: ingress-nginx that of the older Ingress. Secrets of one name in two
 * namespaces are taken for copies, because an Ingress can use those of its own namespace only.
 */
export const ingressHostTwoSecrets: NetworkRule = {
  code: 'NL418',
  slug: 'ingress-host-two-secrets',
  severity: 'warning',
  title: 'A host has two different TLS Secrets',
  check(model, report) {
    const loadBalancer = loadBalancerOf(model);
    const uses = flatMap(ingressesV1(model), (ingress) => {
      const shared = loadBalancer(ingress);
      return flatMap(ingress.tls, ({ value, path }) => {
        const secret = nonEmpty(member(value, 'secretName'));
        if (secret === undefined) return [];
        return texts(member(value, 'hosts')).map((host, index) => ({
          object: ingress.object,
          shared,
          host,
          secret,
          field: below(path, 'hosts', index),
        }));
      });
    });
    for (const [first, ...others] of groupBy(uses, ({ shared, host }) => `${shared}\0${host}`).values()) {
      for (const { object, host, secret, field } of others) {
        if (secret === first.secret) continue;
        report({
          on: object,
          field,
          message: `${host} has the Secret ${secret} here and ${first.secret} in ${objectText(first.object.ref)}`,
          related: [{ on: first.object, field: first.field, message: `with ${first.secret}` }],
          help: 'use one Secret for the host: which certificate clients see depends on the controller',
        });
      }
    }
  },
};
