import { at, nonEmpty, textMap } from '../../model';
import { ingressesV1 } from './ingress-spec';
import { minorVersion } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

const ANNOTATION = 'kubernetes.io/ingress.class';
/** Since this minor version the two may be equal (kubernetes/kubernetes#115447). */
const EQUAL_ALLOWED_SINCE = 27;

/** ValidateIngressCreate of pkg/apis/networking/validation. It is checked when an Ingress is made, not when one is changed. */
export const ingressClassTwice: NetworkRule = {
  code: 'NL409',
  slug: 'ingress-class-twice',
  severity: 'error',
  layer: 'object',
  title: 'An Ingress names its class in the annotation and in the field',
  check(model, report) {
    const equalAllowed = (minorVersion(model.facts.kubernetesVersion) ?? 0) >= EQUAL_ALLOWED_SINCE;
    for (const { object } of ingressesV1(model)) {
      const annotation = textMap(at(object.manifest, 'metadata', 'annotations')).get(ANNOTATION);
      const className = nonEmpty(at(object.manifest, 'spec', 'ingressClassName'));
      if (annotation === undefined || className === undefined) continue;
      const equal = annotation === className;
      report({
        on: object,
        field: ['metadata', 'annotations', ANNOTATION],
        ...(equal && equalAllowed && { severity: 'warning' }),
        message: equal
          ? `class ${className} is set in the annotation ${ANNOTATION} and in spec.ingressClassName`
          : `the annotation ${ANNOTATION} says ${JSON.stringify(annotation)}, spec.ingressClassName says ${JSON.stringify(className)}`,
        help: equal
          ? 'remove the annotation, which is deprecated: clusters before 1.27 refuse an Ingress that has both'
          : 'keep the right one, in spec.ingressClassName: an Ingress with both is refused when it is made',
      });
    }
  },
};
