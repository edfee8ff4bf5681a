import { type JsonRecord, networkModel } from '../../../lib/model';
import { type NetworkRule, runRules } from '../../../lib/rules';
import { ipPoolTooFewBlocks } from '../../../lib/rules/pools/ip-pool-too-few-blocks';
import { nodesWithoutIpPool } from '../../../lib/rules/pools/nodes-without-ip-pool';
import { testRule } from '../expectations';

testRule(nodesWithoutIpPool, [
  {
    name: 'a node in a rack without a pool',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack == 'a' }
      - IPPool b: { cidr: 10.48.16.0/20, nodeSelector: rack == 'b' }
      - Node one: {}
        labels: { rack: a }
      - Node two: {}
        labels: { rack: c }
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on Node two at metadata.labels
      no IPPool selects the node two: pods there get no IPv4 address
      help: give each node a label that a nodeSelector asks for, let one select more nodes, or add a pool for these
      see IPPool a at spec.nodeSelector: selects rack == 'a'
      see IPPool b at spec.nodeSelector: selects rack == 'b'
      `,
    ],
  },
  {
    name: 'many nodes are one finding, and each family has its pools',
    input: `
      - IPPool four: { cidr: 10.48.0.0/20 }
      - IPPool six: { cidr: 'fd00:48::/64', nodeSelector: has(six) }
      - IPPool balancers: { cidr: 'fd00:50::/64', allowedUses: [LoadBalancer] }
      - IPPool asked: { cidr: 'fd00:51::/64', assignmentMode: Manual }
      - Node a: {}
      - Node b: {}
        labels: { six: 'true' }
      - Node c: {}
      - Node d: {}
      - Node e: {}
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on Node a at metadata.labels
      no IPPool selects the nodes a, c, d and 1 more: pods there get no IPv6 address
      help: give each node a label that a nodeSelector asks for, let one select more nodes, or add a pool for these
      see IPPool six at spec.nodeSelector: selects has(six)
      `,
    ],
  },
  {
    name: 'pools of an Installation, one of which is disabled',
    input: `
      - Installation default:
          calicoNetwork:
            ipPools:
              - { cidr: 10.48.0.0/20, encapsulation: None, nodeSelector: "!has(edge)" }
              - { cidr: 10.49.0.0/20, encapsulation: None, nodeSelector: has(edge), disableNewAllocations: true }
      - Node a: {}
        labels: { edge: '' }
      - Node b: {}
        labels: { edge: '' }
      - Node c: {}
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on Node a at metadata.labels
      no IPPool selects the nodes a, b: pods there get no IPv4 address
      help: give each node a label that a nodeSelector asks for, let one select more nodes, or add a pool for these
      see Installation default at spec.calicoNetwork.ipPools.0.nodeSelector: selects !has(edge)
      `,
    ],
  },
  {
    name: 'all pools for pods are disabled',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, disabled: true }
      - IPPool b: { cidr: 10.49.0.0/20, disabled: true }
      - IPPool balancers: { cidr: 192.0.2.0/24, allowedUses: [LoadBalancer] }
      - Node a: {}
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on IPPool a at spec.disabled
      each of the 2 IPPools for pods is disabled: no new pod gets an address
      help: enable a pool, or add one in its place
      see IPPool b at spec.disabled: disabled too
      `,
    ],
  },
  {
    name: 'the only pool is disabled',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/20, disableNewAllocations: true }] } }
      - Node a: {}
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on Installation default at spec.calicoNetwork.ipPools.0.disableNewAllocations
      the only IPPool for pods is disabled: no new pod gets an address
      help: enable a pool, or add one in its place
      `,
    ],
  },
  {
    name: 'tunnels have no pool, since the one for them has another encapsulation',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, vxlanMode: Always, allowedUses: [Workload] }
      - IPPool b: { cidr: 10.48.16.0/20, vxlanMode: CrossSubnet, allowedUses: [Workload] }
      - IPPool tunnels: { cidr: 10.49.0.0/24, allowedUses: [Tunnel] }
      - Node a: {}
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on IPPool a at spec.allowedUses
      no IPPool with VXLAN gives an address to the tunnel of the node a: Tunnel is not among the allowedUses
      help: add Tunnel to allowedUses, or add a pool with VXLAN that allows it and selects these nodes
      see IPPool b at spec.allowedUses: the same here
      see IPPool tunnels at spec: allows tunnels, and does not have VXLAN
      `,
    ],
  },
  {
    name: 'the pool for tunnels selects other nodes, and the operator uses IP-in-IP where nothing is said',
    input: `
      - Installation default:
          calicoNetwork:
            ipPools:
              - { cidr: 10.48.0.0/20, allowedUses: [Workload] }
              - { cidr: 10.49.0.0/24, allowedUses: [Tunnel], nodeSelector: rack == 'a' }
      - Node a: {}
        labels: { rack: a }
      - Node b: {}
        labels: { rack: b }
    `,
    expected: [
      `
      warning NL613 nodes-without-ip-pool
      on Installation default at spec.calicoNetwork.ipPools.0.allowedUses
      no IPPool with IPIP gives an address to the tunnel of the node b: Tunnel is not among the allowedUses
      help: add Tunnel to allowedUses, or add a pool with IPIP that allows it and selects these nodes
      `,
    ],
  },
  {
    name: 'silent: no nodes in the input',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack == 'a' }
      - IPPool off: { cidr: 10.49.0.0/20, disabled: true }
      - IPPool b: { cidr: 10.50.0.0/20, vxlanMode: Always, allowedUses: [Workload] }
    `,
    expected: [],
  },
  {
    name: 'silent: each node is selected, and its tunnels have a pool',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: "rack in {'a', 'b'}", ipipMode: Always, allowedUses: [Workload] }
      - IPPool b: { cidr: 10.49.0.0/20, nodeSelector: "rack not in {'a', 'b'}", ipipMode: Never }
      - IPPool tunnels: { cidr: 10.50.0.0/24, nodeSelector: has(rack), ipipMode: CrossSubnet, allowedUses: [Tunnel] }
      - Node one: {}
        labels: { rack: a }
      - Node two: {}
    `,
    expected: [],
  },
  {
    name: 'silent: labels that no node shows, those of the kubelet, and selectors that cannot be read',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: topology.kubernetes.io/zone == 'a', vxlanMode: Always, allowedUses: [Workload] }
      - IPPool b: { cidr: 'fd00:48::/64', nodeSelector: kubernetes.io/hostname == 'two' }
      - IPPool c: { cidr: 'fd00:49::/64', nodeSelector: kubernetes.io/hostname == 'one' }
      - Node one: {}
        labels: { kubernetes.io/hostname: one }
      - Node two: {}
    `,
    expected: [],
  },
  {
    name: 'silent: a selector that cannot be read',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack = 'a' }
      - Node one: {}
        labels: { rack: b }
    `,
    expected: [],
  },
  {
    name: 'silent: calico-node makes a pool where it finds none',
    input: `
      - DaemonSet kube-system/calico-node: {}
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack == 'a' }
      - Node one: {}
        labels: { rack: b }
    `,
    expected: [],
  },
  {
    name: 'silent: so does the operator',
    input: `
      - Installation default: { calicoNetwork: { bgp: Enabled } }
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack == 'a' }
      - Node one: {}
        labels: { rack: b }
    `,
    expected: [],
  },
  {
    name: 'silent: addresses are given by something else',
    input: `
      - Installation default:
          cni: { type: Calico, ipam: { type: HostLocal } }
          calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/20, nodeSelector: rack == 'a', encapsulation: None }] }
      - Node one: {}
        labels: { rack: b }
    `,
    expected: [],
  },
  {
    name: 'silent: a pool whose range is not known may be that of the node',
    input: `
      - IPPool a: { cidr: 10.48.0.0/20, nodeSelector: rack == 'a' }
      - IPPool b: { cidr: '\${POD_CIDR}', nodeSelector: rack == 'b' }
      - Node one: {}
        labels: { rack: b }
    `,
    expected: [],
  },
]);

