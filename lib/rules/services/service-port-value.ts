import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  isPortName,
  isQualifiedName,
  list,
  member,
  type Service,
} from '../../model';
import { nearestWord } from '../../plan';
import { asPortNumber, checkEach, inRightCase, isNoText, isSet, oneOf, shown, withoutEmpty } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** ValidateService and validateServicePort of pkg/apis/core/validation; ports are int32, so that a string does not even decode. */
export const servicePortValue: NetworkRule = {
  code: 'NL231',
  slug: 'service-port-value',
  fixable: true,
  severity: 'error',
  title: 'A port of a Service is missing or has a value that the API server refuses',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

function serviceProblems(service: Service): readonly Problem[] {
  const spec = member(service.object.manifest, 'spec');
  const ports = member(spec, 'ports');
  return concat(
    list(ports).length === 0 && needsPorts(service) ? [MISSING] : [],
    flatMap(list(ports), (port, index) => portProblems(port, ['spec', 'ports', index])),
    numberProblems('healthCheckNodePort', member(spec, 'healthCheckNodePort'), HEALTH_CHECK, false),
  );
}

const HEALTH_CHECK: FieldPath = ['spec', 'healthCheckNodePort'];

const MISSING: Problem = {
  field: ['spec'],
  message: 'the Service has no ports',
  help: 'list at least one; only headless and ExternalName Services can do without',
};

/** A type that is none may have been meant for one that needs no ports. */
function needsPorts({ type, headless, object }: Service): boolean {
  return type !== 'ExternalName' && !headless && !isNoText(at(object.manifest, 'spec', 'type'));
}

function portProblems(port: unknown, path: FieldPath): readonly Problem[] {
  return concat(
    numberProblems('port', member(port, 'port'), below(path, 'port'), true),
    protocolProblems(member(port, 'protocol'), below(path, 'protocol')),
    targetPortProblems(member(port, 'targetPort'), below(path, 'targetPort')),
    numberProblems('nodePort', member(port, 'nodePort'), below(path, 'nodePort'), false),
    appProtocolProblems(member(port, 'appProtocol'), below(path, 'appProtocol')),
  );
}

function numberProblems(name: string, value: unknown, field: FieldPath, required: boolean): readonly Problem[] {
  if (!isSet(value)) {
    if (!required) return [];
    return [
      {
        field: field.slice(0, -1),
        message: 'the port has no number',
        help: `set ${name} to a whole number from 1 to 65535`,
      },
    ];
  }
  if (!required && value === 0) return [];
  if (typeof value === 'string' && /^[0-9]+$/.test(value)) {
    return [
      {
        field,
        message: `${name} is the string ${shown(value)}`,
        help: 'write the number without quotes',
        ...asPortNumber(field, value),
      },
    ];
  }
  if (isPortNumber(value)) return [];
  return [
    {
      field,
      message: `${name} is ${shown(value)}, which is not a whole number from 1 to 65535`,
      help: `set ${name} to a whole number from 1 to 65535`,
    },
  ];
}

function isPortNumber(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

export function protocolProblems(value: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(value) || value === '' || PROTOCOLS.some((protocol) => protocol === value)) return [];
  const near = typeof value === 'string' ? nearestWord(value, PROTOCOLS) : null;
  return [
    {
      field,
      message: `protocol is ${shown(value)}, and must be ${oneOf(PROTOCOLS)}`,
      help: near === null ? 'leave it out for TCP' : `write ${near}`,
      ...inRightCase(field, value, PROTOCOLS),
    },
  ];
}

function targetPortProblems(value: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(value) || value === 0 || value === '') return [];
  if (typeof value !== 'string') return numberProblems('targetPort', value, field, false);
  if (isPortName(value)) return [];
  return [
    {
      field,
      message: `targetPort ${shown(value)} is not the name of a port`,
      help: /^[0-9]+$/.test(value)
        ? 'write the number without quotes'
        : 'use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last',
      ...asPortNumber(field, value),
    },
  ];
}

export function appProtocolProblems(value: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(value) || (typeof value === 'string' && isQualifiedName(value))) return [];
  return [
    {
      field,
      message: `appProtocol is ${shown(value)}, which is not a qualified name`,
      help: 'use a name such as http, or one with a domain in front, such as kubernetes.io/h2c',
      ...withoutEmpty(field, value),
    },
  ];
}
