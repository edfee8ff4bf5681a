import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';

/** Which props of an Ingress write which fields. */
export const INGRESS_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.ingressClassName': 'ingressClass',
    'spec.defaultBackend': 'defaultBackend',
    'spec.rules': 'rules',
    'spec.rules[]': 'rules[]',
    'spec.rules[].host': 'rules[].host',
    'spec.rules[].http.paths': 'rules[].paths',
    'spec.rules[].http.paths[]': 'rules[].paths[]',
    'spec.rules[].http.paths[].path': 'rules[].paths[].path',
    'spec.rules[].http.paths[].pathType': 'rules[].paths[].pathType',
    'spec.rules[].http.paths[].backend': 'rules[].paths[].backend',
    'spec.tls': 'tls',
    'spec.tls[]': 'tls[]',
    'spec.tls[].hosts[]': 'tls[].hosts[]',
    'spec.tls[].secretName': 'tls[].secretName',
  },
  subjects: {
    'spec.ingressClassName': 'ingressClassName',
    'spec.rules[].http.paths[].backend': 'the backend',
    'spec.defaultBackend': 'the backend',
    'spec.tls[].hosts[]': 'host',
  },
  help: {
    ...METADATA_HELP,
    'NL404 spec': 'give rules or defaultBackend, or call addRule()',
    'NL404 spec.rules[].http.paths': 'give at least one path',
    'NL407 spec.rules[].http.paths[].backend.service.port': 'give BackendPort.number() or BackendPort.name()',
    'NL407 spec.defaultBackend.service.port': 'give BackendPort.number() or BackendPort.name()',
    'NL409 metadata.annotations.kubernetes.io/ingress.class':
      'leave the annotation out: it is the deprecated form of ingressClass',
  },
  phrases: {
    'write the path as requests have it after normalization, or use the type ImplementationSpecific':
      'write the path as requests have it after normalization, or use PathType.IMPLEMENTATION_SPECIFIC',
    'use at most 15 lower-case letters, digits and single hyphens; a number belongs into port.number':
      'use at most 15 lower-case letters, digits and single hyphens, or BackendPort.number() for a number',
  },
};
