import {
  at,
  concat,
  type FieldPath,
  flatMap,
  isCalico,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  text,
} from '../../model';
import { poolSelectorProblems } from '../../syntax/calico-pool';
import { type SelectorLimits, selectorProblem } from '../../syntax/calico-selector';
import { within } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { writtenPools } from './calico-pools';

/** The validator of libcalico-go refuses what its parser cannot read; where only CRDs check, whoever reads the object fails. */
export const calicoSelectorInvalid: NetworkRule = {
  code: 'NL660',
  slug: 'calico-selector-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A selector of an object of Calico is one that Calico cannot read',
  check(model, report) {
    for (const { object, path, fields } of writtenPools(model)) {
      const nodeSelector = text(member(fields, 'nodeSelector'));
      const namespaceSelector = text(member(fields, 'namespaceSelector'));
      for (const problem of poolSelectorProblems({ nodeSelector, namespaceSelector })) {
        report({ on: object, ...within(path, problem) });
      }
    }
    for (const { object, field, limits } of selectorFields(model)) {
      const selector = text(at(object.manifest, ...field));
      const problem = selector && selectorProblem(String(field.at(-1)), selector, limits);
      if (problem) report({ on: object, field, ...problem });
    }
  },
};

interface SelectorField {
  readonly object: ModelObject;
  readonly field: FieldPath;
  readonly limits?: SelectorLimits;
}

const POLICY_KINDS = ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy'];

function selectorFields(model: NetworkModel): readonly SelectorField[] {
  const each = (kind: string, fieldsOf: (object: ModelObject) => readonly Omit<SelectorField, 'object'>[]) =>
    flatMap(
      model.ofKind(kind).filter((object) => isCalico(object, kind)),
      (object) => fieldsOf(object).map((field) => ({ object, ...field })),
    );
  return concat(
    each('BGPPeer', () => ['nodeSelector', 'peerSelector'].map((name) => ({ field: ['spec', name] }))),
    each('KubeControllersConfiguration', ({ manifest }) =>
      list(at(manifest, ...HOST_ENDPOINT_TEMPLATES)).map((_, index) => ({
        field: [...HOST_ENDPOINT_TEMPLATES, index, 'nodeSelector'],
      })),
    ),
    flatMap(POLICY_KINDS, (kind) => each(kind, policyFields)),
  );
}

const HOST_ENDPOINT_TEMPLATES = ['spec', 'controllers', 'node', 'hostEndpoint', 'templates'];

function policyFields({ manifest }: ModelObject): readonly Omit<SelectorField, 'object'>[] {
  return concat(
    ['selector', 'namespaceSelector', 'serviceAccountSelector'].map((name) => ({ field: ['spec', name] })),
    flatMap(['ingress', 'egress'], (direction) =>
      flatMap(list(at(manifest, 'spec', direction)), (_, index) =>
        flatMap(['source', 'destination'], (side) => {
          const path = ['spec', direction, index, side];
          return [
            { field: [...path, 'selector'] },
            { field: [...path, 'notSelector'] },
            { field: [...path, 'namespaceSelector'], limits: { mayBeGlobal: true } },
            { field: [...path, 'serviceAccounts', 'selector'] },
          ];
        }),
      ),
    ),
  );
}
