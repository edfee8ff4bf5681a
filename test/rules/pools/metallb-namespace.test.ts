import { metallbNamespace } from '../../../lib/rules/pools/metallb-namespace';
import { testRule } from '../expectations';

testRule(metallbNamespace, [
  {
    name: 'in the namespace default, while the controller is elsewhere',
    input: `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: controller, namespace: metallb-system }, spec: { template: { metadata: { labels: { app: metallb, component: controller } }, spec: { containers: [] } } } }
      - IPAddressPool a: { addresses: [192.0.2.0/28] }
      - L2Advertisement metallb-system/l2: {}
    `,
    expected: [
      `
      warning NL633 metallb-namespace
      on IPAddressPool default/a at metadata.namespace
      MetalLB reads the objects of its namespace metallb-system, and not this one in default
      help: set metadata.namespace: metallb-system
      `,
    ],
  },
  {
    name: 'of two namespaces metallb-system is the usual one',
    input: `
      - IPAddressPool shop/a: { addresses: [192.0.2.0/28] }
      - L2Advertisement metallb-system/l2: {}
    `,
    expected: [
      `
      warning NL633 metallb-namespace
      on IPAddressPool shop/a at metadata.namespace
      MetalLB reads the objects of its namespace metallb-system, and not this one in shop
      help: set metadata.namespace: metallb-system
      `,
    ],
  },
  {
    name: 'silent: one namespace, whatever its name',
    input: `
      - IPAddressPool lb/a: { addresses: [192.0.2.0/28] }
      - L2Advertisement lb/l2: {}
    `,
    expected: [],
  },
  {
    name: 'silent: with the controller of the chart',
    input: `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: m, namespace: lb }, spec: { template: { metadata: { labels: { app.kubernetes.io/name: metallb, app.kubernetes.io/component: controller } }, spec: { containers: [] } } } }
      - IPAddressPool lb/a: { addresses: [192.0.2.0/28] }
    `,
    expected: [],
  },
]);
