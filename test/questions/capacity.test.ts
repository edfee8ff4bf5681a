import { parseCidr } from '../../lib/address';
import {
  capacity,
  type CapacityQuestion,
  type ClusterCapacity,
  type Resource,
  type Scenario,
} from '../../lib/questions';
import { sourcesOf, type Given } from './sources';

const QUESTION: CapacityQuestion = { addNodes: 1, loseZone: null, zones: null, surge: 100 };

function only(given: Given, question: Partial<CapacityQuestion> = {}): ClusterCapacity {
  const clusters = capacity(sourcesOf(given), { ...QUESTION, ...question });
  expect(clusters).toHaveLength(1);
  return clusters[0];
}

/** `[used, planned, limit, left, factor]` */
function numbers({ resources }: Scenario, resource: Resource): unknown[] {
  const found = resources.find((own) => own.resource === resource);
  return [found?.used, found?.planned, found?.limit, found?.left, found?.factor];
}

function scenario({ scenarios }: ClusterCapacity, name: string): Scenario {
  const found = scenarios.find((own) => own.name === name);
  if (found === undefined) throw new Error(`${name} is none of ${scenarios.map((own) => own.name).join(', ')}`);
  return found;
}

function deployment(name: string, replicas: number, rest = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  ${rest}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: a, image: a}]}}
`;
}

function node(name: string, zone: string, cidr = ''): string {
  return `apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {topology.kubernetes.io/zone: ${zone}}}
spec: {${cidr === '' ? '' : `podCIDR: ${cidr}`}}
`;
}

const DAEMON_SET = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec: {template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: a, image: a}]}}}
`;

const manifests = (...documents: string[]): Given['manifests'] => ({ '': documents.join('---\n') });

test('a plan without manifests', () => {
  const { now, podsPerNode } = only({
    fleet: { supernets: ['10.0.0.0/8'], clusters: { a: { nodes: 10, services: 100, loadBalancers: 3, headroom: 2 } } },
  });
  expect(podsPerNode).toBe(110);
  expect(numbers(now, 'nodes')).toEqual([null, 20, 32, 12, 1.6]);
  expect(numbers(now, 'pods')).toEqual([null, 2200, 3520, 1320, 1.6]);
  expect(numbers(now, 'services')).toEqual([null, 202, 254, 52, 1.25]);
  expect(numbers(now, 'nodePorts')).toEqual([null, null, 2768, 2768, null]);
  expect(numbers(now, 'loadBalancers')).toEqual([null, 6, 8, 2, 1.33]);
  expect(now.firstLimit).toEqual({
    resource: 'services',
    factor: 1.25,
    because: expect.stringContaining('10.') as string,
  });
});

test('manifests against the ranges of their cluster', () => {
  const services = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}, {port: 443}]}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None}
