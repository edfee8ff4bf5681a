import { own } from '../../syntax/own-member';
import type { NetworkRule } from '../network-rule';
import { isOfPlugin, structureProblemsOf, withStructure } from '../structure/structure-problems';
import { CALICO_FORMS } from './values/calico';
import { CILIUM_FORMS } from './values/cilium';
import { CILIUM_POLICY_FORMS } from './values/cilium-policy';
import { METALLB_FORMS } from './values/metallb';
import type { FormsByKind } from './values/forms-by-kind';

const FORMS: FormsByKind = { ...CALICO_FORMS, ...CILIUM_FORMS, ...CILIUM_POLICY_FORMS, ...METALLB_FORMS };

/** What the CRDs of Calico, Cilium and MetalLB ask of fields, their CEL rules, and what the plugins refuse when they read an object alone. */
export const pluginFieldValue: NetworkRule = {
  code: 'NL646',
  slug: 'plugin-field-value',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An object of Calico, Cilium or MetalLB has a value that it refuses',
  check(model, report) {
    for (const { apiVersion, kind, objects } of model.types) {
      const type = `${apiVersion} ${kind}`;
      const form = own(FORMS, type);
      if (form === undefined) continue;
      for (const object of objects) {
        for (const problem of withStructure(model, object, form(object.manifest, []))) {
          report({ on: object, ...problem });
        }
      }
    }
    const others = structureProblemsOf(
      model,
      ({ ref }, { api }) => isOfPlugin(api) && own(FORMS, `${ref.apiVersion} ${ref.kind}`) === undefined,
    );
    for (const { object, problems } of others) {
      for (const problem of problems) report({ on: object, ...problem });
    }
  },
};
