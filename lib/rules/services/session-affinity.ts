import type { Problem } from '../../finding/problem';
import { at, type FieldPath, integer, member, type Service } from '../../model';
import { nearestWord } from '../../plan';
import { checkEach, inRightCase, isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** `sessionAffinity` and its configuration (ValidateService, validateClientIPAffinityConfig). */
export const sessionAffinity: NetworkRule = {
  code: 'NL235',
  slug: 'session-affinity',
  fixable: true,
  severity: 'error',
  title: 'The session affinity of a Service is one that the API server refuses',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const AFFINITIES = ['ClientIP', 'None'];
/** One day. */
const LONGEST_SECONDS = 86400;
const TIMEOUT: FieldPath = ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'];

function serviceProblems({ object }: Service): readonly Problem[] {
  const spec = member(object.manifest, 'spec');
  const written = member(spec, 'sessionAffinity');
  const affinity = isSet(written) && written !== '' ? written : 'None';
  if (!AFFINITIES.some((known) => known === affinity)) {
    const near = typeof affinity === 'string' ? nearestWord(affinity, AFFINITIES) : null;
    return [
      {
        field: ['spec', 'sessionAffinity'],
        message: `sessionAffinity is ${shown(affinity)}, and must be ${oneOf(AFFINITIES)}`,
        help: near === null ? 'leave it out for None' : `write ${near}`,
        ...inRightCase(['spec', 'sessionAffinity'], affinity, AFFINITIES),
      },
    ];
  }
  const config = member(spec, 'sessionAffinityConfig');
  if (!isSet(config)) return [];
  const seconds = at(config, 'clientIP', 'timeoutSeconds');
  // Without an effect it has to be a number all the same.
  if (affinity === 'None' && (!isSet(seconds) || integer(seconds) !== undefined)) {
    return [
      {
        field: ['spec', 'sessionAffinityConfig'],
        severity: 'warning',
        message: 'sessionAffinityConfig is set, and sessionAffinity is None: it has no effect',
        help: 'set sessionAffinity: ClientIP, or remove the configuration',
      },
    ];
  }
  return timeoutProblems(seconds);
}

function timeoutProblems(seconds: unknown): readonly Problem[] {
  // The defaults fill in what is missing, at every level.
  if (!isSet(seconds)) return [];
  const whole = integer(seconds);
  if (whole !== undefined && whole > 0 && whole <= LONGEST_SECONDS) return [];
  return [
    {
      field: TIMEOUT,
      message: `timeoutSeconds is ${shown(seconds)}, which is not a whole number from 1 to ${LONGEST_SECONDS}`,
      help: 'set it to at most one day, or leave it out for three hours',
    },
  ];
}
