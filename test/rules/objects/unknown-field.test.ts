import { unknownField } from '../../../lib/rules/objects/unknown-field';
import { check, file } from '../../fix/fixing';
import { testRule } from '../expectations';

function found(severity: string, object: string, field: string, message: string, help: string): string {
  return [`${severity} NL920 unknown-field`, `on ${object} at ${field}`, message, `help: ${help}`].join('\n');
}

const DROPPED = 'kubectl refuses it, and other clients have it dropped silently';
const LOOK_UP = 'remove it, or look it up in the API reference of your Kubernetes version';

testRule(unknownField, [
  {
    name: 'a misspelt field',
    input: '[{ Service shop/web: { clusterIp: None, ports: [{ tragetPort: 80 }] } }]',
    expected: [
      found(
        'error',
        'Service shop/web',
        'spec.clusterIp',
        `Service has no field spec."clusterIp": ${DROPPED}`,
        'did you mean clusterIP?',
      ),
      found(
        'error',
        'Service shop/web',
        'spec.ports.0.tragetPort',
        `Service has no field spec.ports.0."tragetPort": ${DROPPED}`,
        'did you mean targetPort?',
      ),
    ],
  },
  {
    name: 'a field in another place',
    input: `
      - NetworkPolicy shop/web: { ingress: [{ to: [], podSelector: {} }] }
      - manifest: { apiVersion: v1, kind: Service, metadata: { name: web }, namespace: shop, ports: [] }
    `,
    expected: [
      found(
        'error',
        'NetworkPolicy shop/web',
        'spec.ingress.0.podSelector',
        `NetworkPolicy has no field spec.ingress.0."podSelector": ${DROPPED}`,
        'podSelector is a field of spec and spec.egress.to and spec.ingress.from: check the indentation',
      ),
      found(
        'error',
        'NetworkPolicy shop/web',
        'spec.ingress.0.to',
        `NetworkPolicy has no field spec.ingress.0."to": ${DROPPED}`,
        'to is a field of spec.egress: check the indentation',
      ),
      found(
        'error',
        'Service default/web',
        'namespace',
        `Service has no field "namespace": ${DROPPED}`,
        'namespace is a field of metadata: check the indentation',
      ),
      found(
        'error',
        'Service default/web',
        'ports',
        `Service has no field "ports": ${DROPPED}`,
        'ports is a field of spec: check the indentation',
      ),
    ],
  },
  {
    name: 'names that begin or end with something else than a letter; what cannot be seen is reported where the file is read',
    input:
      '[{ manifest: { apiVersion: v1, kind: Service, metadata: { name: web }, "\\u00a0spec": {}, "spec ": {}, "-": 1 } }]',
    expected: [
      found(
        'error',
        'Service default/web',
        '-',
        `Service has no field "-": ${DROPPED}`,
        'remove it: there is no letter in the name',
      ),
      found(
        'error',
        'Service default/web',
        'spec ',
        `Service has no field "spec ": ${DROPPED}`,
        'write spec: it begins or ends with something that is no letter',
      ),
    ],
  },
  {
    name: 'names with hyphens',
    input: '[{ IPPool pods: { cidr: 10.48.0.0/16, nat-outgoin: true } }]',
    expected: [
      found(
        'error',
        'IPPool pods',
        'spec.nat-outgoin',
        `IPPool has no field spec."nat-outgoin": ${DROPPED}`,
        'did you mean nat-outgoing?',
      ),
    ],
  },
  {
    name: 'a field that nothing explains, maybe of a later version',
    input: `[{ Service shop/web: { quantumEntanglement: true, constructor: {}, ${'x'.repeat(70)}: 1 } }]`,
    expected: ['constructor', 'quantumEntanglement', 'x'.repeat(70)].map((field) =>
      found(
        'warning',
        'Service shop/web',
        `spec.${field}`,
        `Service has no field spec."${field}": ${DROPPED}`,
        LOOK_UP,
      ),
    ),
  },
  {
    name: 'every field that the kinds have',
    input: `
      - Service shop/web:
          type: LoadBalancer
          clusterIP: None
          clusterIPs: []
          trafficDistribution: PreferSameZone
          selector: { anything: goes }
          sessionAffinity: ClientIP
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } }
          ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080, protocol: TCP, appProtocol: http }]
        labels: { anything: goes }
      - Ingress shop/web:
          ingressClassName: nginx
          defaultBackend: { resource: { apiGroup: x, kind: y, name: z } }
          tls: [{ hosts: [a.example.com], secretName: x }]
          rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80, name: http } } } }] } }]
      - NetworkPolicy shop/web:
          podSelector: { matchLabels: { anything: goes }, matchExpressions: [{ key: a, operator: In, values: [b] }] }
          policyTypes: [Ingress]
          ingress: [{ from: [{ podSelector: {}, namespaceSelector: {}, ipBlock: { cidr: 10.0.0.0/8, except: [] } }], ports: [{ port: 1, endPort: 2, protocol: UDP }] }]
          egress: [{ to: [{}], ports: [{}] }]
      - IPPool pods: { cidr: 10.48.0.0/16, blockSize: 26, ipipMode: Never, vxlanMode: Always, natOutgoing: true, nodeSelector: all() }
      - manifest:
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: { name: web, namespace: shop, annotations: { anything: goes } }
          addressType: IPv4
          endpoints: [{ addresses: [192.0.2.1], conditions: { ready: true }, hints: { forZones: [{ name: a }] }, targetRef: { kind: Pod, name: a } }]
          ports: [{ name: http, port: 80, protocol: TCP, appProtocol: http }]
    `,
    expected: [],
  },
  {
    name: 'pods, and what makes pods',
    input: `
      - Pod shop/a: { containers: [{ ports: [{ containerPort: 80, hostport: 80 }] }] }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { hostnetwork: true, dnsConfig: { nameserver: [10.0.0.1] }, containers: [] } }
      - manifest: { apiVersion: batch/v1, kind: CronJob, metadata: { name: a }, spec: { schedule: x, jobTemplate: { spec: { template: { spec: { containers: [{ readinessprobe: {} }] } } } } } }
    `,
    expected: [
      found(
        'error',
        'CronJob default/a',
        'spec.jobTemplate.spec.template.spec.containers.0.readinessprobe',
        `CronJob has no field spec.jobTemplate.spec.template.spec.containers.0."readinessprobe": ${DROPPED}`,
        'did you mean readinessProbe?',
      ),
      found(
        'error',
        'Pod default/a',
        'spec.hostnetwork',
        `Pod has no field spec."hostnetwork": ${DROPPED}`,
        'did you mean hostNetwork?',
      ),
      found(
        'error',
        'Pod default/a',
        'spec.dnsConfig.nameserver',
        `Pod has no field spec.dnsConfig."nameserver": ${DROPPED}`,
        'did you mean nameservers?',
      ),
      found(
        'error',
        'Pod shop/a',
        'spec.containers.0.ports.0.hostport',
        `Pod has no field spec.containers.0.ports.0."hostport": ${DROPPED}`,
        'did you mean hostPort?',
      ),
    ],
  },
  {
    name: 'kinds and versions whose fields are not known, and fields of another type',
    input: `
      - ConfigMap shop/web: { anything: goes }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: web }, spec: { backend: { serviceName: web } } }
      - Service shop/text: ports
      - Service shop/list: { ports: { prot: 80 } }
    `,
    expected: [],
  },
  {
    name: 'labels beside matchLabels',
    input: `
      - NetworkPolicy shop/a: { podSelector: { app: web }, policyTypes: [Ingress] }
    `,
    expected: [
      `
      error NL920 unknown-field
      on NetworkPolicy shop/a at spec.podSelector.app
      NetworkPolicy has no field spec.podSelector."app": kubectl refuses it, and other clients have it dropped silently
      help: labels belong under matchLabels: write matchLabels: { app: … }
      `,
    ],
  },
  {
    name: 'the kinds of Gateway API, in each of their versions, with what is experimental',
    input: `
      - Gateway edge/web: { gatewayClassName: a, listeners: [{ name: web, port: 80, protocol: HTTP, hostName: a.example.com }], defaultScope: All }
      - HTTPRoute shop/web: { parentRefs: [{ name: web }], hostname: [a.example.com], rules: [{ backendRef: [], retry: { attempts: 2 } }] }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1beta1, kind: HTTPRoute, metadata: { name: beta }, spec: { rules: [{ backendRefs: [{ name: web, servicePort: 80 }], hostnames: [] }] } }
      - ReferenceGrant shop/web: { from: [{ group: "", kind: Service, name: web }], to: [{ kind: Service, name: web }] }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: TCPRoute, metadata: { name: tcp }, spec: { hostnames: [], rules: [{ backendRefs: [{ name: db, port: 5432, weight: 1 }] }] } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha3, kind: BackendTLSPolicy, metadata: { name: tls }, spec: { targetRef: {}, validation: { hostname: a.example.com, wellKnownCACertificates: System } } }
    `,
    expected: [
      found(
        'error',
        'BackendTLSPolicy default/tls',
        'spec.targetRef',
        `BackendTLSPolicy has no field spec."targetRef": ${DROPPED}`,
        'did you mean targetRefs?',
      ),
      found(
        'error',
        'Gateway edge/web',
        'spec.listeners.0.hostName',
        `Gateway has no field spec.listeners.0."hostName": ${DROPPED}`,
        'did you mean hostname?',
      ),
      found(
        'error',
        'HTTPRoute default/beta',
        'spec.rules.0.hostnames',
        `HTTPRoute has no field spec.rules.0."hostnames": ${DROPPED}`,
        'hostnames is a field of spec: check the indentation',
      ),
      found(
        'error',
        'HTTPRoute shop/web',
        'spec.hostname',
        `HTTPRoute has no field spec."hostname": ${DROPPED}`,
        'did you mean hostnames?',
      ),
      found(
        'error',
        'HTTPRoute shop/web',
        'spec.rules.0.backendRef',
        `HTTPRoute has no field spec.rules.0."backendRef": ${DROPPED}`,
        'did you mean backendRefs?',
      ),
      found(
        'error',
        'ReferenceGrant shop/web',
        'spec.from.0.name',
        `ReferenceGrant has no field spec.from.0."name": ${DROPPED}`,
        'name is a field of metadata and spec.to: check the indentation',
      ),
      found(
        'warning',
        'HTTPRoute default/beta',
        'spec.rules.0.backendRefs.0.servicePort',
        `HTTPRoute has no field spec.rules.0.backendRefs.0."servicePort": ${DROPPED}`,
        'remove it, or look it up in the API reference of your Gateway API version',
      ),
      found(
        'warning',
        'TCPRoute default/tcp',
        'spec.hostnames',
        `TCPRoute has no field spec."hostnames": ${DROPPED}`,
        'remove it, or look it up in the API reference of your Gateway API version',
      ),
    ],
  },
  {
    name: 'the kinds of MetalLB, Calico and Cilium',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24], autoassign: false, serviceAllocation: { namespaceSelectors: [{ team: web }] } }
      - L2Advertisement metallb-system/a: { ipAddressPool: [a] }
      - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: tor, namespace: metallb-system }, spec: { myASN: 64512, peerAsn: 64512, peerAddress: 192.0.2.1 } }
      - manifest: { apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: { name: tor }, spec: { peerIP: 192.0.2.1, asNumber: 64512 } }
      - IPReservation a: { reservedCIDR: [10.0.0.0/30] }
      - Installation default: { calicoNodeDaemonSet: { anything: goes }, calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16, blocksize: 26 }], ipPool: [] } }
      - CiliumLoadBalancerIPPool a: { cidrs: [{ cidr: 192.0.2.0/24 }], blocks: [{ start: 192.0.2.1, end: 192.0.2.9 }] }
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.0.0.0/16], masksize: 24 } }
    `,
    expected: [
      found(
        'error',
        'BGPPeer metallb-system/tor',
        'spec.peerAsn',
        `BGPPeer has no field spec."peerAsn": ${DROPPED}`,
        'did you mean peerASN?',
      ),
      found(
        'error',
        'CiliumPodIPPool a',
        'spec.ipv4.masksize',
        `CiliumPodIPPool has no field spec.ipv4."masksize": ${DROPPED}`,
        'did you mean maskSize?',
      ),
      found(
        'error',
        'IPAddressPool metallb-system/a',
        'spec.autoassign',
        `IPAddressPool has no field spec."autoassign": ${DROPPED}`,
        'did you mean autoAssign?',
      ),
      found(
        'error',
        'IPAddressPool metallb-system/a',
        'spec.serviceAllocation.namespaceSelectors.0.team',
        `IPAddressPool has no field spec.serviceAllocation.namespaceSelectors.0."team": ${DROPPED}`,
        'labels belong under matchLabels: write matchLabels: { team: … }',
      ),
      found(
        'error',
        'IPReservation a',
        'spec.reservedCIDR',
        `IPReservation has no field spec."reservedCIDR": ${DROPPED}`,
        'did you mean reservedCIDRs?',
      ),
      found(
        'error',
        'Installation default',
        'spec.calicoNetwork.ipPool',
        `Installation has no field spec.calicoNetwork."ipPool": ${DROPPED}`,
        'did you mean ipPools?',
      ),
      found(
        'error',
        'Installation default',
        'spec.calicoNetwork.ipPools.0.blocksize',
        `Installation has no field spec.calicoNetwork.ipPools.0."blocksize": ${DROPPED}`,
        'did you mean blockSize?',
      ),
      found(
        'error',
        'L2Advertisement metallb-system/a',
        'spec.ipAddressPool',
        `L2Advertisement has no field spec."ipAddressPool": ${DROPPED}`,
        'did you mean ipAddressPools?',
      ),
      found(
        'warning',
        'CiliumLoadBalancerIPPool a',
        'spec.cidrs',
        `CiliumLoadBalancerIPPool has no field spec."cidrs": ${DROPPED}`,
        'remove it, or look it up in the API reference of your Cilium version',
      ),
      found(
        'warning',
        'CiliumLoadBalancerIPPool a',
        'spec.blocks.0.end',
        `CiliumLoadBalancerIPPool has no field spec.blocks.0."end": ${DROPPED}`,
        'remove it, or look it up in the API reference of your Cilium version',
      ),
    ],
  },
]);

testRule(unknownField, [
  {
    name: 'an error where the version of Kubernetes is known: nothing of a later one can be meant',
    facts: { kubernetesVersion: '1.34' },
    input: '[{ Service shop/web: { quantumEntanglement: true } }]',
    expected: [
      found(
        'error',
        'Service shop/web',
        'spec.quantumEntanglement',
        `Service has no field spec."quantumEntanglement": ${DROPPED}`,
        LOOK_UP,
      ),
    ],
  },
  {
    name: 'a field of a later version',
    facts: { kubernetesVersion: '1.31' },
    input:
      '[{ manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { hostnameOverride: b, containers: [] } } }]',
    expected: [
      found(
        'error',
        'Pod default/a',
        'spec.hostnameOverride',
        `Pod has no field spec."hostnameOverride" in Kubernetes 1.31: ${DROPPED}`,
        'remove it, or use Kubernetes 1.34 or later, which has it',
      ),
    ],
  },
  {
    name: 'policies of Cilium and of administrators',
    input: `
      - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: a }, spec: { endpointSelector: {}, ingress: [{ toPort: [{ ports: [{ port: '80' }] }] }] } }
      - manifest: { apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: { name: a }, spec: { tier: Admin, priority: 1, subject: { namespace: {} } } }
    `,
    expected: [
      found(
        'error',
        'CiliumNetworkPolicy default/a',
        'spec.ingress.0.toPort',
        `CiliumNetworkPolicy has no field spec.ingress.0."toPort": ${DROPPED}`,
        'did you mean toPorts?',
      ),
      found(
        'error',
        'ClusterNetworkPolicy a',
        'spec.subject.namespace',
        `ClusterNetworkPolicy has no field spec.subject."namespace": ${DROPPED}`,
        'did you mean namespaces?',
      ),
    ],
  },
  {
    name: 'a kind that the input defines, whose definition is what counts',
    input: `
      - manifest:
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: { name: widgets.example.com }
          spec:
            group: example.com
            names: { kind: Widget }
            versions: [{ name: v1, served: true, schema: { openAPIV3Schema: { properties: { spec: { properties: { size: { type: integer } } } } } } }]
      - manifest: { apiVersion: example.com/v1, kind: Widget, metadata: { name: a }, spec: { sise: 1, colour: red } }
      - manifest: { apiVersion: example.com/v2, kind: Widget, metadata: { name: b }, spec: { colour: red } }
    `,
    expected: [
      found(
        'error',
        'Widget default/a',
        'spec.colour',
        `Widget has no field spec."colour": ${DROPPED}`,
        'remove it, or add it to CustomResourceDefinition widgets.example.com',
      ),
      found(
        'error',
        'Widget default/a',
        'spec.sise',
        `Widget has no field spec."sise": ${DROPPED}`,
        'did you mean size?',
      ),
    ],
  },
]);

test('the key is underlined, not its value', () => {
  const { findings } = check([
    file('a.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { clusterIp: None }\n'),
  ]);
  expect(findings.find(({ code }) => code === 'NL920')?.origin).toMatchObject({ line: 4, column: 9 });
});
