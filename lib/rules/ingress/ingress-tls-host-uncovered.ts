import { below, flatMap, list, member, nonEmpty, texts } from '../../model';
import { ingressesV1 } from './ingress-spec';
import type { NetworkRule } from '../network-rule';

/** Hosts of the TLS section have to match those of the rules (IngressTLS, `hosts`); a TLS entry without hosts is for all. */
export const ingressTlsHostUncovered: NetworkRule = {
  code: 'NL412',
  slug: 'ingress-tls-host-uncovered',
  severity: 'warning',
  title: 'An Ingress has TLS, but not for all of its hosts',
  check(model, report) {
    for (const ingress of ingressesV1(model)) {
      const entries = ingress.tls.map(({ value }) => member(value, 'hosts'));
      if (entries.length === 0 || entries.some((hosts) => list(hosts).length === 0)) continue;
      const covered = new Set(flatMap(entries, texts));
      for (const { value, path } of ingress.rules) {
        const host = nonEmpty(member(value, 'host'));
        if (host === undefined || covered.has(host) || covered.has(wildcardOf(host))) continue;
        report({
          on: ingress.object,
          field: below(path, 'host'),
          message: `no entry of spec.tls has the host ${host}`,
          related: [{ on: ingress.object, field: ['spec', 'tls'], message: 'the TLS section' }],
          help: `add ${host} to the hosts of an entry: requests for it get the default certificate of the controller, or none`,
        });
      }
    }
  },
};

/** A wildcard stands for one label (IngressRule, `host`). */
function wildcardOf(host: string): string {
  return `*${host.slice(host.indexOf('.'))}`;
}
