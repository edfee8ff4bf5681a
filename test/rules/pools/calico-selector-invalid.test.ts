import { calicoSelectorInvalid } from '../../../lib/rules/pools/calico-selector-invalid';
import { testRule } from '../expectations';

testRule(calicoSelectorInvalid, [
  {
    name: 'what Calico can read, and what is not of Calico',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, nodeSelector: "zone == 'a'", namespaceSelector: '' }
      - manifest: { apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: { name: a }, spec: { nodeSelector: all(), peerSelector: has(rack) } }
      - NetworkPolicy shop/a: { podSelector: {}, selector: app = web }
      - manifest: { apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: { name: b, namespace: shop }, spec: { ingress: [{ action: Allow, source: { namespaceSelector: global() } }] } }
      - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: c }, spec: { selector: { app: web } } }
    `,
    expected: [],
  },
  {
    name: 'pools',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, nodeSelector: 'zone == a', namespaceSelector: global() }
      - Installation default: { calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, nodeSelector: zone }] } }
    `,
    expected: [
      `
      error NL660 calico-selector-invalid
      on IPPool a at spec.namespaceSelector
      namespaceSelector uses global(), which only the namespaceSelector of a rule of a policy may
      help: use all(), or leave namespaceSelector out
      `,
      `
      error NL660 calico-selector-invalid
      on IPPool a at spec.nodeSelector
      nodeSelector has a at character 9, expected a value in quotes
      help: put the value in quotes, as in app == 'web'
      `,
      `
      error NL660 calico-selector-invalid
      on Installation default at spec.calicoNetwork.ipPools.0.nodeSelector
      nodeSelector ends where an operator should follow
      help: compare a label with ==, !=, in, not in, contains, starts with or ends with; has(label) asks whether it is there
      `,
    ],
  },
  {
    name: 'peers, templates of host endpoints and policies',
    input: `
      - manifest: { apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: { name: a }, spec: { peerSelector: 'rack' } }
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: KubeControllersConfiguration
          metadata: { name: default }
          spec: { controllers: { node: { hostEndpoint: { templates: [{ nodeSelector: has (a) }] } } } }
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: GlobalNetworkPolicy
          metadata: { name: c }
          spec:
            namespaceSelector: global()
            ingress:
              - { action: Allow, source: { namespaceSelector: global() && has(a), serviceAccounts: { selector: 'a,' } } }
    `,
    expected: [
      `
      error NL660 calico-selector-invalid
      on BGPPeer a at spec.peerSelector
      peerSelector ends where an operator should follow
      help: compare a label with ==, !=, in, not in, contains, starts with or ends with; has(label) asks whether it is there
      `,
      `
      error NL660 calico-selector-invalid
      on GlobalNetworkPolicy c at spec.ingress.0.source.namespaceSelector
      namespaceSelector uses global() beside other conditions
      help: use global() alone, or leave it out
      `,
      `
      error NL660 calico-selector-invalid
      on GlobalNetworkPolicy c at spec.namespaceSelector
      namespaceSelector uses global(), which only the namespaceSelector of a rule of a policy may
      help: use all(), or leave namespaceSelector out
      `,
      `
      error NL660 calico-selector-invalid
      on GlobalNetworkPolicy c at spec.ingress.0.source.serviceAccounts.selector
      selector has , at character 2, expected an operator
      help: compare a label with ==, !=, in, not in, contains, starts with or ends with; has(label) asks whether it is there
      `,
      `
      error NL660 calico-selector-invalid
      on KubeControllersConfiguration default at spec.controllers.node.hostEndpoint.templates.0.nodeSelector
      nodeSelector has (a) at character 5, expected an operator
      help: compare a label with ==, !=, in, not in, contains, starts with or ends with; has(label) asks whether it is there
      `,
    ],
  },
]);
