import { serviceFieldValue } from '../../../lib/rules/services/service-field-value';
import { testRule } from '../expectations';

testRule(serviceFieldValue, [
  {
    name: 'empty texts, which are values of their own unless the field is no pointer',
    input: `
      - Service shop/a: { internalTrafficPolicy: '', ports: [{ port: 80 }] }
      - Service shop/b: { trafficDistribution: '', ports: [{ port: 80 }] }
      - Service shop/c: { externalTrafficPolicy: '', internalTrafficPolicy: null, trafficDistribution: null, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL238 service-field-value
      on Service shop/a at spec.internalTrafficPolicy
      internalTrafficPolicy is "", and must be Cluster or Local
      help: write one of them, or leave internalTrafficPolicy out
      `,
      `
      error NL238 service-field-value
      on Service shop/b at spec.trafficDistribution
      trafficDistribution is "", and must be PreferClose, PreferSameZone or PreferSameNode
      help: write one of them, or leave trafficDistribution out
      `,
    ],
  },
  {
    name: 'traffic policies',
    input: `
      - Service shop/a: { internalTrafficPolicy: local, ports: [{ port: 80 }] }
      - Service shop/b: { type: NodePort, externalTrafficPolicy: Node, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL238 service-field-value
      on Service shop/a at spec.internalTrafficPolicy
      internalTrafficPolicy is "local", and must be Cluster or Local
      help: write Local
      `,
      `
      error NL238 service-field-value
      on Service shop/b at spec.externalTrafficPolicy
      externalTrafficPolicy is "Node", and must be Cluster or Local
      help: write one of them, or leave externalTrafficPolicy out
      `,
    ],
  },
  {
    name: 'traffic distribution',
    input: `
      - Service shop/a: { trafficDistribution: PreferSamezone, ports: [{ port: 80 }] }
      - Service shop/b: { trafficDistribution: 1, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL238 service-field-value
      on Service shop/a at spec.trafficDistribution
      trafficDistribution is "PreferSamezone", and must be PreferClose, PreferSameZone or PreferSameNode
      help: write PreferSameZone
      `,
      `
      error NL238 service-field-value
      on Service shop/b at spec.trafficDistribution
      trafficDistribution is 1, and must be PreferClose, PreferSameZone or PreferSameNode
      help: write one of them, or leave trafficDistribution out
      `,
    ],
  },
  {
    name: 'a distribution that the version does not know',
    input: `
      - Service shop/a: { trafficDistribution: PreferSameNode, ports: [{ port: 80 }] }
      - Service shop/b: { trafficDistribution: PreferClose, ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: 'v1.33.1' },
    expected: [
      `
      error NL238 service-field-value
      on Service shop/a at spec.trafficDistribution
      trafficDistribution is "PreferSameNode", which is known since Kubernetes 1.34, and the cluster has v1.33.1
      help: write PreferClose, the older name of PreferSameZone
      `,
    ],
  },
  {
    name: 'the class of a load balancer',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerClass: 'a b', ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerClass: '', ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL238 service-field-value
      on Service shop/a at spec.loadBalancerClass
      loadBalancerClass is "a b", which is not a qualified name
      help: use the name that the load balancer implementation gives, such as example.com/internal
      `,
      `
      error NL238 service-field-value
      on Service shop/b at spec.loadBalancerClass
      loadBalancerClass is "", which is not a qualified name
      help: use the name that the load balancer implementation gives, such as example.com/internal
      `,
    ],
  },
  {
    name: 'two annotations for one thing',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
        annotations: { service.kubernetes.io/topology-aware-hints: auto, service.kubernetes.io/topology-mode: Auto }
    `,
    expected: [
      `
      error NL238 service-field-value
      on Service shop/web at metadata.annotations.service.kubernetes.io/topology-mode
      the annotation service.kubernetes.io/topology-mode is "Auto", and service.kubernetes.io/topology-aware-hints is "auto"
      help: remove service.kubernetes.io/topology-aware-hints, the older name of the same thing
      `,
    ],
  },
  {
    name: 'silent: known words',
    input: `
      - Service shop/a: { type: LoadBalancer, internalTrafficPolicy: Local, externalTrafficPolicy: Cluster, trafficDistribution: PreferClose, loadBalancerClass: example.com/internal, ports: [{ port: 80 }] }
      - Service shop/b: { trafficDistribution: PreferSameNode, externalTrafficPolicy: '', ports: [{ port: 80 }] }
      - Service shop/c: { loadBalancerClass: 'a b', trafficDistribution: PreferSameZone, ports: [{ port: 80 }] }
        annotations: { service.kubernetes.io/topology-aware-hints: Auto, service.kubernetes.io/topology-mode: Auto }
    `,
    expected: [],
  },
]);
