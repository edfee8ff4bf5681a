import { diffModels, type ExposureChange, type ModelDiff } from '../../lib/diff';
import { objectText } from '../../lib/finding/finding';
import { networkModel } from '../../lib/model';
import { objects } from '../rules/expectations';

function diff(before: string, after: string): ModelDiff {
  return diffModels(networkModel(objects(before), {}), networkModel(objects(after), {}));
}

/** `~ Service shop/web spec.type: ClusterIP → NodePort` */
function objectTexts({ objects: rows }: ModelDiff): string[] {
  return rows.flatMap(({ change, object, apiVersionBefore, fields, otherFields }) => [
    `${change} ${objectText(object)}${apiVersionBefore === null ? '' : ` from ${apiVersionBefore}`}${otherFields > 0 ? ` and ${otherFields} more` : ''}`,
    ...fields.map(
      ({ field, before, after }) =>
        `  ${field}: ${JSON.stringify(before?.value ?? null)} → ${JSON.stringify(after?.value ?? null)}`,
    ),
  ]);
}

describe('objects', () => {
  test.each([
    ['nothing', '[{ Service a/a: { ports: [{ port: 80 }] } }]', '[{ Service a/a: { ports: [{ port: 80 }] } }]', []],
    [
      'what is the default',
      '[{ Service a/a: { ports: [{ port: 80 }] } }, { IPPool p: { cidr: 10.48.0.0/16 } }]',
      '[{ Service a/a: { type: ClusterIP, sessionAffinity: None, selector: {}, externalIPs: [], ports: [{ port: 80, targetPort: 80, protocol: TCP, nodePort: null }] } }, { IPPool p: { cidr: 10.48.0.0/16, blockSize: 26, nodeSelector: all() } }]',
      [],
    ],
    [
      'the order of what is a set, and spellings of addresses',
      "[{ NetworkPolicy a/a: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }] }, { ports: [{ port: 1 }, { port: x }] }] } }, { Service a/a: { externalIPs: [192.0.2.1, '2001:db8:0::1'], ports: [{ port: 80, name: a }, { port: 81, name: b }] } }]",
      "[{ NetworkPolicy a/a: { podSelector: { matchLabels: {} }, policyTypes: [Egress, Ingress], ingress: [{ ports: [{ port: x, protocol: TCP }, { port: 1 }] }, { from: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { podSelector: {} }] }] } }, { Service a/a: { externalIPs: ['2001:db8::1', 192.0.2.1], ports: [{ port: 81, name: b }, { port: 80, name: a }] } }]",
      [],
    ],
    [
      'fields by the keys of their lists, and what the network does not see by its number',
      '[{ Deployment a/web: { labels: { app: web }, ports: [{ containerPort: 80 }] } }, { Service a/a: { ports: [{ port: 81, name: b }, { port: 80, name: a }] } }]',
      '[{ Deployment a/web: { labels: { app: web, tier: x }, ports: [{ containerPort: 80, name: http }], restartPolicy: Never } }, { Service a/a: { ports: [{ port: 80, name: a, targetPort: 8080 }] } }]',
      [
        'changed Deployment a/web and 1 more',
        '  spec.template.metadata.labels.tier: null → "x"',
        '  spec.template.spec.containers[main].ports[80/TCP].name: null → "http"',
        'changed Service a/a',
        '  spec.ports[80/TCP].targetPort: 80 → 8080',
        '  spec.ports[81/TCP].name: "b" → null',
        '  spec.ports[81/TCP].port: 81 → null',
      ],
    ],
    [
      'an empty selector is not a missing one',
      '[{ NetworkPolicy a/a: { ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] } }]',
      '[{ NetworkPolicy a/a: { ingress: [{ from: [{ podSelector: {} }] }] } }]',
      [
        'changed NetworkPolicy a/a',
        '  spec.ingress.from: {"namespaceSelector":{},"podSelector":{}} → {"podSelector":{}}',
      ],
    ],
    [
      'an edited rule of a policy by the part that changes',
      '[{ NetworkPolicy a/a: { ingress: [{ ports: [{ port: 80 }, { port: 81 }], from: [{ podSelector: {} }] }, {}] } }]',
      '[{ NetworkPolicy a/a: { ingress: [{}, { from: [{ podSelector: {} }], ports: [{ port: 82 }, { port: 80 }] }] } }]',
      ['changed NetworkPolicy a/a', '  spec.ingress.ports.port: 81 → 82'],
    ],
    [
      'defaults that come with a type',
      '[{ Service a/a: { ports: [{ port: 80 }] } }]',
      '[{ Service a/a: { type: LoadBalancer, ports: [{ port: 80 }] } }]',
      ['changed Service a/a', '  spec.type: "ClusterIP" → "LoadBalancer"'],
    ],
    [
      'another version of the same group is the same object, another group is not',
      '[{ manifest: { apiVersion: gateway.networking.k8s.io/v1beta1, kind: Gateway, metadata: { name: g } } }, { manifest: { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: i } } }]',
      '[{ manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: g } } }, { manifest: { apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: i } } }]',
      [
        'changed Gateway default/g from gateway.networking.k8s.io/v1beta1',
        'removed Ingress default/i',
        'added Ingress default/i',
      ],
    ],
    [
      'what the server and release tools write',
      '[{ manifest: { apiVersion: v1, kind: Service, metadata: { name: a, uid: x, resourceVersion: "1", labels: { helm.sh/chart: a-1 } }, status: { loadBalancer: {} } } }]',
      '[{ manifest: { apiVersion: v1, kind: Service, metadata: { name: a, labels: { helm.sh/chart: a-2 } } } }]',
      ['changed Service default/a and 1 more'],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(objectTexts(diff(before, after))).toEqual(expected);
  });
});

test('addresses: what moves, comes and goes', () => {
  const { addresses } = diff(
    `
    - Service a/a: { type: LoadBalancer, clusterIP: 10.96.0.1, loadBalancerIP: 192.0.2.1, externalIPs: [192.0.2.8, 192.0.2.9], ports: [{ port: 80, nodePort: 30080 }] }
    - Service a/gone: { clusterIP: 10.96.0.7 }
    - IPPool p: { cidr: 10.48.0.0/16 }
    - IPAddressPool m/p: { addresses: [192.0.2.0/28, 192.0.2.32-192.0.2.40] }
    - Node n: { podCIDR: 10.48.1.0/24 }
    - EndpointSlice a/s: { addressType: IPv4, endpoints: [{ addresses: [198.51.100.1] }] }
    - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.48.0.0/16, dnsDomain: a.local } }
    `,
    `
    - Service a/a: { type: LoadBalancer, clusterIP: 10.96.0.2, loadBalancerIP: 192.0.2.2, externalIPs: [192.0.2.9], ports: [{ port: 80, nodePort: 30081 }] }
    - IPPool p: { cidr: 10.48.0.0/15 }
    - IPAddressPool m/p: { addresses: [192.0.2.0/27] }
    - Node n: { podCIDR: 10.48.2.0/24 }
    - EndpointSlice a/s: { addressType: IPv4, endpoints: [{ addresses: [198.51.100.2] }, { addresses: [198.51.100.1] }] }
    - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.48.0.0/15, dnsDomain: b.local } }
    `,
  );
  const texts = addresses.map(({ change, object, role, before, after }) => {
    const [from, to] = [before, after].map((states) => states.map(({ value }) => value).join(', '));
    return `${change} ${objectText(object)} ${role}: ${from} → ${to}`;
  });
  expect(texts).toEqual([
    'moved ClusterConfiguration kubeadm-config dnsDomain of kubeadm: a.local → b.local',
    'moved ClusterConfiguration kubeadm-config podSubnet of kubeadm: 10.48.0.0/16 → 10.48.0.0/15',
    'added EndpointSlice a/s endpoint:  → 198.51.100.2',
    'moved IPAddressPool m/p pool: 192.0.2.0/28, 192.0.2.32-192.0.2.40 → 192.0.2.0/27',
    'moved IPPool p pool: 10.48.0.0/16 → 10.48.0.0/15',
    'moved Node n pod CIDR: 10.48.1.0/24 → 10.48.2.0/24',
    'moved Service a/a clusterIP: 10.96.0.1 → 10.96.0.2',
    'removed Service a/a external IP: 192.0.2.8 → ',
    'moved Service a/a load balancer IP: 192.0.2.1 → 192.0.2.2',
    'moved Service a/a node port of 80/TCP: 30080 → 30081',
    'removed Service a/gone clusterIP: 10.96.0.7 → ',
  ]);
});

/** `exposed Service a/a node port 80/TCP`, `widened … from 10.0.0.0/8 to anywhere` */
function exposureText({ change, object, entrance, target, before, after }: ExposureChange): string {
  const [from, to] = [before, after].map((state) =>
    state === null ? '' : `${state.address}${state.sources === null ? '' : ` from ${state.sources.join(',')}`}`,
  );
  return `${change} ${objectText(object)} ${entrance} ${target === null ? '' : `${target} `}${[from, to].filter((text) => text !== '').join(' → ')}`;
}

const ingress = (host: string, path: string, service = 'web'): string =>
  `[{ Ingress a/i: { rules: [{ host: ${host}, http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] } }] } }]`;

describe('exposure', () => {
  test.each([
    [
      'the type of a Service',
      '[{ Service a/a: { ports: [{ port: 80 }] } }]',
      '[{ Service a/a: { type: LoadBalancer, ports: [{ port: 80 }] } }]',
      ['exposed Service a/a load balancer 80/TCP', 'exposed Service a/a node port 80/TCP'],
    ],
    [
      'a load balancer without node ports, and an external IP',
      '[]',
      '[{ Service a/a: { type: LoadBalancer, allocateLoadBalancerNodePorts: false, externalIPs: [192.0.2.1], ports: [{ port: 53, protocol: UDP }] } }]',
      ['exposed Service a/a external IP 192.0.2.1 53/UDP', 'exposed Service a/a load balancer 53/UDP'],
    ],
    [
      'source ranges',
      '[{ Service a/a: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{ port: 80 }] } }, { Service a/b: { type: LoadBalancer, ports: [{ port: 80 }] } }, { Service a/c: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{ port: 80 }] } }]',
      "[{ Service a/a: { type: LoadBalancer, ports: [{ port: 80 }] } }, { Service a/b: { type: LoadBalancer, ports: [{ port: 80 }] }, annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: '10.0.0.0/8, 192.0.2.0/24' } }, { Service a/c: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/9, 192.0.2.0/24], ports: [{ port: 80 }] } }]",
      [
        'widened Service a/a load balancer 80/TCP from 10.0.0.0/8 → 80/TCP',
        'altered Service a/c load balancer 80/TCP from 10.0.0.0/8 → 80/TCP from 10.0.0.0/9,192.0.2.0/24',
        'narrowed Service a/b load balancer 80/TCP → 80/TCP from 10.0.0.0/8,192.0.2.0/24',
      ],
    ],
    [
      'the same ranges in other words',
      '[{ Service a/a: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/9, 10.128.0.0/9], ports: [{ port: 80 }] } }]',
      '[{ Service a/a: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{ port: 80 }] } }]',
      [],
    ],
    [
      'a node port that moves is an address, not an exposure',
      '[{ Service a/a: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] } }]',
      '[{ Service a/a: { type: NodePort, ports: [{ port: 80, nodePort: 30081 }] } }]',
      [],
    ],
    [
      'a shorter prefix for the same Service',
      ingress('a.example.com', '/api/v1'),
      ingress('a.example.com', '/api'),
      ['widened Ingress a/i Ingress Service a/web:80 a.example.com/api/v1 (Prefix) → a.example.com/api (Prefix)'],
    ],
    [
      'every host instead of one',
      ingress('a.example.com', '/'),
      ingress('"*.example.com"', '/'),
      ['widened Ingress a/i Ingress Service a/web:80 a.example.com/ (Prefix) → *.example.com/ (Prefix)'],
    ],
    [
      'a path beside it, and another Service',
      ingress('a.example.com', '/api'),
      ingress('a.example.com', '/apis'),
      [
        'exposed Ingress a/i Ingress Service a/web:80 a.example.com/apis (Prefix)',
        'withdrawn Ingress a/i Ingress Service a/web:80 a.example.com/api (Prefix)',
      ],
    ],
    [
      'another Service behind the same path',
      ingress('a.example.com', '/'),
      ingress('a.example.com', '/', 'admin'),
      [
        'exposed Ingress a/i Ingress Service a/admin:80 a.example.com/ (Prefix)',
        'withdrawn Ingress a/i Ingress Service a/web:80 a.example.com/ (Prefix)',
      ],
    ],
    [
      'host ports, and those of the network of the node',
      '[{ Pod a/p: { ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 81, hostIP: 127.0.0.1 }] } }]',
      '[{ Pod a/p: { hostNetwork: true, ports: [{ containerPort: 80 }] } }]',
      ['exposed Pod a/p host port 80/TCP', 'withdrawn Pod a/p host port 8080/TCP'],
    ],
    [
      'listeners and routes; a route of a mesh lets nobody in',
      '[{ HTTPRoute a/mesh: { parentRefs: [{ group: "", kind: Service, name: web }], rules: [{ backendRefs: [{ name: x, port: 80 }] }] } }]',
      '[{ Gateway a/g: { listeners: [{ name: web, port: 443, protocol: HTTPS, hostname: "*.example.com" }] } }, { HTTPRoute a/r: { parentRefs: [{ name: g }], hostnames: [a.example.com], rules: [{ matches: [{ path: { type: PathPrefix, value: /api }, method: GET }], backendRefs: [{ name: x, port: 80 }] }] } }]',
      [
        'exposed Gateway a/g Gateway listener 443/HTTPS *.example.com',
        'exposed HTTPRoute a/r Gateway route Service a/x:80 a.example.com/api (PathPrefix, method "GET")',
      ],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(diff(before, after).exposure.map(exposureText)).toEqual(expected);
  });
});
