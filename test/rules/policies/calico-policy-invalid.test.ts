import { calicoPolicyInvalid } from '../../../lib/rules/policies/calico-policy-invalid';
import { testRule } from '../expectations';

testRule(calicoPolicyInvalid, [
  {
    name: 'flags that limit each other',
    input: `
      - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: a }, spec: { doNotTrack: true, preDNAT: true, egress: [{ action: Allow }] } }
    `,
    expected: [
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.egress
      a policy with preDNAT has egress rules, and is applied to what comes in only
      help: move the egress rules to another policy
      `,
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.preDNAT
      doNotTrack and preDNAT are both true
      help: make two policies: one of them is applied before connections are tracked, one before addresses are translated
      `,
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.doNotTrack
      doNotTrack is true, and applyOnForward is not
      help: set applyOnForward: true
      `,
    ],
  },
  {
    name: 'rules',
    input: `
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: NetworkPolicy
          metadata: { name: a, namespace: shop }
          spec:
            types: [Ingress]
            ingress:
              - { action: allow, destination: { ports: [80] } }
              - { action: Allow, protocol: ICMP, source: { nets: [10.0.0.300/8], notPorts: [1] } }
              - {}
            egress: [{ action: Deny }]
    `,
    expected: [
      `
      error NL541 calico-policy-invalid
      on NetworkPolicy shop/a at spec.ingress.0.action
      action is "allow", and must be Allow, Deny, Log or Pass
      help: write Allow, Deny, Log or Pass: case matters
      `,
      `
      error NL541 calico-policy-invalid
      on NetworkPolicy shop/a at spec.ingress.1.source.nets.0
      nets: 10.0.0.300/8 has the octet 300, above 255
      help: write four decimal octets from 0 to 255
      `,
      `
      error NL541 calico-policy-invalid
      on NetworkPolicy shop/a at spec.ingress.1.source.notPorts
      the rule names ports, and its protocol is "ICMP"
      help: set protocol to TCP, UDP or SCTP
      `,
      `
      error NL541 calico-policy-invalid
      on NetworkPolicy shop/a at spec.ingress.0.destination.ports
      the rule names ports, and its protocol is not set
      help: set protocol to TCP, UDP or SCTP
      `,
      `
      error NL541 calico-policy-invalid
      on NetworkPolicy shop/a at spec.egress
      types does not name Egress, so that the egress rules have no effect
      help: add Egress to types, or leave the egress rules out
      `,
    ],
  },
  {
    name: 'notNets that leave nobody over',
    input: `
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: GlobalNetworkPolicy
          metadata: { name: a }
          spec:
            ingress:
              - { action: Allow, source: { nets: [0.0.0.0/0], notNets: [10.0.0.0/8, '::/0'] } }
    `,
    expected: [
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.ingress.0.source.notNets.1
      notNets: ::/0 is every address, so that the rule is for none
      help: name the ranges that the rule is not for, or leave notNets out
      `,
    ],
  },
  {
    name: 'networks that are no networks: an address alone, host bits, and nothing',
    input: `
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: GlobalNetworkPolicy
          metadata: { name: a }
          spec: { ingress: [{ action: Allow, source: { nets: [10.0.0.1, 10.0.0.1/8, ''] } }] }
    `,
    expected: [
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.ingress.0.source.nets.0
      nets: 10.0.0.1 has no prefix length
      help: did you mean 10.0.0.1/32?
      `,
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.ingress.0.source.nets.1
      nets: 10.0.0.1/8 has host bits set
      help: did you mean 10.0.0.0/8 or 10.0.0.1/32?
      `,
      `
      error NL541 calico-policy-invalid
      on GlobalNetworkPolicy a at spec.ingress.0.source.nets.2
      nets: an empty string is not a CIDR
      help: write one such as 10.0.0.0/8 or fd00::/8
      `,
    ],
  },
  {
    name: 'silent: what Calico takes, and policies of Kubernetes',
    input: `
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: GlobalNetworkPolicy
          metadata: { name: a }
          spec:
            preDNAT: true
            applyOnForward: true
            ingress:
              - { action: Log }
              - { action: Pass, protocol: tcp, destination: { ports: [80, '8000:9000'], nets: [10.0.0.1/32, 10.0.0.0/8] } }
              - { action: Allow, protocol: 17, source: { ports: [53] } }
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{}] }
    `,
    expected: [],
  },
]);
