import { ipPoolBlockSize } from '../../../lib/rules/pools/ip-pool-block-size';
import { testRule } from '../expectations';

testRule(ipPoolBlockSize, [
  {
    name: 'the block size that pools have unless they say another',
    input: `
      - IPPool a: { cidr: 10.48.0.0/27 }
      - IPPool b: { cidr: 'fd00:48::/123' }
      - IPPool c: { cidr: 10.49.0.0/27, blockSize: 0 }
    `,
    expected: [
      `
      error NL603 ip-pool-block-size
      on IPPool a at spec.blockSize
      10.48.0.0/27 is smaller than one block of /26
      help: use a blockSize from 27 to 32, or a larger pool
      `,
      `
      error NL603 ip-pool-block-size
      on IPPool b at spec.blockSize
      fd00:48::/123 is smaller than one block of /122
      help: use a blockSize from 123 to 128, or a larger pool
      `,
      `
      error NL603 ip-pool-block-size
      on IPPool c at spec.blockSize
      10.49.0.0/27 is smaller than one block of /26
      help: use a blockSize from 27 to 32, or a larger pool
      `,
    ],
  },
  {
    name: 'a block size of its own',
    input: `
      - IPPool a: { cidr: 10.48.0.0/25, blockSize: 24 }
    `,
    expected: [
      `
      error NL603 ip-pool-block-size
      on IPPool a at spec.blockSize
      10.48.0.0/25 is smaller than one block of /24
      help: use a blockSize from 25 to 32, or a larger pool
      `,
    ],
  },
  {
    name: 'silent: one block, and a disabled pool',
    input: `
      - IPPool a: { cidr: 10.48.0.0/26 }
      - IPPool b: { cidr: 10.49.0.0/28, blockSize: 28 }
      - IPPool c: { cidr: 10.50.0.0/28, disabled: true }
    `,
    expected: [],
  },
]);
