import { below, concat, integer, isDns1035Label, member, nonEmpty, record } from '../../model';
import { isPortName } from '../../syntax/name-syntax';
import { referenceProblems } from '../object-reference';
import { isDnsLabel } from '../host-name';
import { type IngressPart, ingressesV1 } from './ingress-spec';
import { isAtLeast } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/** validateIngressBackend of pkg/apis/networking/validation. */
export const ingressBackendInvalid: NetworkRule = {
  code: 'NL407',
  slug: 'ingress-backend-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A backend of an Ingress is not one Service with one port, nor one resource',
  check(model, report) {
    // A digit first is taken since Kubernetes 1.36 (KEP-5311).
    const isServiceName = isAtLeast(model.facts, 36) ? isDnsLabel : isDns1035Label;
    for (const ingress of ingressesV1(model)) {
      const defaultBackend = member(ingress.spec, 'defaultBackend');
      const backends: readonly IngressPart[] = concat(
        ingress.paths.map(({ value, path }) => ({
          ingress,
          value: member(value, 'backend'),
          path: below(path, 'backend'),
        })),
        record(defaultBackend) === undefined
          ? []
          : [{ ingress, value: defaultBackend, path: ['spec', 'defaultBackend'] }],
      );
      for (const { value, path } of backends) {
        for (const { under, message, help } of problemsOf(value, isServiceName)) {
          report({ on: ingress.object, field: concat(path, under), message, help });
        }
      }
    }
  },
};

interface BackendProblem {
  readonly under: readonly string[];
  readonly message: string;
  readonly help: string;
}

function problemsOf(backend: unknown, isServiceName: (name: string) => boolean): readonly BackendProblem[] {
  const service = record(member(backend, 'service'));
  const resource = record(member(backend, 'resource'));
  if (service !== undefined && resource !== undefined) {
    return [{ under: ['resource'], message: 'the backend has a service and a resource', help: 'keep one of the two' }];
  }
  if (service !== undefined) return serviceProblems(service, isServiceName);
  if (resource !== undefined) return resourceProblems(resource);
  const old = record(backend) !== undefined && nonEmpty(member(backend, 'serviceName')) !== undefined;
  return [
    {
      under: [],
      message: old
        ? 'the backend is written as in v1beta1, with serviceName and servicePort'
        : 'the backend has neither a service nor a resource',
      help: 'write service: { name: …, port: { number: … } }',
    },
  ];
}

function serviceProblems(service: unknown, isServiceName: (name: string) => boolean): readonly BackendProblem[] {
  const name = nonEmpty(member(service, 'name'));
  const port = member(service, 'port');
  return concat(
    name !== undefined && isServiceName(name)
      ? []
      : [
          {
            under: ['service', 'name'],
            message:
              name === undefined
                ? 'the backend names no Service'
                : `${JSON.stringify(name)} is not the name of a Service`,
            help: 'use the name of a Service in the namespace of the Ingress: lower-case letters, digits and hyphens',
          },
        ],
    portProblems(port),
  );
}

function portProblems(port: unknown): readonly BackendProblem[] {
  const name = nonEmpty(member(port, 'name'));
  const number = integer(member(port, 'number')) ?? 0;
  const problem = (key: string, message: string, help: string): readonly BackendProblem[] => [
    { under: ['service', 'port', ...(key === '' ? [] : [key])], message, help },
  ];
  if (name !== undefined && number !== 0) {
    return problem('name', 'the port has a name and a number', 'keep one of the two');
  }
  if (name !== undefined) {
    return isPortName(name)
      ? []
      : problem(
          'name',
          `${JSON.stringify(name)} is not the name of a port`,
          'use at most 15 lower-case letters, digits and single hyphens; a number belongs into port.number',
        );
  }
  if (number === 0) return problem('', 'the backend names no port', 'write port: { number: … } or port: { name: … }');
  if (number > 0 && number <= 65535) return [];
  return problem('number', `${number} is not a port`, 'use a number from 1 to 65535');
}

function resourceProblems(resource: unknown): readonly BackendProblem[] {
  return referenceProblems(resource, 'the resource').map(({ key, message }) => ({
    under: ['resource', key],
    message,
    help: 'give apiGroup, kind and name of an object in the namespace of the Ingress',
  }));
}