/** Labels that are looked up for as many pools as racks, with a node in each. */
function lookUps(rule: NetworkRule, racks: number, selectorOf: (rack: number) => string): number {
  const objects: readonly JsonRecord[] = Array.from({ length: racks }, (_, rack) => [
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: `p${rack}` },
      spec: { cidr: `10.${Math.floor(rack / 256)}.${rack % 256}.0/26`, nodeSelector: selectorOf(rack) },
    },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: `n${rack}`, labels: { rack: `r${rack}`, zone: 'a' } } },
  ]).flat();
  const model = networkModel(
    objects.map((manifest) => ({
      manifest,
      locate: () => ({ file: null, line: null, column: null, construct: null }),
    })),
    {},
  );
  const get = jest.spyOn(Map.prototype, 'get');
  try {
    expect(runRules([rule], model).findings).toEqual([]);
    return get.mock.calls.length;
  } finally {
    get.mockRestore();
  }
}

test.each([
  ['a rack', (rack: number) => `rack == 'r${rack}'`],
  ['a rack and more', (rack: number) => `has(zone) && rack in {'r${rack}', 'none'} && !has(edge)`],
  ['one of two racks', (rack: number) => `rack == 'r${rack}' || rack == 'r${rack + 1}'`],
  ['what is not told', (rack: number) => `!has(edge) && rack != 'r${rack}'`],
  ['all nodes', () => 'all()'],
])('pools that select %s are asked in linear time', (_, selectorOf) => {
  for (const rule of [nodesWithoutIpPool, ipPoolTooFewBlocks]) {
    expect(lookUps(rule, 400, selectorOf)).toBeLessThan(2.5 * lookUps(rule, 200, selectorOf));
  }
});

test('pools that select all nodes but those of a rack are asked in linear time', () => {
  const selectorOf = (rack: number): string => `rack != 'r${rack}'`;
  expect(lookUps(nodesWithoutIpPool, 400, selectorOf)).toBeLessThan(2.5 * lookUps(nodesWithoutIpPool, 200, selectorOf));
});
