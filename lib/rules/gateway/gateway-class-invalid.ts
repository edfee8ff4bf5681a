import { at, member, nonEmpty, record, text } from '../../model';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import type { NetworkRule } from '../network-rule';
import { GATEWAY_CLASS } from './crd-forms';

const LONGEST_CONTROLLER = 253;
const LONGEST_DESCRIPTION = 64;
const CONTROLLER_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** apis/v1/gatewayclass_types.go of kubernetes-sigs/gateway-api. */
export const gatewayClassInvalid: NetworkRule = {
  code: 'NL443',
  slug: 'gateway-class-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A GatewayClass that the API server refuses',
  check(model, report) {
    for (const object of model.gatewayApi.classes) {
      for (const problem of GATEWAY_CLASS(at(object.manifest, 'spec'), ['spec'])) {
        report({ on: object, ...problem });
      }
      const controller = text(at(object.manifest, 'spec', 'controllerName')) ?? '';
      if (!isControllerName(controller)) {
        report({
          on: object,
          field: ['spec', 'controllerName'],
          message:
            controller === ''
              ? 'the class names no controller'
              : `controllerName ${JSON.stringify(controller)} is not a path under a domain`,
          help: 'write it as the implementation is known: example.com/gateway-controller',
        });
      }
      const description = text(at(object.manifest, 'spec', 'description')) ?? '';
      if (description.length > LONGEST_DESCRIPTION) {
        report({
          on: object,
          field: ['spec', 'description'],
          message: `the description has ${description.length} characters, more than ${LONGEST_DESCRIPTION}`,
          help: 'shorten it',
        });
      }
      const parameters = at(object.manifest, 'spec', 'parametersRef');
      if (record(parameters) === undefined) continue;
      for (const key of ['kind', 'name']) {
        if (nonEmpty(member(parameters, key)) !== undefined) continue;
        report({
          on: object,
          field: ['spec', 'parametersRef', key],
          message: `the parametersRef has no ${key}`,
          help: 'give group, kind and name of the object that holds the parameters',
        });
      }
    }
  },
};

function isControllerName(name: string): boolean {
  const slash = name.indexOf('/');
  return (
    slash > 0 &&
    name.length <= LONGEST_CONTROLLER &&
    isDnsSubdomain(name.slice(0, slash)) &&
    CONTROLLER_PATH.test(name.slice(slash + 1))
  );
}
