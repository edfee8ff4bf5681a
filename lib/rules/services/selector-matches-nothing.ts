import { flatMap, labelSelectorText } from '../../model';
import type { NetworkRule } from '../network-rule';
import { whyNothingMatches } from '../no-match';
import { reportUnmatched, type Unmatched } from '../operator-made-pods';

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
    const unmatched = flatMap(model.services, ({ object, namespace, selector, type }): readonly Unmatched[] => {
      if (selector === undefined || type === 'ExternalName') return [];
      const why = whyNothingMatches(model, namespace, selector);
      if (why === undefined) return [];
      const violation = {
        on: object,
        field: ['spec', 'selector'],
        message: `the selector ${labelSelectorText(selector)} matches no workload`,
        help: why.help,
        ...(why.certain && { severity: 'error' as const }),
      };
      return [{ namespace, violation, isCertain: why.certain }];
    });
    reportUnmatched(model, unmatched, report);
  },
};
