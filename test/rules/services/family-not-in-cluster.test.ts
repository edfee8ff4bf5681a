import { familyNotInCluster } from '../../../lib/rules/services/family-not-in-cluster';
import { testRule } from '../expectations';

testRule(familyNotInCluster, [
  {
    name: 'dual-stack on a cluster with one family',
    input: `
      - Service shop/a: { ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/c: { ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6], ports: [{ port: 80 }] }
      - Service shop/d: { clusterIP: None, selector: { app: web }, ipFamilies: [IPv6] }
    `,
    facts: { serviceCidrs: '10.96.0.0/16' },
    expected: [
      `
      error NL241 family-not-in-cluster
      on Service shop/a at spec.ipFamilyPolicy
      ipFamilyPolicy is RequireDualStack, and the service CIDR is 10.96.0.0/16
      help: use PreferDualStack, which takes a second address where the cluster has one
      `,
      `
      error NL241 family-not-in-cluster
      on Service shop/b at spec.ipFamilies.0
      the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16
      help: remove IPv6, or give the cluster a service CIDR of that family
      `,
      `
      error NL241 family-not-in-cluster
      on Service shop/c at spec.ipFamilies.1
      the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16
      help: remove IPv6, or give the cluster a service CIDR of that family
      `,
      `
      error NL241 family-not-in-cluster
      on Service shop/d at spec.ipFamilies.0
      the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16
      help: remove IPv6, or give the cluster a service CIDR of that family
      `,
    ],
  },
  {
    name: 'a further ServiceCIDR does not enable its family',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: 10.96.0.0/16 } }
      - ServiceCIDR more: { cidrs: [10.97.0.0/16, 'fd00:97::/112'] }
      - Service shop/a: { ipFamilies: [IPv6], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL241 family-not-in-cluster
      on Service shop/a at spec.ipFamilies.0
      the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16
      help: remove IPv6, or give the cluster a service CIDR of that family
      `,
      `
      warning NL241 family-not-in-cluster
      on ServiceCIDR more at spec.cidrs.1
      the ServiceCIDR has IPv6, and the API server was started with 10.96.0.0/16: Services get no IPv6 address
      help: add a range of IPv6 to service-cluster-ip-range of the API server
      `,
    ],
  },
  {
    name: 'silent: a ServiceCIDR of a family that the API server has',
    input: `
      - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/16, 'fd00:96::/112'] }
      - ServiceCIDR more: { cidrs: ['fd00:97::/112'] }
      - Service shop/a: { ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
  {
    name: 'silent: a range that the caller knows of',
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    input: `
      - ServiceCIDR more: { cidrs: ['fd00:97::/112'] }
    `,
    expected: [],
  },
  {
    name: 'silent: what the cluster has, and what does not insist',
    input: `
      - Service shop/a: { ipFamilyPolicy: PreferDualStack, ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilies: [IPv4], ports: [{ port: 80 }] }
      - Service shop/c: { clusterIP: None, ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6] }
      - Service shop/d: { type: ExternalName, externalName: db.example.com, ipFamilies: [IPv6] }
    `,
    facts: { serviceCidrs: '10.96.0.0/16' },
    expected: [],
  },
  {
    name: 'silent: a dual-stack cluster',
    input: `
      - Service shop/a: { ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4], ports: [{ port: 80 }] }
    `,
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    expected: [],
  },
]);
