import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareFindings, compareText } from '../../lib/finding/finding';
import { networkModel, type SourceObject } from '../../lib/model';
import { NETWORK_RULES, type NetworkRule, runRules } from '../../lib/rules';
import { check, file } from '../fix/fixing';
import { facts, findingText, objects, sourceObject } from './expectations';
import { shuffled, shuffledKeys } from './shuffle';

const ALL_FACTS = facts({
  serviceCidrs: '10.96.0.0/16,fd00:96::/112',
  podCidrs: '10.244.0.0/16',
  nodeCidrs: '192.168.10.0/24',
  loadBalancerCidrs: '192.0.2.0/28',
  nodePortRange: '30000-32767',
});

/** A network in which every rule finds something, most of them in more than one place. */
const BROKEN = objects(`
  - Service a/one:
      type: LoadBalancer
      clusterIP: 10.96.7.7
      loadBalancerIP: 192.0.2.10
      externalIPs: [10.244.0.1, 203.0.113.5]
      externalTrafficPolicy: Local
      healthCheckNodePort: 30080
      selector: { tier: back, app: web }
      ports: [{ name: http, port: 80, nodePort: 30080 }, { name: x, port: 81, nodePort: 8080 }]
  - Service b/one:
      type: LoadBalancer
      clusterIP: 10.96.7.7
      loadBalancerIP: 192.0.2.10
      externalIPs: [10.244.0.1, 203.0.113.5]
      selector: { app: web }
      ports: [{ name: http, port: 80, targetPort: web, nodePort: 30080 }, { name: y, port: 84 }, { name: z, port: 85, nodePort: 30081 }]
  - Service b/two: { clusterIP: 172.16.0.1, clusterIPs: [172.16.0.1, 'fd00:96::a'], selector: { team: x, app: web } }
  - Service c/three: { type: LoadBalancer, clusterIP: 10.96.0.1, loadBalancerIP: 192.0.3.1 }
  - Service c/three: { type: LoadBalancer, clusterIP: 10.96.0.1, loadBalancerIP: 192.0.3.1 }
  - Deployment a/web: { labels: { app: web, tier: front } }
  - Deployment a/api: { labels: { app: api, tier: back } }
  - Deployment b/web: { labels: { app: web, tier: front }, ports: [{ name: http, containerPort: 8080 }] }
  - NetworkPolicy a/none: { podSelector: { matchLabels: { tier: none, app: web } } }
  - Ingress b/web:
      rules:
        - host: a.example.com
          http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: oen, port: { number: 80 } } } }] }
  - Ingress b/api:
      rules:
        - host: a.example.com
          http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: one, port: { name: https } } } }] }
  - IPPool small: { cidr: 10.48.0.0/28 }
  - IPPool large: { cidr: 10.48.0.0/16, nodeSelector: zone = a }
  - IngressClass nginx: { controller: k8s.io/ingress-nginx }
    annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
  - IngressClass other: {}
    annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
  - Service edge/ext: { type: ExternalName, externalName: example.com }
  - Ingress edge/one:
      ingressClassName: ngnix
      tls: [{ hosts: [a.example.com], secretName: one }]
      rules:
        - host: http://b.example.com
          http:
            paths:
              - { path: x, pathType: Prefix, backend: { service: { name: ext } } }
              - { path: x, pathType: Prefix, backend: { service: { name: ext } } }
    annotations: { kubernetes.io/ingress.class: x, nginx.ingress.kubernetes.io/server-snippet: x }
  - Ingress edge/two: { tls: [{ hosts: [a.example.com], secretName: two }] }
    annotations: { kubernetes.io/ingress.class: x }
  - manifest: { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: old, namespace: edge } }
  - GatewayClass public: { controllerName: gateway }
  - ListenerSet edge/more: { parentRef: { name: public } }
  - Gateway edge/public:
      gatewayClassName: pubilc
      listeners:
        - { name: a, port: 80, protocol: TCP, tls: { certificateRefs: [{ name: c, namespace: certs }] } }
        - { name: b, port: 80, protocol: HTTP, hostname: b.example.com }
  - HTTPRoute edge/one:
      parentRefs: [{ name: pubilc }, { name: public, sectionName: c }, { name: public, sectionName: a }, { name: public, sectionName: b }]
      hostnames: [a.example.com]
      rules: [{ backendRefs: [{ name: nothing }, { name: one, namespace: b, port: 82 }, { name: ext, port: 80 }] }]
  - HTTPRoute edge/two: { parentRefs: [{ name: internal }], rules: [{}] }
  - HTTPRoute edge/loop: { parentRefs: [{ name: public, sectionName: b }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 301 } }] }] }
  - HTTPRoute edge/three: { parentRefs: [{ name: internal }], rules: [{}] }
  - ReferenceGrant edge/a: {}
  - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: ca, namespace: a }, data: { x: x } }
  - BackendTLSPolicy a/one: { targetRefs: [{ group: '', kind: Service, name: one, sectionName: x9 }], validation: { caCertificateRefs: [{ group: '', kind: ConfigMap, name: ca }] } }
  - BackendTLSPolicy a/two: { targetRefs: [{ group: '', kind: Service, name: one, sectionName: x9 }, { name: two }] }
  - manifest:
      apiVersion: kubeadm.k8s.io/v1beta4
      kind: ClusterConfiguration
      networking: { podSubnet: '10.244.0.0/16,fd00:10::/40', serviceSubnet: '10.96.0.0/16,fd00:96::/112', dnsDomain: Cluster.Local }
      scheduler: { extraArgs: { v: '2' } }
  - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 'fd00:10::/40,10.245.0.0/16', mode: ipvs }
  - manifest: { service-node-port-range: 30000-40000 }
  - manifest: { apiVersion: v1, kind: Secret, metadata: { name: x-tls, namespace: x } }
  - Ingress y/tls: { tls: [{ hosts: [y.example.com], secretName: x-tls }], rules: [] }
  - Service y/dns: { selector: { app: dns }, ports: [{ port: 53, protocol: UDP }] }
  - Endpoints y/dns: { subsets: [{ addresses: [{ ip: 192.0.2.7 }], ports: [{ port: 53, protocol: UDP }] }] }
  - manifest:
      apiVersion: v1
      kind: Pod
      metadata: { name: p, namespace: y }
      spec: { hostNetwork: true, hostUsers: false, containers: [{ livenessProbe: {} }, { image: 1 }] }
  - Deployment y/dns: { labels: { app: dns }, ports: [{ containerPort: 53, protocol: UDP }] }
  - NetworkPolicy y/dns: { podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [{ port: 53 }] }] }
  - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: p, namespace: metallb-system } }
  - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: q, namespace: metallb-system }, spec: { myASN: 1, bfdProfile: pp } }
  - manifest: { apiVersion: metallb.io/v1beta1, kind: BFDProfile, metadata: { name: p, namespace: metallb-system }, spec: { receiveInterval: 5 } }
  - Service z/inside: { type: LoadBalancer, loadBalancerIP: 10.244.9.9, ports: [{ port: 80 }] }
  - manifest: { apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: { name: 010.0.0.1 } }
  - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [10.10.0.10], clusterDomain: x.example }
  - manifest:
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: kube-flannel-cfg, namespace: kube-flannel }
      data: { net-conf.json: '{"Network": "10.244.0.0/16"}' }
  - manifest:
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cilium-config, namespace: kube-system }
      data: { cluster-id: '256', routing-mode: native, ipv4-native-routing-cidr: 10.0.0.0/24 }
  - manifest:
      apiVersion: projectcalico.org/v3
      kind: IPReservation
      metadata: { name: owner }
      spec: { reservedCIDRs: [172.31.0.0/29] }
  - manifest:
      apiVersion: v1
      kind: Node
      metadata: { name: a }
      spec: { podCIDRs: [10.244.0.0/24] }
      status: { addresses: [{ type: InternalIP, address: 192.0.2.9 }] }
  - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDRs: [10.244.0.0/24] }, status: { addresses: [{ type: InternalIP, address: 192.0.2.9 }] } }
  - IPPool bits: { cidr: 10.50.0.1/16 }
  - manifest: { apiVersion: projectcalico.org/v3, kind: BGPConfiguration, metadata: { name: main }, spec: { serviceClusterIPs: [{ cidr: 10.96.0.0/16 }] } }
  - IPPool six: { cidr: 'fd00:77::/128', blockSize: 128 }
  - manifest:
      apiVersion: v1
      kind: Pod
      metadata: { name: fixed, annotations: { cni.projectcalico.org/ipAddrs: none } }
      spec: { containers: [] }
  - IPPool blocks: { cidr: 10.51.0.0/16, blockSize: 16 }
  - manifest: { apiVersion: crd.projectcalico.org/v1, kind: IPPool, metadata: { name: stored }, spec: { cidr: 10.52.0.0/16 } }
  - Namespace a: null
    annotations: { cni.projectcalico.org/ipv4pools: '["none"]' }
  - IPAMConfiguration main: { maxBlocksPerHost: 4 }
  - Installation default: { calicoNetwork: { ipPools: [{ name: a, cidr: 10.53.0.0/16 }, { name: a, cidr: 10.54.0.0/16 }] } }
  - IPAddressPool metallb-system/a: { addresses: [192.0.2.8-192.0.2.15, 172.17.0.0/28, 192.0.2.1] }
  - IPAddressPool default/b: { addresses: [192.0.2.8/30] }
  - IPAddressPool metallb-system/tiny: { addresses: [203.0.113.77/32], autoAssign: false }
  - Service a/tiny: { type: LoadBalancer, ports: [{ port: 80 }] }
    annotations: { metallb.io/address-pool: tiny }
  - Service b/tiny: { type: LoadBalancer, ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
    annotations: { metallb.io/address-pool: tiny }
  - L2Advertisement metallb-system/l2: { ipAddressPools: [c] }
  - Service a/two: { type: LoadBalancer, loadBalancerIP: 192.0.2.3, ports: [{ port: 80 }] }
    annotations: { metallb.io/loadBalancerIPs: 192.0.2.3 }
  - CiliumLoadBalancerIPPool c: { blocks: [{ cidr: 192.0.2.4/31 }, {}] }
  - CiliumPodIPPool a: { ipv4: { cidrs: [10.244.64.0/24, 10.244.64.0/25] } }
  - Service d/3x:
      type: NodePort
      clusterIP: 10.96.000.077
      loadBalancerSourceRanges: [x]
      internalTrafficPolicy: local
      sessionAffinity: Cookie
      externalIPs: [127.0.0.1]
      ipFamilies: [IPv4, IPv4]
      ports: [{ port: 0, protocol: tcp }, { port: 80 }, { port: 80 }]
  - Service d/ranges: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1/8, 0.0.0.0/0], ports: [{ port: 80, nodePort: 10250 }] }
  - Service d/labelled: { type: LoadBalancer, ports: [{ port: 80 }] }
    labels: { metallb.io/address-pool: public }
  - Service d/url: { type: ExternalName, externalName: 'https://db.example.com/' }
  - Service d/loop: { type: ExternalName, externalName: loop.d.svc }
  - Service d/away: { type: ExternalName, externalName: away.none.svc }
  - Service d/public: { type: ExternalName, externalName: db.example.d }
  - Service d/undeclared: { selector: { app: db }, ports: [{ port: 1 }] }
  - StatefulSet d/a-database-with-a-very-descriptive-name-of-58-characters-x:
      serviceName: undeclared
      labels: { app: db }
      ports: [{ containerPort: 5432 }]
  - Pod d/peer: { subdomain: peers }
  - ServiceCIDR small: { cidrs: [10.97.0.1/16] }
  - EndpointSlice d/slice: { addressType: IPv4, endpoints: [{ addresses: [127.0.0.1] }, {}, { addresses: [10.96.0.99] }], ports: [{ name: other }] }
    labels: { kubernetes.io/service-name: d }
  - EndpointSlice d/lonely: { addressType: IPv4, ports: [{ name: other }] }
    labels: { kubernetes.io/service-name: 3x }
  - DaemonSet pol/a: { labels: { app: a }, hostNetwork: true, ports: [{ name: http, containerPort: 8080, hostPort: 30080 }] }
    labels: { version: v 1 }
  - DaemonSet pol/b: { labels: { app: b }, ports: [{ containerPort: 8080, hostPort: 30080 }] }
  - DaemonSet pol/c: { labels: { app: c } }
  - manifest:
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: many, namespace: pol }
      spec: { replicas: 2, template: { spec: { containers: [{ ports: [{ containerPort: 1, hostPort: 1 }] }] } } }
  - Service pol/a: { selector: { app: a }, ports: [{ port: 80, targetPort: 8080 }] }
  - NetworkPolicy pol/invalid:
      policyTypes: [Ingress, Ingress, Ingress]
      ingress:
        - { from: [{}, { ipBlock: { cidr: 10.0.0.1 } }, { podSelector: { matchLabels: { a: x y, b: x y } } }], ports: [{ port: 0 }] }
        - { from: [], to: [] }
      egress: [{}]
  - NetworkPolicy pol/wrong:
      podSelector: { matchExpressions: [{ key: app, operator: In, values: [a, c] }] }
      ingress:
        - from:
            - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ops } }
            - podSelector: { matchLabels: { app: prometheus } }
          ports: [{ port: metrics }]
      egress: [{ to: [{ podSelector: { matchLabels: { app: none } } }, { ipBlock: { cidr: 10.96.7.7/32 } }], ports: [{ port: 443 }] }]
  - NetworkPolicy pol/port: { podSelector: { matchLabels: { app: a } }, ingress: [{ ports: [{ port: 80 }] }] }
  - NetworkPolicy nowhere: { podSelector: {} }
  - NetworkPolicy pol/blocks:
      podSelector: { matchLabels: { app: a } }
      ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.244.9.9/32] } }, { ipBlock: { cidr: 10.244.9.9/32 } }] }]
  - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: one }, spec: { priority: 7 } }
  - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: two }, spec: { priority: 7 } }
  - Service d/six: { ipFamilies: [IPv6], ports: [{ port: 80 }] }
  - EndpointSlice d/six: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.9] }] }
    labels: { kubernetes.io/service-name: six }
  - NetworkPolicy pol/open: { podSelector: { matchLabels: { app: a } }, ingress: [{}, { from: [{ podSelector: {} }] }] }
  - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: calico }, spec: { ingress: [{ action: allow }] } }
  - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: cilium, namespace: plain }, spec: { endpointSelector: {}, ingress: [{}] } }
  - manifest: { apiVersion: discovery.k8s.io/v1beta1, kind: EndpointSlice, metadata: { name: old, namespace: d }, addressType: IPv4 }
  - manifest:
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: other, namespace: new }
      spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: b } }, spec: { containers: [] } } }
  - Service new/ignored: { externalName: db.example.com, selector: { matchLabels: { app: x } }, ports: [{ port: 80 }] }
  - Service new/address: { type: LoadBalancer, loadBalancerIP: 192.0.2.300, ports: [{ port: 80 }] }
  - Service new/taken: { externalIPs: [192.0.2.10], ports: [{ port: 80 }] }
  - manifest: { apiVersion: v1, kind: Secret, metadata: { name: cert, namespace: new }, stringData: { a: b } }
  - Ingress new/prefix:
      ingressClassName: other
      tls: [{ hosts: [n.example.com], secretName: cert }]
      rules: [{ host: n.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: taken, port: { number: 80 } } } }] } }]
  - Ingress new/exact:
      ingressClassName: other
      rules: [{ host: n.example.com, http: { paths: [{ path: /, pathType: Exact, backend: { service: { name: taken, port: { number: 80 } } } }] } }]
  - Ingress new/regex:
      ingressClassName: nginx
      rules: [{ host: n.example.com, http: { paths: [{ path: '/(.*)', pathType: Exact, backend: { service: { name: taken, port: { number: 80 } } } }] } }]
  - Gateway new/lower: { gatewayClassName: public, listeners: [{ name: a, port: 80, protocol: http }, { name: b, port: 443, protocol: HTTPS }] }
  - Deployment reach/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
  - Deployment reach/open: { labels: { app: open }, ports: [{ containerPort: 8080 }] }
  - Service reach/web: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
  - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: dns, namespace: new }, data: { Corefile: ". {\\n loop\\n forward . 127.0.0.1\\n}" } }
  - manifest: { apiVersion: v1, kind: Pod, metadata: { name: vip, namespace: new }, spec: { hostNetwork: true, containers: [{ image: kube-vip, env: [{ name: address, value: 192.0.2.10 }] }] } }
  - manifest: { apiVersion: v1, kind: Service, metadata: { name: shared, namespace: facts, annotations: { metallb.io/allow-shared: x } }, spec: { type: LoadBalancer, externalTrafficPolicy: Local, selector: { app: alone }, ports: [{ port: 80 }] } }
  - Service facts/search: { clusterIP: None, selector: { app: alone }, ports: [{ port: 80, targetPort: 9200 }] }
  - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: alone, namespace: facts }, spec: { replicas: 1, selector: { matchLabels: { app: alone } }, template: { metadata: { labels: { app: alone } }, spec: { containers: [{ name: a, image: a, ports: [{ containerPort: 9200 }] }] } } } }
  - IPAddressPool metallb-system/off: { addresses: [198.18.7.0/28] }
  - L2Advertisement metallb-system/off: { ipAddressPools: ['off'] }
  - Gateway facts/edge: { gatewayClassName: public, listeners: [{ name: a, port: 80, protocol: HTTP }] }
  - HTTPRoute facts/web: { parentRefs: [{ name: edge }], hostnames: [api.example.com] }
  - GRPCRoute facts/rpc: { parentRefs: [{ name: edge }], hostnames: [api.example.com] }
  - Service reach/open: { type: NodePort, selector: { app: open }, ports: [{ port: 80, targetPort: 8080 }] }
  - NetworkPolicy reach/wide: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }] }] }
  - NetworkPolicy reach/undeclared: { podSelector: { matchLabels: { app: declares } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 1 }] }] }
  - Deployment reach/declares: { labels: { app: declares }, ports: [{ containerPort: 8080 }] }
  - NetworkPolicy reach/narrow: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }] }
  - manifest:
      apiVersion: v1
      kind: Pod
      metadata: { name: settings, namespace: new }
      spec:
        dnsPolicy: None
        containers: [{ ports: [{ containerPort: 80 }, { containerPort: 80 }], readinessProbe: { tcpSocket: { port: http } } }]
`);

