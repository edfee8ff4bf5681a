import { serviceTypeField } from '../../../lib/rules/services/service-type-field';
import { testRule } from '../expectations';

testRule(serviceTypeField, [
  {
    name: 'types that do not exist',
    input: `
      - Service shop/a: { type: Loadbalancer, ports: [{ port: 80 }] }
      - Service shop/b: { type: Headless, ports: [{ port: 80 }] }
      - Service shop/c: { type: 1, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/a at spec.type
      type is "Loadbalancer", and must be ClusterIP, NodePort, LoadBalancer or ExternalName
      help: write LoadBalancer
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.type
      type is "Headless", and must be ClusterIP, NodePort, LoadBalancer or ExternalName
      help: a headless Service is a ClusterIP Service with clusterIP: None
      `,
      `
      error NL234 service-type-field
      on Service shop/c at spec.type
      type is 1, and must be ClusterIP, NodePort, LoadBalancer or ExternalName
      help: a headless Service is a ClusterIP Service with clusterIP: None
      `,
    ],
  },
  {
    name: 'addresses of an ExternalName Service',
    input: `
      - Service shop/db: { type: ExternalName, externalName: db.example.com, clusterIP: None, clusterIPs: [None], ipFamilies: [IPv4], ipFamilyPolicy: SingleStack }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/db at spec.clusterIP
      clusterIP is set, and an ExternalName Service has no address
      help: remove clusterIP, or the type
      `,
      `
      error NL234 service-type-field
      on Service shop/db at spec.clusterIPs
      clusterIPs is set, and an ExternalName Service has no address
      help: remove clusterIPs, or the type
      `,
      `
      error NL234 service-type-field
      on Service shop/db at spec.ipFamilies
      ipFamilies is set, and an ExternalName Service has no address
      help: remove ipFamilies, or the type
      `,
      `
      error NL234 service-type-field
      on Service shop/db at spec.ipFamilyPolicy
      ipFamilyPolicy is set, and an ExternalName Service has no address
      help: remove ipFamilyPolicy, or the type
      `,
    ],
  },
  {
    name: 'None where an address is needed',
    input: `
      - Service shop/a: { type: NodePort, clusterIP: None, ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, clusterIPs: [None], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/a at spec.clusterIP
      clusterIP is None, and a NodePort Service needs a cluster address
      help: remove it, or the type NodePort
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.clusterIPs.0
      clusterIP is None, and a LoadBalancer Service needs a cluster address
      help: remove it, or the type LoadBalancer
      `,
    ],
  },
  {
    name: 'node ports of types that have none',
    input: `
      - Service shop/a: { ports: [{ port: 80, nodePort: 30080 }] }
      - Service shop/b: { clusterIP: None, ports: [{ port: 80, nodePort: 30080 }] }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/a at spec.ports.0.nodePort
      nodePort 30080 is set, and a ClusterIP Service has no node ports
      help: remove nodePort, or set type: NodePort
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.ports.0.nodePort
      nodePort 30080 is set, and a headless Service has no node ports
      help: remove nodePort
      `,
    ],
  },
  {
    name: 'fields of load balancers on other types',
    input: `
      - Service shop/a: { type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{ port: 80 }] }
      - Service shop/b: { loadBalancerClass: example.com/x, allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] }
      - Service shop/c: { ports: [{ port: 80 }] }
        annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8 }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/a at spec.loadBalancerSourceRanges
      loadBalancerSourceRanges is set, and the type of the Service is NodePort
      help: loadBalancerSourceRanges is for type LoadBalancer only: remove it, or set that type
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.allocateLoadBalancerNodePorts
      allocateLoadBalancerNodePorts is set, and the type of the Service is ClusterIP
      help: allocateLoadBalancerNodePorts is for type LoadBalancer only: remove it, or set that type
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.loadBalancerClass
      loadBalancerClass is set, and the type of the Service is ClusterIP
      help: loadBalancerClass is for type LoadBalancer only: remove it, or set that type
      `,
      `
      error NL234 service-type-field
      on Service shop/c at metadata.annotations.service.beta.kubernetes.io/load-balancer-source-ranges
      the annotation service.beta.kubernetes.io/load-balancer-source-ranges is set, and the type of the Service is ClusterIP
      help: the annotation service.beta.kubernetes.io/load-balancer-source-ranges is for type LoadBalancer only: remove it, or set that type
      `,
    ],
  },
  {
    name: 'external traffic of what is not reached from outside',
    input: `
      - Service shop/a: { externalTrafficPolicy: Local, ports: [{ port: 80 }] }
      - Service shop/b: { type: ExternalName, externalName: db.example.com, externalTrafficPolicy: Cluster }
      - Service shop/c: { type: NodePort, externalTrafficPolicy: Local, healthCheckNodePort: 30000, ports: [{ port: 80 }] }
      - Service shop/d: { type: LoadBalancer, healthCheckNodePort: 30000, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL234 service-type-field
      on Service shop/a at spec.externalTrafficPolicy
      externalTrafficPolicy is set, and nothing reaches this ClusterIP Service from outside
      help: remove it, or set type NodePort or LoadBalancer; for traffic from inside there is internalTrafficPolicy
      `,
      `
      error NL234 service-type-field
      on Service shop/b at spec.externalTrafficPolicy
      externalTrafficPolicy is set, and nothing reaches this ExternalName Service from outside
      help: remove it, or set type NodePort or LoadBalancer; for traffic from inside there is internalTrafficPolicy
      `,
      `
      error NL234 service-type-field
      on Service shop/c at spec.healthCheckNodePort
      healthCheckNodePort is set, and is only for type LoadBalancer with externalTrafficPolicy Local
      help: remove it, or set both
      `,
      `
      error NL234 service-type-field
      on Service shop/d at spec.healthCheckNodePort
      healthCheckNodePort is set, and is only for type LoadBalancer with externalTrafficPolicy Local
      help: remove it, or set both
      `,
    ],
  },
  {
    name: 'silent: what each type may have',
    input: `
      - Service shop/a: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30000, loadBalancerSourceRanges: [10.0.0.0/8], loadBalancerClass: x, allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30080 }] }
      - Service shop/b: { externalIPs: [203.0.113.5], externalTrafficPolicy: Local, ports: [{ port: 80 }] }
      - Service shop/c: { type: NodePort, externalTrafficPolicy: Local, healthCheckNodePort: 0, ports: [{ port: 80, nodePort: 30080 }] }
      - Service shop/d: { type: ExternalName, externalName: db.example.com, clusterIP: '', clusterIPs: [], ipFamilies: [], internalTrafficPolicy: Cluster }
      - Service shop/e: { clusterIP: None, loadBalancerSourceRanges: [], ports: [{ port: 80, nodePort: 0 }] }
    `,
    expected: [],
  },
]);
