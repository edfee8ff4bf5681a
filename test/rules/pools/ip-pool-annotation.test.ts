import { ipPoolAnnotation } from '../../../lib/rules/pools/ip-pool-annotation';
import { testRule } from '../expectations';

testRule(ipPoolAnnotation, [
  {
    name: 'a part of a pool, and a pool of Cilium that is not there',
    input: `
      - IPPool p: { cidr: 10.48.0.0/16 }
      - CiliumPodIPPool green: { ipv4: { cidrs: [10.5.0.0/16], maskSize: 24 } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: a, annotations: { cni.projectcalico.org/ipv4pools: '["10.48.1.0/24"]' } } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: b, annotations: { ipam.cilium.io/ip-pool: blue } } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: c, annotations: { ipam.cilium.io/ip-pool: green } } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: d, annotations: { ipam.cilium.io/ip-pool: default } } }
    `,
    expected: [
      `
      error NL607 ip-pool-annotation
      on Namespace a at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools names the pool "10.48.1.0/24", which is a part of the pool p and no pool itself
      help: name p or 10.48.0.0/16: Calico does not take parts of pools
      see IPPool p at spec: the pool
      `,
      `
      warning NL607 ip-pool-annotation
      on Namespace b at metadata.annotations.ipam.cilium.io/ip-pool
      ipam.cilium.io/ip-pool names the pool "blue", which is not among the pools here
      help: pods that name a pool that does not exist get no address; there are green
      `,
    ],
  },
  {
    name: 'on a namespace, a pod, the pods of a Deployment and of a CronJob',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - IPPool off: { cidr: 10.49.0.0/16, disabled: true }
      - IPPool lb: { cidr: 10.50.0.0/16, allowedUses: [LoadBalancer] }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, annotations: { cni.projectcalico.org/ipv4pools: '["b"]' } } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: web, annotations: { cni.projectcalico.org/ipv4pools: '["off"]' } }, spec: { containers: [] } }
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { template: { metadata: { annotations: { cni.projectcalico.org/ipv4pools: '["lb"]' } }, spec: { containers: [] } } } }
      - manifest: { apiVersion: batch/v1, kind: CronJob, metadata: { name: job }, spec: { jobTemplate: { spec: { template: { metadata: { annotations: { cni.projectcalico.org/ipv6pools: '["10.48.0.0/16"]' } }, spec: { containers: [] } } } } } }
    `,
    expected: [
      `
      error NL607 ip-pool-annotation
      on CronJob default/job at spec.jobTemplate.spec.template.metadata.annotations.cni.projectcalico.org/ipv6pools
      cni.projectcalico.org/ipv6pools names the pool "10.48.0.0/16", whose range 10.48.0.0/16 is not IPv6
      help: name it in the annotation for IPv4
      see IPPool a at spec: the pool
      `,
      `
      error NL607 ip-pool-annotation
      on Pod default/web at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools names the pool "off", which is disabled
      help: its pods get no address: name another pool, or enable this one
      see IPPool off at spec: the pool
      `,
      `
      warning NL607 ip-pool-annotation
      on Deployment default/web at spec.template.metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools names the pool "lb", which is not for pods
      help: add Workload to its allowedUses, or name another pool
      see IPPool lb at spec: the pool
      `,
      `
      warning NL607 ip-pool-annotation
      on Namespace shop at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools names the pool "b", which is not among the pools here
      help: pods that name a pool that does not exist get no address; there are a, lb, off
      `,
    ],
  },
  {
    name: 'no JSON',
    input: `
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, annotations: { cni.projectcalico.org/ipv4pools: default-pool } } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop2, annotations: { cni.projectcalico.org/ipv4pools: '[1]' } } }
    `,
    expected: [
      `
      error NL607 ip-pool-annotation
      on Namespace shop at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools is no JSON list of texts
      help: write the names of pools as ["pool-a"], in quotes as a whole
      `,
      `
      error NL607 ip-pool-annotation
      on Namespace shop2 at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools is no JSON list of texts
      help: write the names of pools as ["pool-a"], in quotes as a whole
      `,
    ],
  },
  {
    name: 'silent: by name, by CIDR, of an Installation; nothing is known without pools',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - Installation default: { calicoNetwork: { ipPools: [{ name: b, cidr: 'fd00::/48' }] } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, annotations: { cni.projectcalico.org/ipv4pools: '["a", "10.48.0.0/16"]', cni.projectcalico.org/ipv6pools: '["b", "fd00:0::/48"]' } } }
    `,
    expected: [],
  },
  {
    name: 'silent: the input has no pools',
    input: `
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, annotations: { cni.projectcalico.org/ipv4pools: '["a"]' } } }
    `,
    expected: [],
  },
  {
    name: 'a part of a pool',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, annotations: { cni.projectcalico.org/ipv4pools: '["10.48.1.0/24"]' } } }
    `,
    expected: [
      `
      error NL607 ip-pool-annotation
      on Namespace shop at metadata.annotations.cni.projectcalico.org/ipv4pools
      cni.projectcalico.org/ipv4pools names the pool "10.48.1.0/24", which is a part of the pool a and no pool itself
      help: name a or 10.48.0.0/16: Calico does not take parts of pools
      see IPPool a at spec: the pool
      `,
    ],
  },
]);
