import { at, text } from '../../model';
import { changed, type ChangeRule, isKind } from '../change-rule';

/** `spec.controller` of an IngressClass is immutable (networking/v1 validation), and so is what a GatewayClass says (CEL rule of its CRD). */
export const controllerNameChange: ChangeRule = {
  code: 'NL806',
  slug: 'controller-name-change',
  severity: 'error',
  title: 'The controller of a class changes',
  check({ pairs }, report) {
    for (const pair of pairs) {
      const isIngress = isKind(pair.after, /^networking\.k8s\.io\//, 'IngressClass');
      if (!isIngress && !isKind(pair.after, /^gateway\.networking\.k8s\.io\//, 'GatewayClass')) continue;
      const field = ['spec', isIngress ? 'controller' : 'controllerName'];
      const [from, to] = [pair.before, pair.after].map(({ manifest }) => text(at(manifest, ...field)));
      if (from === to) continue;
      report(
        changed(pair, field, {
          message: `${field[1]} changes from ${from ?? 'none'} to ${to ?? 'none'}`,
          help: 'add a class of another name for the new controller, and move what uses this one',
        }),
      );
    }
  },
};
