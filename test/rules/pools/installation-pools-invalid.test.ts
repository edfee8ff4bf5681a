import { installationPoolsInvalid } from '../../../lib/rules/pools/installation-pools-invalid';
import { testRule } from '../expectations';

testRule(installationPoolsInvalid, [
  {
    name: 'settings beside the pools',
    input: `
      - Installation default: { kubernetesProvider: Eks, cni: { type: Calico, ipam: { type: HostLocal } }, calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, encapsulation: VXLAN }, { cidr: 10.49.0.0/16, encapsulation: IPIP }] } }
      - Installation other: { kubernetesProvider: EKS, cni: { type: AmazonVPC }, calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, encapsulation: VXLAN }, { cidr: 10.49.0.0/16, encapsulation: None }] } }
    `,
    expected: [
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools.0.encapsulation
      encapsulation is VXLAN, which does not work with IPAM of type HostLocal
      help: write IPIP, IPIPCrossSubnet or None, or use IPAM of type Calico
      `,
      `
      error NL609 installation-pools-invalid
      on Installation other at spec.calicoNetwork.ipPools.0.encapsulation
      encapsulation is VXLAN, and the CNI plugin is AmazonVPC, which sends the packets itself
      help: write None
      `,
      `
      warning NL609 installation-pools-invalid
      on Installation other at metadata.name
      the Installation is called other, and the operator reads the one called default
      help: call it default
      `,
    ],
  },
  {
    name: 'names and ranges twice',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ name: a, cidr: 10.48.0.0/16 }, { name: a, cidr: 10.49.0.0/16 }, { name: c, cidr: 10.48.0.0/16 }] } }
    `,
    expected: [
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools.2.cidr
      cidr 10.48.0.0/16 is given for two pools
      help: list the range once
      see Installation default at spec.calicoNetwork.ipPools.0.cidr: first used here
      `,
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools.1.name
      name a is given for two pools
      help: give each pool a name of its own
      see Installation default at spec.calicoNetwork.ipPools.0.name: first used here
      `,
    ],
  },
  {
    name: 'silent, or said by NL646: words that are no plugin and no encapsulation',
    input: `
      - Installation default: { cni: { type: calico }, calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, encapsulation: VXLAN }] } }
      - Installation default: { cni: { type: AmazonVPC }, calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, encapsulation: vxlan }] } }
      - Installation default: { calicoNetwork: { ipPools: [{ name: a, cidr: 10.48.0.0/16 }, { cidr: 10.49.0.0/16 }, { cidr: 7 }] } }
      - Installation overlay: { calicoNetwork: { ipPools: [] } }
    `,
    expected: [],
  },
]);
