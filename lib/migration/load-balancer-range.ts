import { type Cidr, cidrsOverlap, formatCidr } from '../address';
import type { RuledProblem } from '../finding/problem';
import { writtenApiVersion } from '../plan';
import { applyPools, deletePool, patchPool, showPools } from './calico-steps';
import { FACTS } from './component-facts';
import { needsNote } from './look-steps';
import type { LoadBalancer, LoadBalancerRangeInput } from './load-balancer-range-spec';
import { loadBalancerCluster } from './rehearsal/initial';
import { invalid, isError, type Planned, readCidrs, takenProblems } from './problem';
import { MIGRATION_OVERLAPS_SOURCE, MIGRATION_TOO_SMALL } from './rules';
import { apply, check, command, type Manifest, numbered, type Runbook } from './runbook';

/** Other addresses for Services of type LoadBalancer: both pools exist until nobody uses the old addresses. */
export function planLoadBalancerRangeChange(input: LoadBalancerRangeInput): Planned<Runbook> {
  const from = readCidrs('from.cidrs', input.from.cidrs);
  const to = readCidrs('to.cidrs', input.to.cidrs);
  const problems = [...from.problems, ...to.problems, ...rangeProblems(input, from.value, to.value)];
  if (problems.some(isError)) return { value: null, problems };
  return { value: runbook(input, from.value, to.value), problems };
}

function rangeProblems(input: LoadBalancerRangeInput, from: readonly Cidr[], to: readonly Cidr[]): RuledProblem[] {
  const size = to.reduce((sum, cidr) => sum + 2 ** ((cidr.family === 'IPv4' ? 32 : 128) - cidr.prefix), 0);
  return [
    ...[input.from, input.to]
      .filter(({ cidrs }) => cidrs.length === 0)
      .map(({ pool }) => invalid(`the pool ${pool} has no range`, 'give its cidrs')),
    ...[input.from.pool, input.to.pool, input.namespace]
      .filter((name) => !/^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/.test(name))
      .map((name) =>
        invalid(`${JSON.stringify(name)} is no name of an object`, 'use lower-case letters, digits, "-" and "."'),
      ),
    ...(input.from.pool === input.to.pool
      ? [
          invalid(
            `both pools are called ${input.to.pool}, and have to exist at the same time`,
            'give the new pool another name: an edited one would take the addresses away at once',
          ),
        ]
      : []),
    ...to.flatMap((cidr) =>
      from
        .filter((old) => cidrsOverlap(old, cidr))
        .map((old) => ({
          rule: MIGRATION_OVERLAPS_SOURCE,
          message: `${formatCidr(cidr)} overlaps ${formatCidr(old)}, and pools that exist at the same time may not`,
          help: 'give a range without the addresses of the old one',
        })),
    ),
    ...takenProblems(to, input.others),
    ...(input.services !== undefined && to.length > 0 && size < input.services
      ? [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `${to.map(formatCidr).join(', ')} has ${size} addresses, and ${input.services} Services need one`,
            help: 'give a larger range',
          },
        ]
      : []),
  ];
}

const RESOURCES: Record<LoadBalancer, string> = {
  metallb: 'ipaddresspools.metallb.io',
  cilium: 'ciliumloadbalancerippools.cilium.io',
  calico: 'ippools.projectcalico.org',
};

