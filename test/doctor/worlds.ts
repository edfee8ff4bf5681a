import type { SourceObject } from '../../lib/model';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; [key: string]: unknown };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [key: string]: unknown;
}

export interface WorldSize {
  readonly nodes: number;
  /** Each with its Deployment, pods and slice. */
  readonly services: number;
  readonly replicas: number;
}

const CONDITION = { lastTransitionTime: '2026-01-01T00:00:00Z' };

export function condition(type: string, status: string, reason = 'Ok', message = ''): object {
  return { type, status, reason, message, ...CONDITION };
}

/** A cluster with Flannel, kube-proxy, CoreDNS, Services, an Ingress and a Gateway, in which all is well. */
export function healthyWorld({ nodes, services, replicas }: WorldSize): Manifest[] {
  const nodeNames = Array.from({ length: nodes }, (_, index) => `n${index + 1}`);
  const used = new Map(nodeNames.map((name) => [name, 1]));
  /** The next address of a node. */
  const addressOn = (node: string): string => {
    const host = (used.get(node) ?? 1) + 1;
    used.set(node, host);
    return `10.244.${nodeNames.indexOf(node) + 1}.${host}`;
  };
  const ownPods = (
    owner: { kind: string; name: string; namespace: string },
    labels: Record<string, string>,
    count: number,
  ): Manifest[] =>
    Array.from({ length: count }, (_, index) => {
      const node = nodeNames[index % nodes];
      return pod(`${owner.name}-${index}`, owner, labels, node, addressOn(node));
    });
  const daemonPods = (name: string, namespace: string): Manifest[] =>
    nodeNames.map((node, index) => {
      const made = pod(
        `${name}-${node}`,
        { kind: 'DaemonSet', name, namespace },
        { app: name },
        node,
        `192.168.0.${index + 1}`,
      );
      return { ...made, spec: { ...made.spec, hostNetwork: true } };
    });
  const dnsPods = ownPods(
    { kind: 'Deployment', name: 'coredns', namespace: 'kube-system' },
    { 'k8s-app': 'kube-dns' },
    2,
  );
  return [
    ...nodeNames.map((name, index): Manifest => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      spec: { podCIDR: `10.244.${index + 1}.0/24`, podCIDRs: [`10.244.${index + 1}.0/24`] },
      status: {
        addresses: [{ type: 'InternalIP', address: `192.168.0.${index + 1}` }],
        conditions: [condition('Ready', 'True')],
      },
    })),
    ...['kube-flannel/kube-flannel-ds', 'kube-system/kube-proxy'].flatMap((text) => {
      const [namespace, name] = text.split('/');
      return [daemonSet(namespace, name, nodes), ...daemonPods(name, namespace)];
    }),
    service('kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' }, '10.96.0.10', {
      port: 53,
      targetPort: 53,
      protocol: 'UDP',
    }),
    ...dnsPods,
    slice('kube-dns', 'kube-system', dnsPods, 53, 'UDP'),
    ...Array.from({ length: services }, (_, index) => `web${index}`).flatMap((name, index) => {
      const pods = ownPods({ kind: 'Deployment', name, namespace: 'shop' }, { app: name }, replicas);
      return [
        deployment(name, 'shop', { app: name }, replicas),
        service(name, 'shop', { app: name }, `10.96.1.${index + 1}`, { port: 80, targetPort: 8080, protocol: 'TCP' }),
        ...pods,
        slice(name, 'shop', pods, 8080, 'TCP'),
      ];
    }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'traefik' },
      spec: { controller: 'traefik.io/ingress-controller' },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: {
        ingressClassName: 'traefik',
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web0', port: { number: 80 } } } }],
            },
          },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'public' },
      spec: { controllerName: 'example.com/gateway' },
      status: { conditions: [{ ...condition('Accepted', 'True'), observedGeneration: 1 }] },
    },
  ];
}

function deployment(name: string, namespace: string, labels: Record<string, string>, replicas: number): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec() } },
  };
}

function daemonSet(namespace: string, name: string, nodes: number): Manifest {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...podSpec(), hostNetwork: true } },
    },
    status: { currentNumberScheduled: nodes, desiredNumberScheduled: nodes, numberMisscheduled: 0, numberReady: nodes },
  };
}

function podSpec(): Record<string, unknown> {
  return { containers: [{ name: 'main', image: 'registry.example.com/main:1' }] };
}

function pod(
  name: string,
  owner: { readonly kind: string; readonly name: string; readonly namespace: string },
  labels: Record<string, string>,
  node: string,
  ip: string,
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: owner.namespace,
      labels,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: owner.kind, name: owner.name, uid: '1', controller: true }],
    },
    spec: { ...podSpec(), nodeName: node },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [condition('Ready', 'True')] },
  };
}

function service(
  name: string,
  namespace: string,
  selector: Record<string, string>,
  clusterIP: string,
  port: object,
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP, selector, ports: [port] },
  };
}

function slice(name: string, namespace: string, pods: readonly Manifest[], port: number, protocol: string): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-abcde`,
      namespace,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid: '1', controller: true }],
    },
    addressType: 'IPv4',
    endpoints: pods.map(({ status }) => ({ addresses: [status?.podIP], conditions: { ready: true } })),
    ports: [{ port, protocol }],
  };
}

export function sources(world: readonly Manifest[]): SourceObject[] {
  return world.map((manifest) => ({
    manifest,
    locate: () => ({ file: 'world', line: null, column: null, construct: null }),
  }));
}
