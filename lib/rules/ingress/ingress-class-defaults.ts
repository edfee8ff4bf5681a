import { objectText } from '../../finding/finding';
import type { NetworkRule } from '../network-rule';

const ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** Ingresses without a class are refused then, or get the newest of the classes: it depends on the version of the cluster. */
export const ingressClassDefaults: NetworkRule = {
  code: 'NL411',
  slug: 'ingress-class-defaults',
  severity: 'error',
  title: 'Two IngressClasses are the default one',
  check(model, report) {
    const [first, ...others] = model.ingressClasses.filter(({ isDefault }) => isDefault);
    for (const { object } of others) {
      report({
        on: object,
        field: ['metadata', 'annotations', ANNOTATION],
        message: `${objectText(first.object.ref)} is the default class as well`,
        related: [
          { on: first.object, field: ['metadata', 'annotations', ANNOTATION], message: 'marked as the default' },
        ],
        help: `keep the annotation ${ANNOTATION} on one of them: which one serves Ingresses without a class is not defined`,
      });
    }
  },
};
