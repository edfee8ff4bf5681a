import { type Cidr, formatCidr } from '../address';
import type { CalicoApi } from './rehearsal/cluster';
import { check, command, type Step } from './runbook';

/** What has to be there before anybody begins. */
export function needsNote(...others: readonly string[]): string {
  return `The commands need ${['kubectl', 'jq', ...others].join(', ')} and netloom where they are run, and sudo on nodes where that is said.`;
}

/** What the steps of all stages change. */
export function backupStep(...objects: string[]): Step {
  return command(
    'Keep what is there now',
    ...objects.map((object) => {
      const [namespace, kind, name = ''] = object.split('/');
      const what = [kind, name].filter(Boolean).join(' ');
      return `kubectl ${namespace === '' ? '' : `-n ${namespace} `}get ${what} -o yaml > before-${name || kind}.yaml`;
    }),
  );
}

/** Kinds that may name a range, of whatever is installed. */
const NAMING_KINDS = [
  'networkpolicies.networking.k8s.io',
  'adminnetworkpolicies.policy.networking.k8s.io',
  'baselineadminnetworkpolicies.policy.networking.k8s.io',
  'clusternetworkpolicies.policy.networking.k8s.io',
  'ciliumnetworkpolicies.cilium.io',
  'ciliumclusterwidenetworkpolicies.cilium.io',
  'ciliumcidrgroups.cilium.io',
  'networkpolicies.projectcalico.org',
  'globalnetworkpolicies.projectcalico.org',
  'networksets.projectcalico.org',
  'globalnetworksets.projectcalico.org',
  'bgpconfigurations.projectcalico.org',
  'bgpfilters.projectcalico.org',
  'felixconfigurations.projectcalico.org',
  'ipreservations.projectcalico.org',
  'authorizationpolicies.security.istio.io',
  'serviceentries.networking.istio.io',
  'ingresses.networking.k8s.io',
  'services',
  'configmaps',
  'deployments.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'cronjobs.batch',
];

const NAMESPACED_CALICO = ['networkpolicy', 'networkset'];
const GLOBAL_CALICO = [
  'globalnetworkpolicy',
  'globalnetworkset',
  'bgpconfiguration',
  'bgpfilter',
  'felixconfiguration',
  'ipreservation',
];

/** What is done about those who name a range. */
export interface Naming {
  readonly ranges: readonly Cidr[];
  readonly calicoApi: CalicoApi | null;
  /** Whether the cluster leaves the ranges, or keeps them beside the new ones. */
  readonly leaves: boolean;
  /** What names them by its nature, and what becomes of that. */
  readonly known: string;
}

/**
 * Everything in the cluster that may name the ranges, one kind at a time, and our own reading of it: parts, supersets, every kind of policy.
 * A kind that cannot be read ends the line with an error.
 */
export function namedStep({ ranges, calicoApi, leaves, known }: Naming): Step {
  const kinds = NAMING_KINDS.map((kind) => `-e ${kind}`).join(' ');
  return check(
    leaves ? 'Nothing names the old range' : 'Whatever names the range names the new one, too',
    `no error, and nothing under "Named by" but ${known}. ${
      leaves
        ? 'Otherwise add the new range first where the old one is named, and take the old one out when all is done; firewalls and routers as well'
        : 'Otherwise add the new range where the old one is named, and leave the old one there; firewalls and routers as well'
    }`,
    'mkdir -p old-range && kubectl api-resources --verbs=list -o name > kinds.txt',
    `(set -e; for kind in $(grep -xF ${kinds} kinds.txt); do kubectl get "$kind" -A -o yaml > "old-range/$kind.yaml"; done)`,
    ...(calicoApi === 'calicoctl'
      ? [
          `(set -e; for kind in ${NAMESPACED_CALICO.join(' ')}; do calicoctl get "$kind" --all-namespaces -o yaml > "old-range/calico-$kind.yaml"; done)`,
          `(set -e; for kind in ${GLOBAL_CALICO.join(' ')}; do calicoctl get "$kind" -o yaml > "old-range/calico-$kind.yaml"; done)`,
        ]
      : []),
    ...ranges.map((range) => `netloom whois ${formatCidr(range)} old-range`),
  );
}

/** Pods that have addresses of the ranges, of either family. */
export function podsOf(ranges: readonly Cidr[]): string[] {
  return [
    'kubectl get pods -A -o yaml > pods.yaml',
    ...ranges.map((range) => `test -s pods.yaml && netloom whois ${formatCidr(range)} pods.yaml`),
  ];
}

export function budgetCheck(): Step {
  return check(
    'No PodDisruptionBudget forbids every eviction',
    'no line: where 0 disruptions are allowed a drain waits until its timeout. Scale the workload up, or fix its budget',
    'kubectl get poddisruptionbudgets -A --no-headers -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,ALLOWED:.status.disruptionsAllowed,PODS:.status.expectedPods > budgets.txt',
    // One that selects no pod allows none either, and stops nothing.
    `awk '$3 == 0 && $4 != 0' budgets.txt`,
  );
}

/** kubectl drain refuses to evict them, and the whole wave with them. */
export function ownerlessCheck(): Step {
  return check(
    'No pod belongs to nothing',
    'no line: a pod that has no controller is not made anew, and a drain stops at it. Delete it, or make it again as a Deployment',
    'kubectl get pods -A --no-headers -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,OWNER:.metadata.ownerReferences[0].kind > owners.txt',
    `awk '$3 == "<none>"' owners.txt`,
  );
}

/** A pod that PodSecurity `restricted` takes, in a namespace that no policy knows. */
export function testPodSteps(ranges: readonly Cidr[], domain: string): Step[] {
  const overrides = {
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'migration-check',
          image: 'busybox:1.36',
          command: ['sleep', '3600'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  return [
    command(
      'A pod to look with, in a namespace of its own, where no NetworkPolicy applies',
      'kubectl create namespace migration-check',
      `kubectl -n migration-check run migration-check --image=busybox:1.36 --restart=Never --overrides='${JSON.stringify(overrides)}'`,
      'kubectl -n migration-check wait --for=condition=Ready pod/migration-check --timeout=2m',
    ),
    check(
      'It has a new address, and reaches the cluster',
      `an address of ${ranges.map(formatCidr).join(', ')}, and the address of the Service kubernetes. Where no answer comes, look for a policy of all namespaces (GlobalNetworkPolicy, CiliumClusterwideNetworkPolicy, AdminNetworkPolicy, ClusterNetworkPolicy) that keeps the pod from the DNS; let the namespace migration-check reach its port 53 by UDP and TCP, and ask again. Only then does a missing answer say that pods with new addresses reach nothing`,
      `kubectl -n migration-check get pod migration-check -o jsonpath='{.status.podIPs[*].ip}{"\\n"}'`,
      `kubectl -n migration-check exec migration-check -- nslookup kubernetes.default.svc.${domain}`,
    ),
    command('Remove it', 'kubectl delete namespace migration-check'),
  ];
}
