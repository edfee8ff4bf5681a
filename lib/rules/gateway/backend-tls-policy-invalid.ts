import type { Problem } from '../../finding/problem';
import { at, below, concat, type FieldPath, flatMap, list, member, nonEmpty, record, text } from '../../model';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { collisions } from '../collisions';
import { inRightCase, isSet, shown } from '../field-problem';
import { hostHelp } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { backendTlsPolicies, type BackendTlsPolicy } from './backend-tls-policies';
import { withStructure } from '../structure/structure-problems';

const MOST_TARGETS = 16;
const MOST_CERTIFICATES = 8;
const MOST_NAMES = 5;
const WELL_KNOWN = ['System'];
/** Which field each type of a subject alternative name has. */
const NAME_FIELDS: ReadonlyMap<unknown, string> = new Map([
  ['Hostname', 'hostname'],
  ['URI', 'uri'],
]);

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
      const own = concat(
        targetProblems(policy),
        certificateProblems(policy),
        hostnameProblems(policy),
        alternativeNameProblems(policy),
      );
      for (const problem of withStructure(model, policy.object, own)) report({ on: policy.object, ...problem });
    }
  },
};

function targetProblems({ spec }: BackendTlsPolicy): readonly Problem[] {
  const field = ['spec', 'targetRefs'];
  const targets = list(member(spec, 'targetRefs'));
  if (targets.length === 0 || targets.length > MOST_TARGETS) {
    const help = `give 1 to ${MOST_TARGETS}: best a single Service, with group: '' and kind: Service`;
    return [{ field, message: `targetRefs has ${targets.length} entries`, help }];
  }
  return concat(
    flatMap(targets, (target, index) => referenceProblems(target, below(field, index))),
    sameTargets(targets, field),
  );
}

/** Of references to one object all have a section name, and each another one, or there is one only. */
function sameTargets(targets: readonly unknown[], field: FieldPath): readonly Problem[] {
  const named = targets.map((target, index) => ({
    index,
    object: JSON.stringify(['group', 'kind', 'name'].map((key) => text(member(target, key)) ?? '')),
    section: nonEmpty(member(target, 'sectionName')),
  }));
  return flatMap(
    collisions(named, ({ object }) => object),
    ({ first, others }) => {
      const same = [first, ...others];
      const bare = same.find(({ section }) => section === undefined);
      if (bare !== undefined) {
        return [
          {
            field: below(field, bare.index),
            message: `${same.length} targetRefs are to one object, and this one has no sectionName`,
            help: 'name a port in each, or leave one without sectionName, which is for all ports',
          },
        ];
      }
      return flatMap(
        collisions(same, ({ section }) => section ?? ''),
        (collision) =>
          collision.others.map(({ index, section }) => ({
            field: below(field, index, 'sectionName'),
            message: `sectionName ${section ?? ''} of one object stands in two targetRefs`,
            help: 'name each port once',
          })),
      );
    },
  );
}

function referenceProblems(reference: unknown, field: FieldPath): readonly Problem[] {
  return concat(
    text(member(reference, 'group')) === undefined ? ['group'] : [],
    ['kind', 'name'].filter((key) => nonEmpty(member(reference, key)) === undefined),
  ).map((key) => ({
    field: below(field, key),
    message: `the reference has no ${key}`,
    help: key === 'group' ? "give the API group; that of Services and ConfigMaps is ''" : `give the ${key}`,
  }));
}

function certificateProblems({ spec }: BackendTlsPolicy): readonly Problem[] {
  const field = ['spec', 'validation'];
  const validation = member(spec, 'validation');
  if (record(validation) === undefined) {
    return [{ field, message: 'there is no validation', help: 'say which CA signs for the backend, and its hostname' }];
  }
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
  if (usesWellKnown) {
    if (WELL_KNOWN.some((word) => word === wellKnown)) return [];
    const path = below(field, 'wellKnownCACertificates');
    return [
      {
        field: path,
        message: `wellKnownCACertificates is ${shown(wellKnown)}, and must be System`,
        help: 'write System: case matters',
        ...inRightCase(path, wellKnown, WELL_KNOWN),
      },
    ];
  }
  return concat(
    references.length <= MOST_CERTIFICATES
      ? []
      : [
          {
            field: below(field, 'caCertificateRefs'),
            message: `caCertificateRefs has ${references.length} entries`,
            help: `give 1 to ${MOST_CERTIFICATES}: most gateways read one`,
          },
        ],
    flatMap(references, (reference, index) => referenceProblems(reference, below(field, 'caCertificateRefs', index))),
  );
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

function alternativeNameProblems({ spec }: BackendTlsPolicy): readonly Problem[] {
  const field = ['spec', 'validation', 'subjectAltNames'];
  const names = list(at(spec, 'validation', 'subjectAltNames'));
  if (names.length > MOST_NAMES) {
    return [{ field, message: `subjectAltNames has ${names.length} entries`, help: `give at most ${MOST_NAMES}` }];
  }
  return flatMap(names, (name, index): readonly Problem[] => {
    const type = member(name, 'type');
    const own = NAME_FIELDS.get(type);
    if (own === undefined) {
      const path = below(field, index, 'type');
      return [
        {
          field: path,
          message: isSet(type) ? `type is ${shown(type)}` : 'the name has no type',
          help: 'write Hostname or URI',
          ...inRightCase(path, type, ['Hostname', 'URI']),
        },
      ];
    }
    const isGiven = (key: string): boolean => isSet(member(name, key)) && member(name, key) !== '';
    return [...NAME_FIELDS.values()]
      .filter((key) => isGiven(key) !== (key === own))
      .map((key) => ({
        field: below(field, index, key),
        message: `a name of type ${String(type)} has ${key === own ? 'no' : 'a'} ${key}`,
        help: key === own ? `give the ${key}` : `leave ${key} out, or change the type`,
      }));
  });
}
