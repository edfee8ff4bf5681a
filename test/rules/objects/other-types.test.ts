import { parse } from 'yaml';
import { networkModel } from '../../../lib/model';
import { NETWORK_RULES, runRules } from '../../../lib/rules';
import { facts, sourceObject } from '../expectations';

/** Objects with every field of the network that their kind has. */
const WHOLE: Readonly<Record<string, string>> = {
  Service: `
    { apiVersion: v1, metadata: { name: web, namespace: shop }, spec: { type: LoadBalancer, selector: { app: web },
      ports: [{ name: http, port: 80, targetPort: 8080, protocol: TCP, nodePort: 30080, appProtocol: http }],
      clusterIP: 10.96.7.7, clusterIPs: [10.96.7.7], ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, externalIPs: [198.51.100.7],
      loadBalancerIP: 203.0.113.9, loadBalancerSourceRanges: [10.0.0.0/8], loadBalancerClass: example.com/x, allocateLoadBalancerNodePorts: true,
      externalTrafficPolicy: Local, internalTrafficPolicy: Cluster, healthCheckNodePort: 30999, sessionAffinity: ClientIP,
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } }, publishNotReadyAddresses: false, trafficDistribution: PreferClose } }`,
  Endpoints: `
    { apiVersion: v1, metadata: { name: web, namespace: shop }, subsets: [{
      addresses: [{ ip: 10.1.2.3, hostname: a, nodeName: a, targetRef: { kind: Pod, name: a, namespace: shop } }],
      notReadyAddresses: [{ ip: 10.1.2.4 }], ports: [{ name: http, port: 80, protocol: TCP, appProtocol: http }] }] }`,
  EndpointSlice: `
    { apiVersion: discovery.k8s.io/v1, metadata: { name: web, namespace: shop }, addressType: IPv4, endpoints: [{ addresses: [10.1.2.3],
      conditions: { ready: true, serving: true, terminating: false }, hostname: a, nodeName: a, zone: a,
      hints: { forZones: [{ name: a }], forNodes: [{ name: a }] }, targetRef: { kind: Pod, name: a, namespace: shop } }],
      ports: [{ name: http, port: 80, protocol: TCP, appProtocol: http }] }`,
  Ingress: `
    { apiVersion: networking.k8s.io/v1, metadata: { name: web, namespace: shop }, spec: { ingressClassName: nginx,
      defaultBackend: { service: { name: web, port: { number: 80 } } }, tls: [{ hosts: [a.example.com], secretName: tls }],
      rules: [{ host: a.example.com, http: { paths: [
        { path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } },
        { path: /x, pathType: Prefix, backend: { resource: { apiGroup: example.com, kind: Bucket, name: b } } }] } }] } }`,
  IngressClass: `
    { apiVersion: networking.k8s.io/v1, metadata: { name: a }, spec: { controller: example.com/a,
      parameters: { apiGroup: example.com, kind: A, name: a, scope: Namespace, namespace: shop } } }`,
  NetworkPolicy: `
    { apiVersion: networking.k8s.io/v1, metadata: { name: a, namespace: shop }, spec: { podSelector: { matchExpressions: [{ key: a, operator: In, values: [b] }] },
      policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {}, namespaceSelector: { matchLabels: { a: b } } },
      { ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80, endPort: 90, protocol: TCP }] }],
      egress: [{ to: [{ podSelector: {} }], ports: [{ port: 53, protocol: UDP }] }] } }`,
  ServiceCIDR: '{ apiVersion: networking.k8s.io/v1, metadata: { name: a }, spec: { cidrs: [10.10.0.0/16] } }',
  IPAddress: `
    { apiVersion: networking.k8s.io/v1, metadata: { name: 10.10.0.7 },
      spec: { parentRef: { group: example.com, resource: services, namespace: shop, name: web } } }`,
  Node: '{ apiVersion: v1, metadata: { name: a }, spec: { podCIDR: 10.244.0.0/24, podCIDRs: [10.244.0.0/24] } }',
  Pod: `
    { apiVersion: v1, metadata: { name: a, namespace: shop }, spec: { hostNetwork: false, hostname: a, subdomain: a, setHostnameAsFQDN: false,
      hostnameOverride: a, dnsPolicy: None, dnsConfig: { nameservers: [10.0.0.10], searches: [a.example.com], options: [{ name: ndots, value: '2' }] },
      hostAliases: [{ ip: 10.1.1.1, hostnames: [a.b] }], readinessGates: [{ conditionType: example.com/a }], containers: [{ name: a, image: a,
      ports: [{ name: http, containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1, protocol: TCP }],
      livenessProbe: { httpGet: { path: /, port: http, host: a, scheme: HTTP, httpHeaders: [{ name: X-A, value: b }] }, initialDelaySeconds: 1,
        periodSeconds: 2, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3, terminationGracePeriodSeconds: 4 },
      readinessProbe: { grpc: { port: 80, service: a } }, startupProbe: { tcpSocket: { port: 80, host: a } },
      lifecycle: { postStart: { httpGet: { path: /, port: 80, scheme: HTTP } }, preStop: { tcpSocket: { port: 80 } } } }] } }`,
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

/** A copy with another value at the place. */
function withValue(whole: unknown, [key, ...rest]: Path, value: unknown): unknown {
  const inner = rest.length === 0 ? value : withValue((whole as Record<string | number, unknown>)[key], rest, value);
  if (Array.isArray(whole)) return whole.map((item: unknown, index) => (index === key ? inner : item));
  return { ...(whole as object), [key]: inner };
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Record<string | number, unknown>)[key], whole);
}

/** Of each other type that JSON has; a port may be a name as well. */
function others(value: unknown): unknown[] {
  if (Array.isArray(value)) return [{}, 'a', 5];
  if (typeof value === 'object') return [[], 'a', 5];
  if (typeof value === 'boolean') return ['true', 1];
  return typeof value === 'number' ? [1.5, true, []] : [true, 1.5, ['a'], { a: 'b' }];
}

function errorsOf(manifest: unknown): number {
  const { findings } = runRules(NETWORK_RULES, networkModel([sourceObject(manifest, 'a.yaml')], facts()));
  return findings.filter(({ severity }) => severity === 'error').length;
}

test.each(Object.entries(WHOLE))('a %s with a value of another type in any field', (kind, text) => {
  const whole = { ...(parse(text) as object), kind };
  expect(errorsOf(whole)).toBe(0);
  const silent = pathsIn(whole, [])
    // The reader of manifests says what is wrong with the header, and with values of labels.
    .filter(([first]) => !['apiVersion', 'kind', 'metadata'].includes(String(first)))
    .filter((path) => !path.includes('matchLabels') && !path.includes('selector'))
    .flatMap((path) =>
      others(valueAt(whole, path))
        .filter((value) => errorsOf(withValue(whole, path, value)) === 0)
        .map((value) => `${path.join('.')}: ${JSON.stringify(value)}`),
    );
  expect(silent).toEqual([]);
});
