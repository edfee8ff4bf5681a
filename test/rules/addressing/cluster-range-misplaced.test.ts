import { clusterRangeMisplaced } from '../../../lib/rules/addressing/cluster-range-misplaced';
import { testRule } from '../expectations';

testRule(clusterRangeMisplaced, [
  {
    name: 'pods in link-local space, Services in that of carriers, load balancers in docker0',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 169.254.0.0/16, serviceSubnet: 100.64.0.0/16 } }
      - IPAddressPool metallb-system/a: { addresses: [172.17.8.0/24] }
    `,
    expected: [
      `
      error NL131 cluster-range-misplaced
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      pod range 169.254.0.0/16 of ClusterConfiguration kubeadm-config overlaps 169.254.0.0/16 (Link Local, RFC 3927), which can never be used for it
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)
      `,
      `
      warning NL131 cluster-range-misplaced
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      service range 100.64.0.0/16 of ClusterConfiguration kubeadm-config overlaps 100.64.0.0/10 (Shared Address Space, RFC 6598), which others filter or use for its own purpose
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)
      `,
      `
      warning NL131 cluster-range-misplaced
      on IPAddressPool metallb-system/a at spec.addresses.0
      load balancer range 172.17.8.0/24 of IPAddressPool metallb-system/a overlaps 172.17.0.0/16, the default bridge of Docker (docker0)
      help: choose another range, or set "bip" in /etc/docker/daemon.json on every node and build host
      `,
    ],
  },
  {
    name: 'Services in the default pool of Calico',
    input: `
      - ServiceCIDR extra: { cidrs: [192.168.4.0/24, 'fec0::/112'] }
    `,
    expected: [
      `
      warning NL131 cluster-range-misplaced
      on ServiceCIDR extra at spec.cidrs.0
      service range 192.168.4.0/24 of ServiceCIDR extra overlaps 192.168.0.0/16, the default IP pool of Calico
      help: choose another range, or give the Calico IP pool explicitly
      `,
      `
      warning NL131 cluster-range-misplaced
      on ServiceCIDR extra at spec.cidrs.1
      service range fec0::/112 of ServiceCIDR extra overlaps fec0::/10 (Site-Local Unicast (deprecated), RFC 3879), which others filter or use for its own purpose
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)
      `,
    ],
  },
  {
    name: 'addresses of the internet and of the documentation for pods and Services, and the pod range of a node',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 172.160.0.0/16, serviceSubnet: '192.0.2.0/24' } }
      - Node a: { podCIDRs: [127.0.1.0/24] }
    `,
    expected: [
      `
      error NL131 cluster-range-misplaced
      on Node a at spec.podCIDRs.0
      pod range 127.0.1.0/24 of Node a overlaps 127.0.0.0/8 (Loopback, RFC 1122), which can never be used for it
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)
      `,
      `
      warning NL131 cluster-range-misplaced
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      pod range 172.160.0.0/16 of ClusterConfiguration kubeadm-config is public address space: hosts of the internet with these addresses cannot be reached
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), unless the range is your own
      `,
      `
      warning NL131 cluster-range-misplaced
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      service range 192.0.2.0/24 of ClusterConfiguration kubeadm-config overlaps 192.0.2.0/24 (Documentation (TEST-NET-1), RFC 5737), which others filter or use for its own purpose
      help: choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)
      `,
    ],
  },
  {
    name: 'silent: public addresses of load balancers, IPv6 of the internet, what Google owns, and ranges of nodes that nobody uses',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [8.8.8.0/28] }
      - ServiceCIDR extra: { cidrs: [34.118.224.0/20, '2600:1f00::/112'] }
      - IPPool pods: { cidr: 10.244.0.0/16 }
      - Node a: { podCIDRs: [8.8.0.0/24] }
    `,
    expected: [],
  },
  {
    name: 'silent: private space, documentation, what the caller says, and pools that Calico refuses',
    facts: { podCidrs: '100.64.0.0/16' },
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/26, '2001:db8::/120', 192.168.10.0/24] }
      - IPPool a: { cidr: 169.254.0.0/16 }
      - ServiceCIDR extra: { cidrs: [10.43.0.0/16, 'fd00:96::/112'] }
    `,
    expected: [],
  },
]);