---
apiVersion: v1
kind: Service
metadata: {name: lean}
spec: {type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere}
spec: {type: ExternalName, externalName: example.com}
`;
  const facts = { serviceCidrs: [parseCidr('10.96.0.0/28')], podCidrs: [parseCidr('10.244.0.0/23')] };
  const { now } = only({ manifests: manifests(services, deployment('web', 150)), facts });
  expect(numbers(now, 'services')).toEqual([4, null, 14, 10, 3.5]);
  expect(numbers(now, 'nodePorts')).toEqual([3, null, 2768, 2765, 922.66]);
  expect(numbers(now, 'loadBalancers')).toEqual([2, null, null, null, null]);
  expect(numbers(now, 'pods')).toEqual([150, null, 220, 70, 1.46]);
  // Two nodes are the fewest that hold the pods.
  expect(now.firstLimit).toMatchObject({ resource: 'nodes', factor: 1 });
});

test.each<[string, string, number, number]>([
  // blockSize 26: 111 addresses of a node are two blocks.
  ['cidr: 10.244.0.0/16', '', 512, 110],
  ['cidr: 10.244.0.0/16, blockSize: 24', '', 256, 110],
  // Twenty blocks of one address each.
  ['cidr: 10.244.0.0/24, blockSize: 32', '', 12, 20],
  ['cidr: 10.244.0.0/21', '{maxBlocksPerHost: 1, strictAffinity: true}', 32, 64],
])('blocks of Calico: {%s} with %s', (pool, ipam, nodes, perNode) => {
  const objects = [
    `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: default}\nspec: {${pool}}\n`,
    ...(ipam === ''
      ? []
      : [`apiVersion: projectcalico.org/v3\nkind: IPAMConfiguration\nmetadata: {name: default}\nspec: ${ipam}\n`]),
  ];
  const { now, podsPerNode } = only({ manifests: manifests(...objects) });
  expect(numbers(now, 'nodes')[2]).toBe(nodes);
  expect(podsPerNode).toBe(perNode);
});

test.each([
  ['the nodes', node('n1', 'a', '10.244.0.0/26'), 1024],
  [
    'kubeadm v1beta4',
    'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\ncontrollerManager: {extraArgs: [{name: node-cidr-mask-size-ipv4, value: "25"}]}\n',
    512,
  ],
  [
    'kubeadm v1beta3',
    'apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\ncontrollerManager: {extraArgs: {node-cidr-mask-size: "22"}}\n',
    64,
  ],
  ['nothing but the default', deployment('web', 1), 256],
])('the node mask of %s', (_source, manifest, nodes) => {
  const { now } = only({
    manifests: manifests(manifest, deployment('other', 1)),
    facts: { podCidrs: [parseCidr('10.244.0.0/16')] },
  });
  expect(numbers(now, 'nodes')[2]).toBe(nodes);
});

describe('scenarios', () => {
  const nodes = [node('n1', 'a'), node('n2', 'a'), node('n3', 'b')];
  const given: Given = {
    manifests: manifests(
      ...nodes,
      DAEMON_SET,
      deployment('web', 200),
      deployment('api', 10, 'strategy: {type: Recreate}'),
    ),
    facts: { podCidrs: [parseCidr('10.244.0.0/16')], serviceCidrs: [parseCidr('10.96.0.0/16')] },
  };

  test.each([
    ['now', 3, 213, true],
    ['1 more node', 4, 214, true],
    ['without zone a', 1, 211, false],
    ['every Deployment updated at once', 3, 263, true],
    ['a release in parallel (100 % more)', 3, 423, false],
  ])('%s: %d nodes, %d pods, fits: %s', (name, nodeCount, pods, fits) => {
    const found = only(given);
    const own = name === 'now' ? found.now : scenario(found, name);
    expect(own.room).toEqual({ nodes: nodeCount, pods, holds: nodeCount * 110 });
    expect(own.fits).toBe(fits);
  });

  test('with numbers of one’s own', () => {
    const found = only(given, { addNodes: 5, loseZone: 'b', surge: 50 });
    expect(scenario(found, '5 more nodes').room).toEqual({ nodes: 8, pods: 218, holds: 880 });
    expect(scenario(found, 'without zone b').room).toEqual({ nodes: 2, pods: 212, holds: 220 });
    expect(scenario(found, 'a release in parallel (50 % more)').room?.pods).toBe(318);
  });

  test('zones that nobody labelled', () => {
    const fleet = { supernets: ['10.0.0.0/8'], clusters: { a: { nodes: 10 } } };
    expect(only({ fleet }).scenarios.map(({ name }) => name)).not.toContain('without zone 1 of 3');
    expect(scenario(only({ fleet }, { zones: 3 }), 'without zone 1 of 3').room).toEqual({
      nodes: 6,
      pods: 1100,
      holds: 660,
    });
  });
});

test('pods that others make, and pods in the network of their node, do not count', () => {
  const owned = `apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {replicas: 7, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}}
`;
  const host =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: host}\nspec: {hostNetwork: true, containers: [{name: a, image: a}]}\n';
  expect(numbers(only({ manifests: manifests(deployment('web', 7), owned, host) }).now, 'pods')[0]).toBe(7);
});
