import type { Problem } from '../../finding/problem';
import {
  below,
  concat,
  type FieldPath,
  flatMap,
  integer,
  isQualifiedName,
  list,
  member,
  record,
  text,
} from '../../model';
import { checkEach, inRightCase, isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { type PodSpec, podSpecs } from './pod-specs';

/** validateProbe, validateHandler and their siblings of pkg/apis/core/validation; ports have a rule of their own. */
export const probeInvalid: NetworkRule = {
  code: 'NL537',
  slug: 'probe-invalid',
  fixable: true,
  severity: 'error',
  title: 'A probe, a lifecycle handler or a readiness gate of pods is one that the API server refuses',
  layer: 'object',
  check: checkEach(podSpecs, (pod) =>
    concat(
      flatMap(pod.containers, ({ value, path }) => containerProblems(value, path)),
      gateProblems(pod),
    ),
  ),
};

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const PROBE_ACTIONS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const HOOKS = ['postStart', 'preStop'];
const HOOK_ACTIONS = ['exec', 'httpGet', 'sleep', 'tcpSocket'];
const COUNTS = ['failureThreshold', 'initialDelaySeconds', 'periodSeconds', 'successThreshold', 'timeoutSeconds'];
const SCHEMES = ['HTTP', 'HTTPS'];
const HEADER_NAME = /^[-A-Za-z0-9]+$/;

function containerProblems(container: unknown, path: FieldPath): readonly Problem[] {
  const runsOnce = path.includes('initContainers') && member(container, 'restartPolicy') !== 'Always';
  if (runsOnce) return flatMap([...PROBES, 'lifecycle'], (name) => notForOneRun(name, container, path));
  const lifecycle = member(container, 'lifecycle');
  return concat(
    flatMap(PROBES, (name) => {
      const field = below(path, name);
      const probe = member(container, name);
      if (record(probe) === undefined) return [];
      return concat(
        actionProblems(probe, name, PROBE_ACTIONS, field),
        countProblems(probe, field),
        name === 'readinessProbe' ? [] : successProblems(probe, name, field),
        graceProblems(probe, name, field),
      );
    }),
    flatMap(HOOKS, (name) => {
      const hook = member(lifecycle, name);
      return record(hook) === undefined ? [] : actionProblems(hook, name, HOOK_ACTIONS, below(path, 'lifecycle', name));
    }),
  );
}

function notForOneRun(name: string, container: unknown, path: FieldPath): readonly Problem[] {
  if (!isSet(member(container, name))) return [];
  return [
    {
      field: below(path, name),
      message: `an init container that ends has no ${name}`,
      help: `remove ${name}, or make the container a sidecar with restartPolicy: Always`,
    },
  ];
}

function actionProblems(owner: unknown, name: string, actions: readonly string[], path: FieldPath): readonly Problem[] {
  const written = actions.filter((action) => isSet(member(owner, action)));
  if (written.length === 0) {
    return [{ field: path, message: `${name} does nothing`, help: `write one of ${oneOf(actions)}` }];
  }
  if (written.length > 1) {
    return [
      {
        field: [...path, written[1]],
        message: `${name} has ${written.join(' and ')}, and may do one thing`,
        help: 'keep one of them',
      },
    ];
  }
  const [action] = written;
  const under = [...path, action];
  const value = member(owner, action);
  if (action === 'httpGet') return requestProblems(value, under);
  if (action !== 'exec' || record(value) === undefined || list(member(value, 'command')).length > 0) return [];
  return [{ field: under, message: 'exec has no command', help: 'write the command, a list of words' }];
}

function requestProblems(request: unknown, path: FieldPath): readonly Problem[] {
  const field = below(path, 'scheme');
  const scheme = text(member(request, 'scheme')) ?? '';
  return concat(
    scheme === '' || SCHEMES.includes(scheme)
      ? []
      : [
          {
            field,
            message: `the scheme is ${shown(scheme)}, and must be ${oneOf(SCHEMES)}`,
            help: 'write it in capital letters, or leave it out for HTTP',
            ...inRightCase(field, scheme, SCHEMES),
          },
        ],
    flatMap(list(member(request, 'httpHeaders')), (header, index) => {
      const name = member(header, 'name') ?? '';
      if (typeof name !== 'string' || HEADER_NAME.test(name)) return [];
      return [
        {
          field: below(path, 'httpHeaders', index),
          message: name === '' ? 'the header has no name' : `${shown(name)} is not the name of a header`,
          help: 'use letters, digits and hyphens',
        },
      ];
    }),
  );
}

function countProblems(probe: unknown, path: FieldPath): readonly Problem[] {
  return flatMap(COUNTS, (name) => {
    const count = integer(member(probe, name)) ?? 0;
    if (count >= 0) return [];
    return [{ field: below(path, name), message: `${name} is ${count}`, help: 'write a number that is not negative' }];
  });
}

function successProblems(probe: unknown, name: string, path: FieldPath): readonly Problem[] {
  const successes = integer(member(probe, 'successThreshold')) ?? 0;
  if (successes <= 1) return [];
  return [
    {
      field: below(path, 'successThreshold'),
      message: `successThreshold of the ${name} is ${successes}, and must be 1`,
      help: 'leave it out: only a readinessProbe waits for several successes',
    },
  ];
}

function graceProblems(probe: unknown, name: string, path: FieldPath): readonly Problem[] {
  const field = below(path, 'terminationGracePeriodSeconds');
  const seconds = integer(member(probe, 'terminationGracePeriodSeconds'));
  if (seconds === undefined) return [];
  if (name === 'readinessProbe') {
    return [
      {
        field,
        message: 'a readinessProbe has no terminationGracePeriodSeconds',
        help: 'remove it: a pod that is not ready is not ended',
      },
    ];
  }
  if (seconds > 0) return [];
  return [
    {
      field,
      message: `terminationGracePeriodSeconds is ${seconds}`,
      help: 'write at least 1, or leave it out for that of the pod',
    },
  ];
}

function gateProblems({ spec, path }: PodSpec): readonly Problem[] {
  return flatMap(list(member(spec, 'readinessGates')), (gate, index) => {
    const type = member(gate, 'conditionType') ?? '';
    if (typeof type !== 'string' || isQualifiedName(type)) return [];
    return [
      {
        field: below(path, 'readinessGates', index),
        message: `the conditionType ${shown(type)} of the readiness gate is not a qualified name`,
        help: 'use at most 63 letters, digits, hyphens, underscores and dots, after an optional DNS name and a slash, as the controller of the condition says',
      },
    ];
  });
}
