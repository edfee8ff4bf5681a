import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';

/** Which props of a Gateway write which fields. */
export const GATEWAY_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.gatewayClassName': 'gatewayClass',
    'spec.listeners': 'listeners',
    'spec.listeners[]': 'listeners[]',
    'spec.listeners[].name': 'listeners[].name',
    'spec.listeners[].hostname': 'listeners[].hostname',
    'spec.listeners[].port': 'listeners[].port',
    'spec.listeners[].tls.certificateRefs': 'listeners[].certificates',
    'spec.listeners[].tls.certificateRefs[]': 'listeners[].certificates[]',
    'spec.listeners[].tls.options': 'listeners[].tlsOptions',
    'spec.listeners[].allowedRoutes.namespaces': 'listeners[].routesFrom',
    'spec.listeners[].allowedRoutes.kinds': 'listeners[].routeKinds',
    'spec.listeners[].allowedRoutes.kinds[]': 'listeners[].routeKinds[]',
    'spec.addresses': 'addresses',
    'spec.addresses[]': 'addresses[]',
    'spec.infrastructure.labels': 'infrastructureLabels',
    'spec.infrastructure.annotations': 'infrastructureAnnotations',
    'spec.infrastructure.parametersRef': 'infrastructureParameters',
    'spec.infrastructure.parametersRef.group': 'infrastructureParameters.group',
    'spec.infrastructure.parametersRef.kind': 'infrastructureParameters.kind',
    'spec.infrastructure.parametersRef.name': 'infrastructureParameters.name',
    'spec.allowedListeners': 'listenerSetsFrom',
    'spec.tls.backend.clientCertificateRef': 'clientCertificate',
    'spec.tls.frontend.default': 'clientValidation',
    'spec.tls.frontend.default.validation.caCertificateRefs': 'clientValidation.authorities',
    'spec.tls.frontend.default.validation.caCertificateRefs[]': 'clientValidation.authorities[]',
    'spec.tls.frontend.perPort': 'clientValidationByPort',
    'spec.tls.frontend.perPort[]': 'clientValidationByPort[]',
    'spec.tls.frontend.perPort[].port': 'clientValidationByPort[].port',
    'spec.tls.frontend.perPort[].tls': 'clientValidationByPort[].validation',
    'spec.tls.frontend.perPort[].tls.validation.caCertificateRefs': 'clientValidationByPort[].validation.authorities',
    'spec.tls.frontend.perPort[].tls.validation.caCertificateRefs[]':
      'clientValidationByPort[].validation.authorities[]',
    'spec.defaultScope': 'defaultScope',
  },
  subjects: {
    'spec.gatewayClassName': 'gatewayClassName',
    'spec.tls.frontend.default.validation.caCertificateRefs': 'caCertificateRefs',
    'spec.tls.frontend.perPort[].tls.validation.caCertificateRefs': 'caCertificateRefs',
  },
  help: {
    ...METADATA_HELP,
    'NL430 spec.listeners[].tls': 'give certificates, or the tlsOptions that your implementation knows',
  },
};
