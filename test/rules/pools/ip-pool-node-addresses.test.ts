import { ipPoolNodeAddresses } from '../../../lib/rules/pools/ip-pool-node-addresses';
import { testRule } from '../expectations';

testRule(ipPoolNodeAddresses, [
  {
    name: 'blocks that are too small',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/16, blockSize: 30 }
    `,
    expected: [
      `
      warning NL649 ip-pool-node-addresses
      on IPPool pods at spec.blockSize
      a node may have 20 blocks of /30, which are 80 addresses, and run 110 pods
      help: use a pool of larger blocks (a smaller blockSize); it cannot be changed in place
      `,
    ],
  },
  {
    name: 'too few blocks',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/16 }
      - IPAMConfiguration default: { strictAffinity: true, maxBlocksPerHost: 1 }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, maxPods: 100 }
    `,
    expected: [
      `
      warning NL649 ip-pool-node-addresses
      on IPAMConfiguration default at spec.maxBlocksPerHost
      a node may have 1 blocks of /26, which are 64 addresses, and run 100 pods
      help: raise maxBlocksPerHost, or use a pool of larger blocks
      see IPPool pods at spec.blockSize: the largest blocks
      see KubeletConfiguration kubelet-config at maxPods: the pods of a node
      `,
    ],
  },
  {
    name: 'silent: enough addresses, or another pool of larger blocks',
    input: `
      - IPPool small: { cidr: 10.48.0.0/16, blockSize: 32 }
      - IPPool large: { cidr: 10.49.0.0/16, blockSize: 29 }
      - IPPool lb: { cidr: 10.50.0.0/16, blockSize: 32, allowedUses: [LoadBalancer] }
      - IPPool six: { cidr: 'fd00::/64' }
    `,
    expected: [],
  },
]);
