import { below, list, member, record } from '../../model';
import { ingressesV1 } from './ingress-spec';
import type { NetworkRule } from '../network-rule';

/** ValidateIngressSpec and validateHTTPIngressRuleValue of pkg/apis/networking/validation. */
export const ingressEmpty: NetworkRule = {
  code: 'NL404',
  slug: 'ingress-empty',
  severity: 'error',
  layer: 'object',
  title: 'An Ingress has neither rules nor a default backend, or a rule without paths',
  check(model, report) {
    for (const ingress of ingressesV1(model)) {
      const spec = ingress.spec;
      if (ingress.rules.length === 0 && record(member(spec, 'defaultBackend')) === undefined) {
        report({
          on: ingress.object,
          field: ['spec'],
          message: 'the Ingress has neither rules nor a default backend',
          help: 'give at least one of spec.rules and spec.defaultBackend',
        });
      }
      for (const { value, path } of ingress.rules) {
        const http = member(value, 'http');
        if (record(http) === undefined || list(member(http, 'paths')).length > 0) continue;
        report({
          on: ingress.object,
          field: below(path, 'http', 'paths'),
          message: 'the rule has no paths',
          help: 'give at least one path, or leave http out: the host then goes to the default backend',
        });
      }
    }
  },
};