function runbook(input: LoadBalancerRangeInput, from: readonly Cidr[], to: readonly Cidr[]): Runbook {
  const { cluster, loadBalancer } = input;
  const resource = RESOURCES[loadBalancer];
  const scope = loadBalancer === 'metallb' ? `-n ${input.namespace} ` : '';
  const old = from.map(formatCidr).join(', ');
  const fresh = to.map(formatCidr).join(', ');
  const isCalico = loadBalancer === 'calico';
  const applied = (file: string): string => (isCalico ? applyPools(input.calicoApi, file) : `kubectl apply -f ${file}`);
  const deleted = (pool: string, cidrs: readonly Cidr[]): string[] =>
    isCalico
      ? names(pool, cidrs).map((name) => deletePool(input.calicoApi, name))
      : [`kubectl ${scope}delete ${resource} ${names(pool, cidrs).join(' ')}`];
  const names = (name: string, cidrs: readonly Cidr[]): string[] =>
    pools(input, name, cidrs, false).map(({ metadata }) => (metadata as { name: string }).name);
  /** Only that field: an apply would replace the ranges of the pool, and take addresses that the runbook does not know from their Services. */
  const switched = (pool: string, cidrs: readonly Cidr[], disabled: boolean): string[] =>
    names(pool, cidrs).map((name) =>
      isCalico
        ? patchPool(input.calicoApi, name, { disabled })
        : `kubectl ${scope}patch ${resource} ${name} --type=merge --patch='${JSON.stringify({ spec: loadBalancer === 'metallb' ? { autoAssign: !disabled } : { disabled } })}'`,
    );
  const shown = isCalico ? showPools(input.calicoApi, POOL_COLUMNS) : `kubectl ${scope}get ${resource} -o yaml`;
  const stages = numbered([
    {
      id: 'add-pool',
      title: `Add ${fresh}`,
      purpose: 'Services keep their addresses.',
      disruption: 'none',
      effects: [FACTS.loadBalancerPool],
      files: [{ path: 'pool.yaml', documents: [...pools(input, input.to.pool, to, false)] }],
      steps: (folder) => [
        check(
          'The old pool is the one that this runbook was made for',
          `${names(input.from.pool, from).join(', ')}: ${old}, and no other range. The pool goes as a whole in the end, and with it the addresses of every Service that has one of it`,
          shown,
        ),
        apply('Apply the new pool', applied(`${folder}/pool.yaml`)),
        check('It is there', `${input.to.pool}, without a conflict`, shown),
        check(
          'It is announced',
          loadBalancer === 'metallb'
            ? `an L2Advertisement or BGPAdvertisement that names ${input.to.pool}, or one that names no pool`
            : 'a BGP or L2 announcement that has the new range',
          loadBalancer === 'metallb'
            ? `kubectl ${scope}get l2advertisements -o yaml; kubectl ${scope}get bgpadvertisements -o yaml`
            : loadBalancer === 'cilium'
              ? 'kubectl get ciliuml2announcementpolicies -o yaml; kubectl get ciliumbgpadvertisements -o yaml'
              : input.calicoApi === 'calicoctl'
                ? 'calicoctl get bgpconfiguration default -o yaml'
                : 'kubectl get bgpconfigurations.projectcalico.org default -o yaml',
        ),
      ],
      undo: () => [
        check(
          'No Service has an address of it',
          '"nothing that was read has" each of the new ranges; a Service that has one keeps its way only with the pool',
          ...servicesOf(to),
        ),
        command('Remove it', ...deleted(input.to.pool, to)),
      ],
    },
    {
      id: 'disable-pool',
      title: `No new Service gets an address of ${old}`,
      purpose: 'Services that have one keep it.',
      disruption: 'none',
      effects: [FACTS.loadBalancerPool],
      files: [],
      steps: () => [
        command('Let the old pool give no more addresses', ...switched(input.from.pool, from, true)),
        check('The addresses are as before', 'the same addresses', 'kubectl get services -A | grep LoadBalancer'),
      ],
      undo: () => [command('Let it give addresses again', ...switched(input.from.pool, from, false))],
    },
    {
      id: 'move-services',
      title: 'Services get a second address, and clients follow',
      purpose:
        'A Service has one address of a family, and its clients have to learn the new one. So each gets a twin, and the twin gets the name in the DNS.',
      disruption: 'address-change',
      effects: [FACTS.newAddresses],
      files: [],
      steps: () => [
        check('The Services to move', `those with an address of ${old}`, 'kubectl get services -A | grep LoadBalancer'),
        command(
          'For each of them: a twin with the same selector and ports, another name and an address of the new pool',
          `kubectl -n NAMESPACE get service NAME -o json | jq '{apiVersion, kind, metadata: {name: (.metadata.name + "-new"), namespace: .metadata.namespace, labels: .metadata.labels}, spec: (.spec | del(.clusterIP, .clusterIPs, .loadBalancerIP, .externalIPs, .healthCheckNodePort) | .ports |= map(del(.nodePort)))}' | kubectl create -f -`,
        ),
        check(
          'Each twin has an address and answers on it',
          `an address of ${fresh}`,
          'kubectl get services -A | grep LoadBalancer',
        ),
        command('Give the names in the DNS, and whatever names an address, the address of the twin'),
        check(
          'On every node: what still comes to the old addresses',
          `no connection on any node, day and night, at least until the time to live of the old records is over. No command shows clients that are silent now: ask those who have allow lists${loadBalancer === 'cilium' ? '. Where Cilium replaces kube-proxy, cilium-dbg bpf ct list global shows the connections in place of conntrack' : ''}`,
          ...from.map((cidr) => `sudo conntrack -L --orig-dst ${formatCidr(cidr)}`),
        ),
      ],
      undo: () => [command('Give the names their old addresses again, and delete the twins')],
    },
    {
      id: 'remove-pool',
      title: `Remove ${old}`,
      purpose: 'A pool that is removed takes the addresses of Services away, so it goes last.',
      disruption: 'address-change',
      effects: [FACTS.newAddresses],
      files: [],
      steps: () => [
        command(
          'Delete the Services whose twin has taken over, or make them ClusterIP',
          `kubectl -n NAMESPACE patch service NAME --type=merge --patch='{"spec":{"type":"ClusterIP"}}'`,
        ),
        check(
          'No Service has an old address',
          '"nothing that was read has" each of the old ranges',
          ...servicesOf(from),
        ),
        command('Remove the old pool', ...deleted(input.from.pool, from)),
      ],
      undo: { kind: 'irreversible', because: `from here on others may use ${old}` },
    },
  ]);
  return {
    title: `Load balancer range of ${cluster}: ${old} → ${fresh}`,
    summary: ['Two addresses for every Service, for as long as its clients need.'],
    coexistence: {
      ranges: [...from, ...to].map(formatCidr),
      from: stages[0].folder,
      until: stages[stages.length - 1].folder,
      duration: 'until the last client uses a new address; at least the time to live of the DNS records',
    },
    notes: [
      needsNote(...(loadBalancer === 'calico' && input.calicoApi === 'calicoctl' ? ['calicoctl'] : [])),
      'Lower the time to live of the DNS records a day before.',
      'Editing the range of a pool in place takes the addresses away from the Services at once, and gives them others.',
      'A Service that is written in manifests needs its twin there as well: Argo CD and other tools that prune delete a copy that has its labels and is not in its manifests.',
      'A twin has no annotations of its Service: add those that it needs, such as the one by which several Services share an address.',
    ],
    stages,
    cluster: loadBalancerCluster(input, [{ name: input.from.pool, cidrs: from.map(formatCidr), disabled: false }]),
  };
}

