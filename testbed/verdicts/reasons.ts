import type { KubernetesObject } from '../api-client';

/** What one object is told by both. */
export interface Verdict {
  readonly object: KubernetesObject;
  /** Why the API server refuses it, or the plugin that it is for. */
  readonly refusal: string | undefined;
  /** The errors of Netloom, as `CODE message`. */
  readonly errors: readonly string[];
  /** Its warnings, likewise. */
  readonly warnings: readonly string[];
}

/** A difference that is right as it is. */
export interface Reason {
  readonly because: string;
  readonly holds: (verdict: Verdict) => boolean;
}

interface Errors {
  /** @default - every kind of every group */
  readonly groups?: readonly string[];
  readonly codes: readonly string[];
  /** @default - whatever they say */
  readonly message?: RegExp;
}

/** All that Netloom refuses is of these codes, and the API server takes the object. */
function onlyErrors({ groups, codes, message = /^/ }: Errors): Reason['holds'] {
  return ({ object, refusal, errors }) =>
    refusal === undefined &&
    (groups?.includes(groupOf(object)) ?? true) &&
    errors.every((error) => codes.includes(error.slice(0, 5)) && message.test(error));
}

function onlyServer(message: RegExp, kinds?: readonly string[]): Reason['holds'] {
  return ({ object, refusal, errors }) =>
    errors.length === 0 && refusal !== undefined && message.test(refusal) && (kinds?.includes(object.kind) ?? true);
}

/** The API server refuses it, and Netloom warns of it. */
function onlyWarned(code: string, message: RegExp): Reason['holds'] {
  return ({ refusal, errors, warnings }) =>
    errors.length === 0 &&
    refusal !== undefined &&
    message.test(refusal) &&
    warnings.some((warning) => warning.startsWith(code));
}

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.slice(0, apiVersion.indexOf('/'));
}

const WORKLOADS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet'];
const WITH_DEFINITIONS = ['cilium.io', 'gateway.networking.k8s.io', 'metallb.io', 'policy.networking.k8s.io'];

export const REASONS: readonly Reason[] = [
  {
    because: 'a dry run allocates no node port and looks at no range: for real, the port is refused',
    holds: onlyErrors({ codes: ['NL207', 'NL231'] }),
  },
  {
    because: 'the API server stores it, and the rules have no effect: what looks closed is open',
    holds: onlyErrors({ codes: ['NL507'] }),
  },
  { because: 'the kubelet refuses the second of two host ports', holds: onlyErrors({ codes: ['NL530'] }) },
  {
    because: 'the kubelet looks the name up in vain: the probe fails for ever',
    holds: onlyErrors({ codes: ['NL535'] }),
  },
  {
    because: 'what makes a pod run is not the network: containers, images, variables, replicas',
    holds: onlyServer(
      /\bcontainers(\[\d+\])?(\.(name|image))?: (Required|Invalid|Duplicate)|\bcontainers\[\d+\]\.(image|env)\b|\bspec\.replicas\b/,
      WORKLOADS,
    ),
  },
  {
    because: 'a workload with neither selector nor pods is a patch, which kustomize merges into another object',
    holds: ({ object, ...verdict }) =>
      WORKLOADS.includes(object.kind) &&
      (object.spec as { selector?: unknown } | null | undefined)?.selector === undefined &&
      onlyServer(/spec\.selector: Required/)({ object, ...verdict }),
  },
  { because: 'the taints of a Node are not the network', holds: onlyServer(/metadata\.taints/, ['Node']) },
  {
    because:
      'which version of its definitions a cluster has is not known, and a later one may have the field: a warning',
    holds: onlyWarned('NL920', /strict decoding error: unknown field/),
  },
  {
    because: 'definitions of Gateway API before 1.7 take any header value: a warning',
    holds: onlyWarned('NL431', /headers\[0\]\.value|set\[0\]\.value/),
  },
  {
    because: 'Kubernetes before 1.33 drops trafficDistribution unread: after an upgrade the value is refused',
    holds: onlyErrors({ codes: ['NL238'], message: /trafficDistribution/ }),
  },
  {
    because: 'Kubernetes before 1.36 reads groups of five digits (ParseIPSloppy), and later ones refuse them',
    holds: onlyErrors({ codes: ['NL244', 'NL503'], message: /longer than four digits/ }),
  },
  {
    because: 'the API server drops the label, so that the selector selects more than is written',
    holds: onlyErrors({
      groups: WITH_DEFINITIONS,
      codes: ['NL430', 'NL646', 'NL946'],
      message: /is null, and must be/,
    }),
  },
  {
    because: 'the pattern of the type has no brackets, so that a part is enough; every controller refuses it',
    holds: onlyErrors({ codes: ['NL430'], message: /there is no address of type/ }),
  },
  {
    because: 'older API servers do not look at the format of a number: after an upgrade the value is refused',
    holds: onlyErrors({ groups: ['metallb.io'], codes: ['NL646'], message: /is \d{10,}, and must be a whole number$/ }),
  },
  {
    because: 'no controller reads an address with leading zeros (net/netip)',
    holds: onlyErrors({ codes: ['NL430'], message: /has leading zeros/ }),
  },
  {
    because:
      'the listener takes no route of such a kind: controllers set ResolvedRefs to False, with InvalidRouteKinds',
    holds: onlyErrors({ codes: ['NL453'] }),
  },
  {
    because:
      "calicoctl and Calico's API server refuse it: the validator of libcalico-go 3.28, which said the same of each",
    holds: onlyErrors({
      groups: ['projectcalico.org'],
      codes: ['NL541', 'NL603', 'NL604', 'NL605', 'NL608', 'NL609', 'NL612', 'NL646', 'NL660'],
    }),
  },
  {
    because: 'calicoctl reads an AS number as text, too: a warning',
    holds: onlyWarned('NL646', /asNumber in body must be of type integer: "string"/),
  },
  {
    because: 'Kubernetes 1.30 takes an AS number above 2147483647, and 1.37 does not: a warning',
    holds: onlyWarned('NL646', /format int32 in spec\.asNumber/),
  },
  {
    because: 'Kubernetes 1.30 does not look at `format: int32`, and 1.37 does',
    holds: onlyErrors({
      groups: ['operator.tigera.io'],
      codes: ['NL646'],
      message: /(mtu|blockSize) is \d+, and must be/,
    }),
  },
  {
    because: 'the operator of Calico refuses the Installation (pkg/controller/installation/validation.go)',
    holds: onlyErrors({
      groups: ['operator.tigera.io'],
      codes: ['NL603', 'NL604', 'NL605', 'NL609', 'NL646', 'NL660'],
      message: /NL646 (item \d+ of cidrs|\w+ and \w+ are set)|NL6(03|04|05|09|60)/,
    }),
  },
];

export function reasonOf(verdict: Verdict): string | undefined {
  return REASONS.find(({ holds }) => holds(verdict))?.because;
}

export function agrees({ refusal, errors }: Verdict): boolean {
  return (refusal !== undefined) === errors.length > 0;
}
