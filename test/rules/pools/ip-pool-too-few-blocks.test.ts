import { ipPoolTooFewBlocks } from '../../../lib/rules/pools/ip-pool-too-few-blocks';
import { testRule } from '../expectations';

testRule(ipPoolTooFewBlocks, [
  {
    name: 'one pool',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/26 }
      - IPPool six: { cidr: 'fd00::/64' }
      - IPPool off: { cidr: 10.49.0.0/16, disabled: true }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: {  }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: {  }, status: { addresses: [] } }
    `,
    expected: [
      `
      warning NL611 ip-pool-too-few-blocks
      on IPPool pods at spec.blockSize
      10.48.0.0/26 has one block of /26, and there are 2 nodes
      help: use a larger pool, add another one, or replace it by a pool of smaller blocks; blockSize cannot be changed in place
      `,
    ],
  },
  {
    name: 'two pools',
    input: `
      - IPPool a: { cidr: 10.48.0.0/26 }
      - IPPool b: { cidr: 10.49.0.0/26 }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: {  }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: {  }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, spec: {  }, status: { addresses: [] } }
    `,
    expected: [
      `
      warning NL611 ip-pool-too-few-blocks
      on IPPool a at spec.blockSize
      2 pools have 2 blocks in all, and there are 3 nodes
      help: use a larger pool, add another one, or replace it by a pool of smaller blocks; blockSize cannot be changed in place
      `,
    ],
  },
  {
    name: 'enough blocks in all, and too few for the nodes of one rack',
    input: `
      - IPPool a: { cidr: 10.48.0.0/26, nodeSelector: rack == 'a' }
      - IPPool b: { cidr: 10.49.0.0/16, nodeSelector: rack == 'b' }
      - Node a1: {}
        labels: { rack: a }
      - Node a2: {}
        labels: { rack: a, disk: ssd }
      - Node b1: {}
        labels: { rack: b }
    `,
    expected: [
      `
      warning NL611 ip-pool-too-few-blocks
      on IPPool a at spec.blockSize
      10.48.0.0/26 has one block of /26, and 2 nodes are selected by no other pool
      help: use a larger pool, add another one, or replace it by a pool of smaller blocks; blockSize cannot be changed in place
      `,
    ],
  },
  {
    name: 'silent: another pool may select them, or none does',
    input: `
      - IPPool a: { cidr: 10.48.0.0/26, nodeSelector: rack == 'a' }
      - IPPool b: { cidr: 10.49.0.0/16, nodeSelector: zone == 'a' }
      - IPPool asked: { cidr: 10.50.0.0/28, assignmentMode: Manual }
      - Node a1: {}
        labels: { rack: a }
      - Node a2: {}
        labels: { rack: a }
      - Node b1: {}
        labels: { rack: b }
      - Node b2: {}
        labels: { rack: c }
    `,
    expected: [],
  },
  {
    name: 'silent: a block for each node, and no nodes in the input',
    input: `
      - IPPool a: { cidr: 10.48.0.0/25 }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: {  }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: {  }, status: { addresses: [] } }
    `,
    expected: [],
  },
  {
    name: 'silent: no nodes in the input',
    input: `
      - IPPool a: { cidr: 10.48.0.0/28 }
    `,
    expected: [],
  },
]);