function run(sources: readonly SourceObject[]): string[] {
  return [...runRules(NETWORK_RULES, networkModel(sources, ALL_FACTS)).findings].sort(compareFindings).map(findingText);
}

/**
 * A cluster that has service CIDRs of both families lacks none. Here, workloads are in namespace default too, nodes have pod ranges, many
 * of them, a pool for nodes may be one that cannot be read, and policies of the whole cluster may decide.
 */
const OF_ANOTHER_NETWORK: ReadonlySet<string> = new Set([
  'NL139',
  'NL241',
  'NL517',
  'NL613',
  'NL681',
  'NL711',
  'NL713',
]);

test('the broken network breaks every rule', () => {
  const { findings, skipped } = runRules(NETWORK_RULES, networkModel(BROKEN, ALL_FACTS));
  expect([...new Set(findings.map(({ code }) => code))].sort(compareText)).toEqual(
    NETWORK_RULES.map(({ code }) => code).filter((code) => !OF_ANOTHER_NETWORK.has(code)),
  );
  expect(skipped).toEqual([]);
});

test('the order of objects and of keys changes nothing', () => {
  const expected = run(BROKEN);
  const reordered = shuffled(BROKEN).chain((sources) =>
    fc
      .tuple(...sources.map(({ manifest }) => shuffledKeys(manifest)))
      .map((manifests) => sources.map((source, index) => ({ ...source, manifest: manifests[index] }))),
  );
  fc.assert(
    fc.property(reordered, (sources) => {
      expect(run(sources)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('nothing makes a rule throw, whatever the shape of an object', () => {
  const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
  const names = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString');
  const damaged = fc.constantFrom(...BROKEN).chain(({ manifest }) => damage(manifest, anything));
  const foreign = fc
    .record({
      apiVersion: fc.constantFrom(
        'v1',
        'apps/v1',
        'networking.k8s.io/v1',
        'projectcalico.org/v3',
        'metallb.io/v1beta1',
        'cilium.io/v2',
        'discovery.k8s.io/v1',
        '',
      ),
      kind: fc.constantFrom(
        'Service',
        'Pod',
        'Ingress',
        'IngressClass',
        'GatewayClass',
        'Gateway',
        'HTTPRoute',
        'ReferenceGrant',
        'NetworkPolicy',
        'IPPool',
        'IPAddressPool',
        'CiliumLoadBalancerIPPool',
        'Node',
        'Endpoints',
        'EndpointSlice',
        'ServiceCIDR',
        'StatefulSet',
        'List',
        'constructor',
      ),
      metadata: fc.record({ name: names, namespace: names, labels: anything, annotations: anything }),
      spec: anything,
      items: anything,
    })
    .map((manifest): unknown => manifest);
  fc.assert(
    fc.property(fc.array(fc.oneof(damaged, foreign, anything), { maxLength: 8 }), (manifests) => {
      const sources = manifests.map((manifest, index) => sourceObject(manifest, `object-${index}`));
      const { findings } = runRules(NETWORK_RULES, networkModel(sources, ALL_FACTS));
      for (const { object, origin, message, help } of findings) {
        expect(object).not.toBeNull();
        expect(origin).not.toBeNull();
        expect(`${message} ${help}`).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: 500 },
  );
});

/** The value with one of its members, at any depth, replaced. */
function damage(value: unknown, by: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return by;
  return fc
    .constantFrom(...Object.entries(value))
    .chain(([key, member]: [string, unknown]) =>
      fc.oneof(by, damage(member, by)).map((replaced) => replaceMember(value, key, replaced)),
    );
}

function replaceMember(value: object, key: string, replaced: unknown): unknown {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === key ? replaced : item))
    : Object.fromEntries([...Object.entries(value), [key, replaced]]);
}

const FACTS_MISSING: readonly (readonly [string, string])[] = [
  ['NL204', 'the service CIDR is not known'],
  ['NL205', 'the service CIDR is not known'],
  ['NL206', 'the service CIDR is not known'],
  ['NL208', 'the load balancer range is not known'],
  ['NL209', 'the service CIDR is not known, and the pod CIDR is not known'],
  ['NL241', 'the service CIDR is not known'],
  ['NL521', 'the pod CIDR is not known'],
  ['NL643', 'the pod CIDR is not known'],
];

/** What these rules look at, without a word about the ranges of the cluster. */
const WITHOUT_FACTS = objects(`
  - Service shop/web: { type: LoadBalancer, clusterIP: 10.96.7.7, ipFamilies: [IPv4], loadBalancerIP: 192.0.2.10, externalIPs: [203.0.113.5], ports: [{ port: 80 }] }
  - NetworkPolicy shop/web: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }] }
  - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { routing-mode: native, ipv4-native-routing-cidr: 10.0.0.0/8 } }
`);

test('rules that have nothing to look at are not said to be skipped', () => {
  expect(
    runRules(NETWORK_RULES, networkModel(objects('[{ Service shop/web: { ports: [{ port: 80 }] } }]'), {})).skipped,
  ).toEqual([]);
});

test('the options that tell what is not known are named', () => {
  const { skipped } = runRules(NETWORK_RULES, networkModel(WITHOUT_FACTS, {}));
  expect(new Map(skipped.map(({ code, options }) => [code, options]))).toEqual(
    new Map([
      ['NL204', ['--service-cidr']],
      ['NL205', ['--service-cidr']],
      ['NL206', ['--service-cidr']],
      ['NL208', ['--load-balancer-cidr']],
      ['NL209', ['--service-cidr', '--pod-cidr']],
      ['NL241', ['--service-cidr']],
      ['NL521', ['--pod-cidr']],
      ['NL643', ['--pod-cidr']],
    ]),
  );
});

test('rules that need what is not known are skipped, and say why', () => {
  const { skipped } = runRules(NETWORK_RULES, networkModel(WITHOUT_FACTS, {}));
  expect(skipped.map(({ code, because }) => [code, because])).toEqual(FACTS_MISSING);
});

test('a rule that can do with one of two facts is not skipped', () => {
  const { skipped } = runRules(NETWORK_RULES, networkModel(WITHOUT_FACTS, facts({ podCidrs: '10.244.0.0/16' })));
  expect(skipped.map(({ code }) => code)).toEqual(['NL204', 'NL205', 'NL206', 'NL208', 'NL241']);
});

test('a finding has the severity of its rule unless the rule says another', () => {
  const [service] = objects('[{ Service shop/web: {} }]');
  const rule: NetworkRule = {
    code: 'NL999',
    slug: 'example',
    severity: 'warning',
    title: 'An example',
    check({ services }, report) {
      report({ on: services[0].object, field: [], message: 'usual', help: 'none' });
      report({ on: services[0].object, field: [], message: 'worse', help: 'none', severity: 'error' });
    },
  };
  const { findings } = runRules([rule], networkModel([service], {}));
  expect(findings.map(({ message, severity }) => [message, severity])).toEqual([
    ['usual', 'warning'],
    ['worse', 'error'],
  ]);
});

describe('the list of rules', () => {
  const folder = join(__dirname, '../../lib/rules');

  test('is sorted by code, and no code or slug appears twice', () => {
    const codes = NETWORK_RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort(compareText));
    expect(new Set(NETWORK_RULES.map(({ slug }) => slug)).size).toBe(NETWORK_RULES.length);
  });

  test('holds every file that defines a rule, named after its slug', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(': NetworkRule = {'),
      )
      .map(({ name }) => name);
    expect(files.sort(compareText)).toEqual(NETWORK_RULES.map(({ slug }) => `${slug}.ts`).sort(compareText));
  });
});

test('what an anchor holds is said once', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n' +
    '  - &port {port: 80, protocol: tcp, name: a}\n  - {<<: *port, port: 81, name: b}\n  - {port: 82, protocol: tcp, name: c}\n';
  const places = check([file('a.yaml', text)]).findings.flatMap(({ code, origin }) =>
    code === 'NL231' ? [origin?.line] : [],
  );
  expect(places).toEqual([7, 9]);
});
