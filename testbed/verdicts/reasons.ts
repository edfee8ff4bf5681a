import type { KubernetesObject } from '../api-client';

/** What one object is told by both. */
export interface Verdict {
  readonly object: KubernetesObject;
  /** Why the API server refuses it. */
  readonly refusal: string | undefined;
  /** The errors of Netloom, as `CODE message`. */
  readonly errors: readonly string[];
}

/** A difference that is right as it is. */
interface Reason {
  readonly because: string;
  readonly holds: (verdict: Verdict) => boolean;
}

function onlyErrors(...codes: readonly string[]): (verdict: Verdict) => boolean {
  return ({ refusal, errors }) => refusal === undefined && errors.every((error) => codes.includes(error.slice(0, 5)));
}

function onlyServer(message: RegExp, kinds?: readonly string[]): (verdict: Verdict) => boolean {
  return ({ object, refusal, errors }) =>
    errors.length === 0 && refusal !== undefined && message.test(refusal) && (kinds?.includes(object.kind) ?? true);
}

const WORKLOADS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet'];

export const REASONS: readonly Reason[] = [
  {
    because: 'a dry run allocates no node port and looks at no range: for real, the port is refused',
    holds: onlyErrors('NL207', 'NL231'),
  },
  {
    because: 'the API server stores it, and the rules have no effect: what looks closed is open',
    holds: onlyErrors('NL507'),
  },
  { because: 'the kubelet refuses the second of two host ports', holds: onlyErrors('NL530') },
  {
    because: 'what makes a pod run is not the network: containers, images, replicas',
    holds: onlyServer(
      /\b(containers(\[\d+\])?(\.(name|image))?: (Required|Invalid|Duplicate)|containers\[\d+\]\.image|spec\.replicas|\.env\b)/,
      WORKLOADS,
    ),
  },
  { because: 'the taints of a Node are not the network', holds: onlyServer(/metadata\.taints/, ['Node']) },
];

export function reasonOf(verdict: Verdict): string | undefined {
  return REASONS.find(({ holds }) => holds(verdict))?.because;
}

export function agrees({ refusal, errors }: Verdict): boolean {
  return (refusal !== undefined) === errors.length > 0;
}
