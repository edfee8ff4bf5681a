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
