import { readService, type Service } from '../../lib/model';
import { objectOf } from './model-objects';

function service(spec: string, annotations = '{}'): Service {
  return readService(
    objectOf(`{ apiVersion: v1, kind: Service, metadata: { name: web, annotations: ${annotations} }, spec: ${spec} }`),
  );
}

function addresses(fields: Service['clusterIps']): string[] {
  return fields.map(({ value, path }) => `${value} at ${path.join('.')}`);
}

test('a Service with every field that matters', () => {
  const object = objectOf(`
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations: { metallb.io/allow-shared-ip: key }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.7
  clusterIPs: [10.96.0.7, 'fd00::7']
  externalIPs: [203.0.113.5]
  externalTrafficPolicy: Local
  healthCheckNodePort: 30999
  loadBalancerIP: 192.0.2.1
  selector: { tier: front, app: web }
  ports:
    - { name: dns, port: 53, protocol: UDP, targetPort: 1053, nodePort: 30053 }
    - { port: 80, targetPort: http }
`);
  expect(readService(object)).toEqual({
    object,
    namespace: 'shop',
    name: 'web',
    type: 'LoadBalancer',
    headless: false,
    selector: {
      labels: new Map([
        ['app', 'web'],
        ['tier', 'front'],
      ]),
      expressions: [],
    },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 1053, nodePort: 30053, path: ['spec', 'ports', 0] },
      {
        name: undefined,
        port: 80,
        protocol: 'TCP',
        targetPort: 'http',
        nodePort: undefined,
        path: ['spec', 'ports', 1],
      },
    ],
    clusterIps: [
      { value: '10.96.0.7', path: ['spec', 'clusterIP'] },
      { value: '10.96.0.7', path: ['spec', 'clusterIPs', 0] },
      { value: 'fd00::7', path: ['spec', 'clusterIPs', 1] },
    ],
    externalIps: [{ value: '203.0.113.5', path: ['spec', 'externalIPs', 0] }],
    loadBalancerIps: [{ value: '192.0.2.1', path: ['spec', 'loadBalancerIP'] }],
    healthCheckNodePort: 30999,
    externalTrafficPolicy: 'Local',
    sharingKey: 'key',
  });
});

test('a Service that says nothing', () => {
  const { object, ...rest } = service('null');
  expect(object.ref).toEqual({ apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'web' });
  expect(rest).toEqual({
    namespace: 'default',
    name: 'web',
    type: 'ClusterIP',
    headless: false,
    selector: undefined,
    ports: [],
    clusterIps: [],
    externalIps: [],
    loadBalancerIps: [],
    healthCheckNodePort: undefined,
    externalTrafficPolicy: 'Cluster',
    sharingKey: undefined,
  });
});

test.each([
  ['{}', false, []],
  ['{ clusterIP: None }', true, []],
  ['{ clusterIPs: [None] }', true, []],
  ["{ clusterIP: '' }", false, []],
  ['{ type: NodePort, clusterIP: None }', false, []],
  ['{ type: ExternalName, clusterIP: 10.96.0.7 }', false, []],
  ['{ clusterIP: 10.96.0.7 }', false, ['10.96.0.7 at spec.clusterIP']],
  ['{ clusterIPs: [7, 10.96.0.7] }', false, ['10.96.0.7 at spec.clusterIPs.1']],
])('%s: headless %j, cluster addresses %j', (spec, headless, expected) => {
  const { headless: actual, clusterIps } = service(spec);
  expect([actual, addresses(clusterIps)]).toEqual([headless, expected]);
});

test.each([
  ['ClusterIP', undefined, undefined],
  ['NodePort', 30080, undefined],
  ['LoadBalancer', 30080, 30999],
  ['ExternalName', undefined, undefined],
])('type %s: node port %j, health check node port %j', (type, nodePort, healthCheck) => {
  const read = service(`{ type: ${type}, healthCheckNodePort: 30999, ports: [{ port: 80, nodePort: 30080 }] }`);
  expect([read.ports[0].nodePort, read.healthCheckNodePort]).toEqual([nodePort, healthCheck]);
});

test.each([
  ['metallb.io/loadBalancerIPs', "'192.0.2.1,192.0.2.2'", ['192.0.2.1', '192.0.2.2']],
  ['metallb.universe.tf/loadBalancerIPs', "' 192.0.2.1 ,, '", ['192.0.2.1']],
  ['lbipam.cilium.io/ips', "'192.0.2.1'", ['192.0.2.1']],
  ['io.cilium/lb-ipam-ips', "'192.0.2.1'", ['192.0.2.1']],
  ['kube-vip.io/loadbalancerIPs', "'192.0.2.1,0.0.0.0'", ['192.0.2.1']],
  ['projectcalico.org/loadBalancerIPs', `'["192.0.2.1", 7]'`, ['192.0.2.1']],
  ['projectcalico.org/loadBalancerIPs', "'192.0.2.1'", []],
  ['example.com/loadBalancerIPs', "'192.0.2.1'", []],
])('%s: %s asks for %j', (annotation, value, expected) => {
  const { loadBalancerIps } = service('{ type: LoadBalancer }', `{ ${annotation}: ${value} }`);
  expect(addresses(loadBalancerIps)).toEqual(
    expected.map((address) => `${address} at metadata.annotations.${annotation}`),
  );
});

test.each([
  ['metallb.io/allow-shared-ip', 'a', 'a'],
  ['metallb.universe.tf/allow-shared-ip', 'a', 'a'],
  ['lbipam.cilium.io/sharing-key', 'a', 'a'],
  ['io.cilium/lb-ipam-sharing-key', 'a', 'a'],
  ['metallb.io/allow-shared-ip', "''", undefined],
  ['metallb.io/allow-shared-ip', 'true', undefined],
])('%s: %s gives the sharing key %j', (annotation, value, expected) => {
  expect(service('{ type: LoadBalancer }', `{ ${annotation}: ${value} }`).sharingKey).toBe(expected);
});

test.each([
  ['x', []],
  ['{ port: 80 }', []],
  ['[null, x, {}, { port: http }, { port: 0 }, { port: 8.5 }, { port: 80 }]', [80]],
])('ports: %s reads as %j', (ports, expected) => {
  expect(service(`{ ports: ${ports} }`).ports.map(({ port }) => port)).toEqual(expected);
});
