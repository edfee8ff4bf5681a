import { serviceFieldIgnored } from '../../../lib/rules/services/service-field-ignored';
import { testRule } from '../expectations';

testRule(serviceFieldIgnored, [
  {
    name: 'an alias without its type, and an address without its type',
    input: `
      - Service shop/a: { externalName: db.example.com, ports: [{ port: 80 }] }
      - Service shop/b: { type: NodePort, loadBalancerIP: 192.0.2.1, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL260 service-field-ignored
      on Service shop/a at spec.externalName
      externalName "db.example.com" is set, and the type of the Service is ClusterIP
      help: set type: ExternalName, or remove externalName: without that type the Service is no alias
      `,
      `
      warning NL260 service-field-ignored
      on Service shop/b at spec.loadBalancerIP
      loadBalancerIP "192.0.2.1" is set, and the type of the Service is NodePort
      help: set type: LoadBalancer, or remove loadBalancerIP: nothing gives the Service this address
      `,
    ],
  },
  {
    name: 'an alias with a selector and with a node port',
    input: `
      - Service shop/a: { type: ExternalName, externalName: db.example.com, selector: { app: db }, ports: [{ port: 80, nodePort: 30080 }] }
    `,
    expected: [
      `
      warning NL260 service-field-ignored
      on Service shop/a at spec.selector
      an ExternalName Service has a selector, which selects nothing
      help: remove the selector, or the type: an alias in DNS leads to no pods
      `,
      `
      warning NL260 service-field-ignored
      on Service shop/a at spec.ports.0.nodePort
      nodePort 30080 is set, and no node listens for an ExternalName Service
      help: remove nodePort
      `,
    ],
  },
  {
    name: 'silent: where they belong, and what is empty',
    input: `
      - Service shop/a: { type: ExternalName, externalName: db.example.com, selector: {}, ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.1, ports: [{ port: 80 }] }
      - Service shop/c: { externalName: '', loadBalancerIP: '', selector: { app: db } }
    `,
    expected: [],
  },
  {
    name: 'a headless Service that asks for what needs an address, and an alias with external addresses',
    input: `
      - Service shop/a: { clusterIP: None, sessionAffinity: ClientIP, externalIPs: [192.0.2.1], ports: [{ port: 80 }] }
      - Service shop/b: { type: ExternalName, externalName: db.example.com, externalIPs: [192.0.2.1] }
    `,
    expected: [
      `
      warning NL260 service-field-ignored
      on Service shop/a at spec.externalIPs
      externalIPs are set, and the Service is headless: no node takes their traffic
      help: remove externalIPs, or clusterIP: None
      `,
      `
      warning NL260 service-field-ignored
      on Service shop/a at spec.sessionAffinity
      sessionAffinity "ClientIP" is set, and the Service is headless: its clients choose an endpoint themselves
      help: remove sessionAffinity, or clusterIP: None
      `,
      `
      warning NL260 service-field-ignored
      on Service shop/b at spec.externalIPs
      externalIPs are set, and no node takes traffic for an ExternalName Service
      help: remove externalIPs
      `,
    ],
  },
  {
    name: 'silent: a headless Service without them',
    input: `
      - Service shop/a: { clusterIP: None, sessionAffinity: None, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
