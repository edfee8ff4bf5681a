import { at, member, record, text } from '../../model';
import { isDnsLabel, isDnsSubdomain } from '../../syntax/name-syntax';
import { inRightCase, isNoText, type Mending, shown, withoutEmpty } from '../field-problem';
import { referenceProblems } from '../object-reference';
import type { NetworkRule } from '../network-rule';

const LONGEST_CONTROLLER = 250;
const CONTROLLER_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** validateIngressClassSpec of pkg/apis/networking/validation. */
export const ingressClassInvalid: NetworkRule = {
  code: 'NL410',
  slug: 'ingress-class-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An IngressClass has a controller or parameters that the API server refuses',
  check(model, report) {
    for (const { object } of model.ingressClasses) {
      const on: On = (field, message, help, mending) => {
        report({ on: object, field: ['spec', ...field], message, help, ...mending });
      };
      checkController(text(at(object.manifest, 'spec', 'controller')) ?? '', on);
      const parameters = at(object.manifest, 'spec', 'parameters');
      if (record(parameters) !== undefined) checkParameters(parameters, on);
    }
  },
};

type On = (field: readonly string[], message: string, help: string, mending?: Mending) => void;

function checkController(controller: string, on: On): void {
  const slash = controller.indexOf('/');
  const valid =
    slash > 0 && isDnsSubdomain(controller.slice(0, slash)) && CONTROLLER_PATH.test(controller.slice(slash + 1));
  if (!valid) {
    const message =
      controller === ''
        ? 'the class names no controller'
        : `controller ${JSON.stringify(controller)} is not a path under a domain`;
    on(['controller'], message, 'write it as the controller is known: example.com/ingress-controller');
  }
  if (controller.length > LONGEST_CONTROLLER) {
    on(
      ['controller'],
      `the controller has ${controller.length} characters, more than ${LONGEST_CONTROLLER}`,
      'use the name that the controller is known by',
    );
  }
}

function checkParameters(parameters: unknown, on: On): void {
  for (const { key, message } of referenceProblems(parameters, 'the parameters')) {
    on(['parameters', key], message, 'give apiGroup, kind and name of the object that holds the parameters');
  }
  const scope = member(parameters, 'scope') ?? 'Cluster';
  const namespace = member(parameters, 'namespace') ?? undefined;
  if (isNoText(scope) || isNoText(namespace)) return;
  if (scope !== 'Cluster' && scope !== 'Namespace') {
    const field = ['spec', 'parameters', 'scope'];
    on(['parameters', 'scope'], `there is no scope ${shown(scope)}`, 'use Cluster or Namespace', {
      ...inRightCase(field, scope, ['Cluster', 'Namespace']),
      ...withoutEmpty(field, scope),
    });
  } else if (scope === 'Cluster' && namespace !== undefined) {
    on(
      ['parameters', 'namespace'],
      `parameters of scope Cluster must not have a namespace, and these have ${shown(namespace)}`,
      'set scope to Namespace, or leave the namespace out',
    );
  } else if (scope === 'Namespace' && (namespace === undefined || namespace === '')) {
    on(
      ['parameters', 'namespace'],
      'parameters of scope Namespace need a namespace',
      'give the namespace of the object',
    );
  } else if (typeof namespace === 'string' && !isDnsLabel(namespace)) {
    on(
      ['parameters', 'namespace'],
      `${shown(namespace)} is not the name of a namespace`,
      'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
    );
  }
}