/** Services that have addresses of the ranges. */
function servicesOf(ranges: readonly Cidr[]): string[] {
  return [
    'kubectl get services -A -o yaml > services.yaml',
    ...ranges.map((range) => `test -s services.yaml && netloom whois ${formatCidr(range)} services.yaml`),
  ];
}

const POOL_COLUMNS = 'NAME:.metadata.name,CIDR:.spec.cidr,DISABLED:.spec.disabled,USES:.spec.allowedUses';

/** Calico has one range in a pool. */
function pools(
  { loadBalancer, namespace, ciliumVersion }: LoadBalancerRangeInput,
  name: string,
  cidrs: readonly Cidr[],
  disabled: boolean,
): Manifest[] {
  const texts = cidrs.map(formatCidr);
  switch (loadBalancer) {
    case 'metallb':
      return [
        {
          apiVersion: 'metallb.io/v1beta1',
          kind: 'IPAddressPool',
          metadata: { name, namespace },
          spec: { addresses: texts, autoAssign: !disabled },
        },
      ];
    case 'cilium':
      return [
        {
          apiVersion: writtenApiVersion('CiliumLoadBalancerIPPool', ciliumVersion),
          kind: 'CiliumLoadBalancerIPPool',
          metadata: { name },
          spec: { blocks: texts.map((cidr) => ({ cidr })), disabled },
        },
      ];
    case 'calico':
      return texts.map((cidr, index) => ({
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPPool',
        metadata: { name: texts.length === 1 ? name : `${name}-${index + 1}` },
        spec: { cidr, allowedUses: ['LoadBalancer'], disabled },
      }));
  }
}
