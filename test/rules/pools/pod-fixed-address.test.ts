import { podFixedAddress } from '../../../lib/rules/pools/pod-fixed-address';
import { testRule } from '../expectations';

testRule(podFixedAddress, [
  {
    name: 'several pods with one address',
    input: `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 3, template: { metadata: { annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.5"]' } }, spec: { containers: [] } } } }
      - manifest: { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: agent }, spec: { template: { metadata: { annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.6"]' } }, spec: { containers: [] } } } }
    `,
    expected: [
      `
      error NL610 pod-fixed-address
      on DaemonSet default/agent at spec.template.metadata.annotations.cni.projectcalico.org/ipAddrs
      10.48.0.6 is asked for by every pod of DaemonSet default/agent, and one can have it
      help: fixed addresses are for a single pod: set replicas: 1, or leave the annotation out
      `,
      `
      error NL610 pod-fixed-address
      on Deployment default/web at spec.template.metadata.annotations.cni.projectcalico.org/ipAddrs
      10.48.0.5 is asked for by every pod of Deployment default/web, and one can have it
      help: fixed addresses are for a single pod: set replicas: 1, or leave the annotation out
      `,
    ],
  },
  {
    name: 'two objects with one address, written in two ways',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a, annotations: { cni.projectcalico.org/ipAddrs: '["fd00::5"]' } }, spec: { containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: b, annotations: { cni.projectcalico.org/ipAddrs: '["fd00:0::5"]' } }, spec: { containers: [] } }
    `,
    expected: [
      `
      error NL610 pod-fixed-address
      on Pod default/b at metadata.annotations.cni.projectcalico.org/ipAddrs
      fd00::5 is also asked for by Pod default/a
      help: the second pod does not start: give it another address
      see Pod default/a at metadata.annotations.cni.projectcalico.org/ipAddrs: first requested here
      `,
    ],
  },
  {
    name: 'no list, no address, two of a family, and one outside of the pools',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/16 }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a, annotations: { cni.projectcalico.org/ipAddrs: '10.48.0.5' } }, spec: { containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: b, annotations: { cni.projectcalico.org/ipAddrs: '["web"]' } }, spec: { containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: c, annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.7", "10.48.0.8"]' } }, spec: { containers: [] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: d, annotations: { cni.projectcalico.org/ipAddrs: '["10.49.0.5"]' } }, spec: { containers: [] } }
    `,
    expected: [
      `
      error NL610 pod-fixed-address
      on Pod default/a at metadata.annotations.cni.projectcalico.org/ipAddrs
      cni.projectcalico.org/ipAddrs is no JSON list of texts
      help: write addresses as ["10.48.0.5"], in quotes as a whole
      `,
      `
      error NL610 pod-fixed-address
      on Pod default/b at metadata.annotations.cni.projectcalico.org/ipAddrs
      cni.projectcalico.org/ipAddrs: web is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL610 pod-fixed-address
      on Pod default/c at metadata.annotations.cni.projectcalico.org/ipAddrs
      cni.projectcalico.org/ipAddrs asks for 10.48.0.7 and 10.48.0.8, and a pod has one IPv4 address
      help: leave one of them
      `,
      `
      warning NL610 pod-fixed-address
      on Pod default/d at metadata.annotations.cni.projectcalico.org/ipAddrs
      10.49.0.5 is in none of the pools here
      help: choose an address of a pool for pods: 10.48.0.0/16
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/16 }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a, annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.5", "fd00::5"]' } }, spec: { containers: [] } }
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: b }, spec: { replicas: 1, template: { metadata: { annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.6"]' } }, spec: { containers: [] } } } }
      - IPPool lb: { cidr: 'fd00:1::/64', allowedUses: [LoadBalancer] }
      - Pod c: { labels: { app: c } }
    `,
    expected: [],
  },
  {
    name: 'both annotations',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: p, namespace: shop, annotations: { cni.projectcalico.org/ipAddrs: '["10.48.0.1"]', cni.projectcalico.org/ipAddrsNoIpam: '["10.48.0.1"]' } }, spec: { containers: [{ name: a }] } }
    `,
    expected: [
      `
      error NL610 pod-fixed-address
      on Pod shop/p at metadata.annotations.cni.projectcalico.org/ipAddrs
      cni.projectcalico.org/ipAddrs is set together with cni.projectcalico.org/ipAddrsNoIpam, and Calico takes one of them
      help: leave cni.projectcalico.org/ipAddrsNoIpam out, unless the addresses are in no pool
      `,
    ],
  },
]);
