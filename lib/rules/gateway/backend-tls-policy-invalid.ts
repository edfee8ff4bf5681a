import type { Problem } from '../../finding/problem';
import { below, concat, list, member, record } from '../../model';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { inRightCase, isSet, shown } from '../field-problem';
import { hostHelp } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { backendTlsPolicies, type BackendTlsPolicy } from './backend-tls-policies';
import { withStructure } from '../structure/structure-problems';

/** The schema and the validation expressions of the CRD: apis/v1/backendtlspolicy_types.go of kubernetes-sigs/gateway-api. */
export const backendTlsPolicyInvalid: NetworkRule = {
  code: 'NL480',
  slug: 'backend-tls-policy-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A BackendTLSPolicy that the API server refuses',
  check(model, report) {
    for (const policy of backendTlsPolicies(model)) {
      const own = concat(certificateProblems(policy), hostnameProblems(policy));
      for (const problem of withStructure(model, policy.object, own)) report({ on: policy.object, ...problem });
    }
  },
};

function certificateProblems({ spec }: BackendTlsPolicy): readonly Problem[] {
  const field = ['spec', 'validation'];
  const validation = member(spec, 'validation');
  if (record(validation) === undefined) return [];
  const references = list(member(validation, 'caCertificateRefs'));
  const wellKnown = member(validation, 'wellKnownCACertificates');
  const usesWellKnown = isSet(wellKnown) && wellKnown !== '';
  if (references.length > 0 === usesWellKnown) {
    return [
      {
        field,
        message: `validation has ${usesWellKnown ? 'both' : 'neither'} caCertificateRefs ${usesWellKnown ? 'and' : 'nor'} wellKnownCACertificates`,
        help: 'give one of them: a ConfigMap with the CA in ca.crt, or System for the CAs that the gateway trusts anyway',
      },
    ];
  }
  const path = below(field, 'wellKnownCACertificates');
  const fix = usesWellKnown && wellKnown !== 'System' ? inRightCase(path, wellKnown, ['System']) : {};
  if (fix.fix === undefined) return [];
  return [
    {
      field: path,
      message: `wellKnownCACertificates is ${shown(wellKnown)}, and must be System`,
      help: 'write System: case matters',
      ...fix,
    },
  ];
}

function hostnameProblems({ spec }: BackendTlsPolicy): readonly Problem[] {
  const validation = member(spec, 'validation');
  if (record(validation) === undefined) return [];
  const field = ['spec', 'validation', 'hostname'];
  const hostname = member(validation, 'hostname');
  if (!isSet(hostname) || hostname === '') {
    return [
      {
        field,
        message: 'validation has no hostname',
        help: 'give the name that the certificate of the backend has: the gateway asks for it and checks it',
      },
    ];
  }
  if (typeof hostname === 'string' && isDnsSubdomain(hostname) && hostHelp(hostname) === undefined) return [];
  return [
    {
      field,
      message: `hostname ${shown(hostname)} is no DNS name`,
      help: 'give one name in lower case, without wildcard and port; an address is none',
    },
  ];
}
