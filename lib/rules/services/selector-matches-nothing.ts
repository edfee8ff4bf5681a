import { labelSelectorText } from '../../model';
import type { NetworkRule } from '../network-rule';
import { whyNothingMatches } from '../no-match';

/**
 * A Service whose selector matches no pod has no endpoints: connections are refused. The pods may come from elsewhere, hence
 * a warning, unless the input shows what was meant (ServiceSpec, `selector`).
 */
export const selectorMatchesNothing: NetworkRule = {
  code: 'NL210',
  slug: 'selector-matches-nothing',
  severity: 'warning',
  title: 'The selector of a Service matches no workload',
  concernsReach: true,
  check(model, report) {
    for (const service of model.services) {
      if (service.selector === undefined || service.type === 'ExternalName') continue;
      const why = whyNothingMatches(model, service.namespace, service.selector);
      if (why === undefined) continue;
      report({
        on: service.object,
        field: ['spec', 'selector'],
        message: `the selector ${labelSelectorText(service.selector)} matches no workload`,
        help: why.help,
        ...(why.certain && { severity: 'error' }),
      });
    }
  },
};
