import { type Cidr, cidrsOverlap, formatCidr } from '../address';
import type { RuledProblem } from '../finding/problem';
import { writtenApiVersion } from '../plan';
import { FACTS } from './component-facts';
import { namedStep, needsNote } from './look-steps';
import { serviceRangeCluster } from './rehearsal/initial';
import type { ServiceRangeInput } from './service-range-spec';
import { invalid, isError, type Planned, readCidrs, takenProblems } from './problem';
import { MIGRATION_OVERLAPS_SOURCE, MIGRATION_UNSUPPORTED } from './rules';
import { apply, check, command, numbered, type Runbook } from './runbook';

/** More ClusterIPs for a running cluster: a ServiceCIDR beside the first range (KEP-1880). */
export function planServiceRangeExtension(input: ServiceRangeInput): Planned<Runbook> {
  const current = readCidrs('serviceCidrs', input.serviceCidrs);
  const added = readCidrs('cidrs', input.cidrs);
  const problems = [...current.problems, ...added.problems, ...rangeProblems(input, current.value, added.value)];
  if (problems.some(isError)) return { value: null, problems };
  return { value: runbook(input, current.value, added.value), problems };
}

function rangeProblems(
  { name, kubernetesVersion, families, others }: ServiceRangeInput,
  current: readonly Cidr[],
  added: readonly Cidr[],
): RuledProblem[] {
  return [
    ...(/^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/.test(name) && name !== 'kubernetes'
      ? []
      : [
          invalid(
            `${JSON.stringify(name)} cannot be the name of a ServiceCIDR`,
            'use lower-case letters, digits, "-" and "."; the API server keeps kubernetes for itself',
          ),
        ]),
    ...(kubernetesVersion !== null && kubernetesVersion.major === 1 && kubernetesVersion.minor < 33
      ? [
          {
            rule: MIGRATION_UNSUPPORTED,
            message: `Kubernetes ${kubernetesVersion.major}.${kubernetesVersion.minor} has one service range of a family, for life`,
            help: 'upgrade to 1.33 or later, where ServiceCIDR objects extend it',
          },
        ]
      : []),
    ...(added.length === 0 || new Set(added.map(({ family }) => family)).size < added.length
      ? [
          invalid(
            `cidrs has ${added.map(formatCidr).join(', ') || 'no range'}, and a ServiceCIDR has one range of a family, or one of each`,
            'give one range, or one IPv4 and one IPv6 range',
          ),
        ]
      : []),
    ...added
      .filter(({ family }) => !families.includes(family))
      .map((cidr) => ({
        rule: MIGRATION_UNSUPPORTED,
        message: `${formatCidr(cidr)} is of a family that the Services of the cluster do not have: a ServiceCIDR does not enable it`,
        help: 'add the second family with DualStackMigration first',
      })),
    ...added
      .filter(({ family, prefix }) => family === 'IPv6' && prefix < 64)
      .map((cidr) =>
        invalid(`${formatCidr(cidr)} is larger than a /64, which Kubernetes refuses`, 'give a /64 or less'),
      ),
    ...added.flatMap((cidr) =>
      current
        .filter((own) => cidrsOverlap(own, cidr))
        .map((own) => ({
          rule: MIGRATION_OVERLAPS_SOURCE,
          message: `${formatCidr(cidr)} overlaps the service range ${formatCidr(own)}, which the cluster has already`,
          help: 'give a range that adds addresses only: overlapping ranges are merged, so that the plan could not tell what is left',
        })),
    ),
    ...takenProblems(added, others),
  ];
}

function runbook(input: ServiceRangeInput, current: readonly Cidr[], added: readonly Cidr[]): Runbook {
  const { name, cluster } = input;
  const ranges = added.map(formatCidr).join(', ');
  const serviceCidr = {
    apiVersion: writtenApiVersion('ServiceCIDR', input.kubernetesVersion),
    kind: 'ServiceCIDR',
    metadata: { name },
    spec: { cidrs: added.map(formatCidr) },
  };
  return {
    title: `Service range of ${cluster}: ${current.map(formatCidr).join(', ')} and ${ranges}`,
    summary: ['Services keep their addresses. New ones get theirs from both ranges.'],
    coexistence: null,
    notes: [
      needsNote(),
      'The first range stays as long as the cluster lives: the kubernetes Service and the DNS have addresses of it.',
      'kube-controller-manager, DNS zones for reverse lookup, NO_PROXY, firewalls and BGP announcements do not learn of a ServiceCIDR by themselves.',
    ],
    stages: numbered([
      {
        id: 'prepare',
        title: `Let ${ranges} through`,
        purpose: 'Whatever names the service range has to name the new one before a Service has an address of it.',
        disruption: 'none',
        effects: [],
        files: [],
        steps: () => [
          check(
            'The API server knows ServiceCIDRs',
            'kubernetes, Ready, and no other of these ranges',
            'kubectl get servicecidrs',
          ),
          check(
            'On a node: the range is not routed elsewhere',
            'the default route, or none',
            ...added.map((cidr) => `ip route show match ${formatCidr(cidr)}`),
          ),
          namedStep({
            ranges: current,
            calicoApi: null,
            leaves: false,
            known:
              'ConfigMap kube-system/kubeadm-config, and kubelet-config with the address of the DNS: both stay as they are',
          }),
        ],
        undo: { kind: 'nothing-changed' },
      },
      {
        id: 'add-range',
        title: `Add ${ranges}`,
        purpose: 'The API server gives addresses of it at once.',
        disruption: 'none',
        effects: [FACTS.serviceRange],
        files: [{ path: 'servicecidr.yaml', documents: [serviceCidr] }],
        steps: (folder) => [
          apply('Apply the ServiceCIDR', `kubectl apply -f ${folder}/servicecidr.yaml`),
          check(
            'It is ready',
            'True',
            `kubectl get servicecidr ${name} -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}{"\\n"}'`,
          ),
        ],
        undo: () => [
          check(
            'No Service has an address of it',
            `no address of ${ranges}; else recreate these Services first`,
            'kubectl get ipaddresses -o custom-columns=IP:.metadata.name,NS:.spec.parentRef.namespace,SERVICE:.spec.parentRef.name',
          ),
          command(
            'Remove it. It stays until no address of it is in use, and gives none from now on',
            `kubectl delete servicecidr ${name}`,
          ),
        ],
      },
      {
        id: 'verify',
        title: 'A Service gets an address of it',
        purpose: 'kube-proxy and the network plugin have to know it on every node.',
        disruption: 'none',
        effects: [],
        files: [],
        steps: () => [
          check(
            'Addresses come from both ranges',
            `some of ${ranges} after a while`,
            'kubectl get ipaddresses --sort-by=.metadata.creationTimestamp',
          ),
          check('A Service with one of them answers, from every node', 'an answer', 'kubectl get services -A -o wide'),
        ],
        undo: { kind: 'nothing-changed' },
      },
    ]),
    cluster: serviceRangeCluster(input, current),
  };
}
