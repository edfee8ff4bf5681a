import { unknownField } from '../../../lib/rules/objects/unknown-field';
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
        'podSelector is a field of spec and spec.ingress.from and spec.egress.to: check the indentation',
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
          endpoints: [{ addresses: [192.0.2.1], conditions: { ready: true }, hints: { forZones: [{ name: a }] }, targetRef: { anything: goes } }]
          ports: [{ name: http, port: 80, protocol: TCP, appProtocol: http }]
    `,
    expected: [],
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
]);
