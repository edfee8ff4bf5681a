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
      cidr 10.48.0.0/16 stands at two pools
      help: list the range once
      see Installation default at spec.calicoNetwork.ipPools.0.cidr: first used here
      `,
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools.1.name
      name a stands at two pools
      help: give each pool a name of its own
      see Installation default at spec.calicoNetwork.ipPools.0.name: first used here
      `,
    ],
  },
  {
    name: 'more than 25',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ cidr: 10.0.0.0/16 }, { cidr: 10.1.0.0/16 }, { cidr: 10.2.0.0/16 }, { cidr: 10.3.0.0/16 }, { cidr: 10.4.0.0/16 }, { cidr: 10.5.0.0/16 }, { cidr: 10.6.0.0/16 }, { cidr: 10.7.0.0/16 }, { cidr: 10.8.0.0/16 }, { cidr: 10.9.0.0/16 }, { cidr: 10.10.0.0/16 }, { cidr: 10.11.0.0/16 }, { cidr: 10.12.0.0/16 }, { cidr: 10.13.0.0/16 }, { cidr: 10.14.0.0/16 }, { cidr: 10.15.0.0/16 }, { cidr: 10.16.0.0/16 }, { cidr: 10.17.0.0/16 }, { cidr: 10.18.0.0/16 }, { cidr: 10.19.0.0/16 }, { cidr: 10.20.0.0/16 }, { cidr: 10.21.0.0/16 }, { cidr: 10.22.0.0/16 }, { cidr: 10.23.0.0/16 }, { cidr: 10.24.0.0/16 }, { cidr: 10.25.0.0/16 }] } }
    `,
    expected: [
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools
      26 pools are listed, and the operator takes 25
      help: make the others as IPPool objects (projectcalico.org/v3)
      `,
    ],
  },
  {
    name: 'natOutgoing as an IPPool has it',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, natOutgoing: false }, { cidr: 10.49.0.0/16, natOutgoing: Disabled }] } }
    `,
    expected: [
      `
      error NL609 installation-pools-invalid
      on Installation default at spec.calicoNetwork.ipPools.0.natOutgoing
      natOutgoing is false, and must be Enabled or Disabled
      help: write Disabled: an IPPool has true or false, an Installation has words
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ name: a, cidr: 10.48.0.0/16 }, { cidr: 10.49.0.0/16 }, { cidr: 7 }] } }
      - Installation overlay: { calicoNetwork: { ipPools: [] } }
    `,
    expected: [],
  },
]);
