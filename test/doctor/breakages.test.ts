import fc from 'fast-check';
import { diagnose, overview } from '../../lib/doctor';
import type { Finding } from '../../lib/finding/finding';
import { networkModel, type NetworkModel } from '../../lib/model';
import { facts } from '../rules/expectations';
import { condition, healthyWorld, type Manifest, sources, type WorldSize } from './worlds';

const FACTS = facts({ podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/16' });

function modelOf(world: readonly Manifest[]): NetworkModel {
  return networkModel(sources(world), FACTS);
}

function found(world: readonly Manifest[]): readonly Finding[] {
  return diagnose(modelOf(world)).findings;
}

const SIZE: WorldSize = { nodes: 3, services: 2, replicas: 3 };

test('a healthy cluster has no finding', () => {
  expect(found(healthyWorld(SIZE))).toEqual([]);
  expect(overview(modelOf(healthyWorld(SIZE)))).toEqual([
    { what: 'nodes', seen: '3 of 3 ready' },
    { what: 'network plugin', seen: 'Flannel, DaemonSet kube-flannel/kube-flannel-ds: ready on 3 of 3 nodes' },
    { what: 'pods', seen: '14 of 14 ready' },
    { what: 'cluster DNS', seen: '2 of 2 pods ready, on 2 nodes' },
    { what: 'Services', seen: '3 of 3 with a selector have a ready pod' },
    { what: 'ways in', seen: '1 of 1 Ingresses have an address, 0 of 0 Gateways are programmed' },
  ]);
});

interface Breakage {
  readonly breaks: (world: Manifest[], which: number) => void;
  /** Of the finding that comes first. */
  readonly code: string;
}

const ofKind = (world: readonly Manifest[], kind: string, name = /./): Manifest[] =>
  world.filter((object) => object.kind === kind && name.test(object.metadata.name));

function unready(pod: Manifest, reason: string): void {
  pod.status = {
    ...pod.status,
    conditions: [condition('Ready', 'False', 'ContainersNotReady')],
    containerStatuses: [{ name: 'main', state: { waiting: { reason, message: 'back-off 5m0s' } } }],
  };
}

/** As the controllers do: what is not ready leaves the endpoints. */
function withdraw(world: readonly Manifest[], pods: readonly Manifest[]): void {
  const addresses = new Set(pods.map(({ status }) => status?.podIP));
  for (const slice of ofKind(world, 'EndpointSlice')) {
    for (const endpoint of slice.endpoints as { addresses: string[]; conditions: { ready: boolean } }[]) {
      if (endpoint.addresses.some((address) => addresses.has(address))) endpoint.conditions.ready = false;
    }
  }
}

const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'a node has no network': {
    code: 'NL661',
    breaks: (world, which) => {
      const nodes = ofKind(world, 'Node');
      nodes[which % nodes.length].status = {
        conditions: [condition('Ready', 'False', 'KubeletNotReady', 'cni plugin not initialized')],
      };
    },
  },
  'a kubelet is gone': {
    code: 'NL661',
    breaks: (world, which) => {
      const nodes = ofKind(world, 'Node');
      nodes[which % nodes.length].status = { conditions: [condition('Ready', 'Unknown', 'NodeStatusUnknown')] };
    },
  },
  'the plugin fails on a node': {
    code: 'NL650',
    breaks: (world, which) => {
      const [plugin] = ofKind(world, 'DaemonSet', /flannel/);
      plugin.status = { ...plugin.status, numberReady: Number(plugin.status?.desiredNumberScheduled) - 1 };
      const pods = ofKind(world, 'Pod', /flannel/);
      unready(pods[which % pods.length], 'CrashLoopBackOff');
    },
  },
  'a node has no pod CIDR': {
    code: 'NL662',
    breaks: (world, which) => {
      const nodes = ofKind(world, 'Node');
      nodes[which % nodes.length].spec = {};
    },
  },
  'kube-proxy does not run on a node': {
    code: 'NL283',
    breaks: (world) => {
      const [proxy] = ofKind(world, 'DaemonSet', /kube-proxy/);
      proxy.status = { ...proxy.status, numberReady: 0 };
    },
  },
  'a pod gets no address': {
    code: 'NL670',
    breaks: (world, which) => {
      const pods = ofKind(world, 'Pod', /^web/);
      const pod = pods[which % pods.length];
      withdraw(world, [pod]);
      pod.status = { phase: 'Pending', conditions: [condition('Ready', 'False')] };
    },
  },
  'two pods have one address': {
    code: 'NL671',
    breaks: (world, which) => {
      const pods = ofKind(world, 'Pod', /^web/);
      const [one, other] = [pods[which % pods.length], pods[(which + 1) % pods.length]];
      one.status = { ...one.status, podIP: other.status?.podIP, podIPs: other.status?.podIPs };
    },
  },
  'no pod of the DNS is ready': {
    code: 'NL320',
    breaks: (world) => {
      const pods = ofKind(world, 'Pod', /^coredns/);
      for (const pod of pods) unready(pod, 'CrashLoopBackOff');
      withdraw(world, pods);
    },
  },
  'no pod behind a Service is ready': {
    code: 'NL280',
    breaks: (world, which) => {
      const pods = ofKind(world, 'Pod', new RegExp(`^web${which % SIZE.services}-`));
      for (const pod of pods) unready(pod, 'ImagePullBackOff');
      withdraw(world, pods);
    },
  },
  'a Deployment is scaled to nothing': {
    code: 'NL280',
    breaks: (world, which) => {
      const name = `web${which % SIZE.services}`;
      for (const deployment of ofKind(world, 'Deployment', new RegExp(`^${name}$`)))
        deployment.spec = { ...deployment.spec, replicas: 0 };
      for (const pod of ofKind(world, 'Pod', new RegExp(`^${name}-`))) world.splice(world.indexOf(pod), 1);
      for (const slice of ofKind(world, 'EndpointSlice', new RegExp(`^${name}-`))) slice.endpoints = [];
    },
  },
  'endpoints are no longer kept': {
    code: 'NL281',
    breaks: (world, which) => {
      const slices = ofKind(world, 'EndpointSlice');
      slices[which % slices.length].endpoints = [];
    },
  },
  'an endpoint is no pod': {
    code: 'NL281',
    breaks: (world, which) => {
      const slices = ofKind(world, 'EndpointSlice');
      const slice = slices[which % slices.length];
      slice.endpoints = [
        ...(slice.endpoints as object[]),
        { addresses: ['10.244.200.9'], conditions: { ready: true } },
      ];
    },
  },
  'a load balancer gives no address': {
    code: 'NL282',
    breaks: (world, which) => {
      const [service] = ofKind(world, 'Service', new RegExp(`^web${which % SIZE.services}$`));
      service.spec = { ...service.spec, type: 'LoadBalancer' };
    },
  },
  'a GatewayClass has no controller': {
    code: 'NL470',
    breaks: (world) => {
      ofKind(world, 'GatewayClass')[0].status = {
        conditions: [{ ...condition('Accepted', 'Unknown', 'Pending'), observedGeneration: 1 }],
      };
    },
  },
};

/** Those that are no error by themselves. */
const WARNINGS: Readonly<Record<string, Breakage>> = {
  'a pod has an address of an old range': {
    code: 'NL672',
    breaks: (world, which) => {
      const pods = ofKind(world, 'Pod', /^web/);
      const pod = pods[which % pods.length];
      const old = pod.status?.podIP;
      pod.status = { ...pod.status, podIP: '10.32.0.9', podIPs: [{ ip: '10.32.0.9' }] };
      for (const slice of ofKind(world, 'EndpointSlice')) {
        for (const endpoint of slice.endpoints as { addresses: string[] }[]) {
          endpoint.addresses = endpoint.addresses.map((address) => (address === old ? '10.32.0.9' : address));
        }
      }
    },
  },
  'the DNS is on one node': {
    code: 'NL321',
    breaks: (world) => {
      for (const pod of ofKind(world, 'Pod', /^coredns/)) pod.spec = { ...pod.spec, nodeName: 'n1' };
    },
  },
  'an Ingress has no address': {
    code: 'NL460',
    breaks: (world) => {
      ofKind(world, 'Ingress')[0].status = {};
    },
  },
};

const ALL = Object.entries({ ...BREAKAGES, ...WARNINGS });

test.each(ALL)('%s: that is named first', (_, { breaks, code }) => {
  const world = healthyWorld(SIZE);
  breaks(world, 0);
  const findings = found(world);
  expect(findings.at(0)?.code).toBe(code);
  expect(
    findings.map(({ code: each, message, help, related }) => [
      each,
      message,
      help,
      related.map((other) => other.message),
    ]),
  ).toMatchSnapshot();
});

test('wherever it breaks, in clusters of any size and in any order', () => {
  fc.assert(
    fc.property(
      fc.record({
        nodes: fc.integer({ min: 2, max: 6 }),
        services: fc.constant(SIZE.services),
        replicas: fc.integer({ min: 2, max: 4 }),
      }),
      fc.constantFrom(...ALL),
      fc.nat(20),
      fc.infiniteStream(fc.nat()),
      (size, [, { breaks, code }], which, noise) => {
        const world = healthyWorld(size);
        breaks(world, which);
        const shuffled = world
          .map((object) => ({ object, at: Number(noise.next().value) }))
          .sort((a, b) => a.at - b.at);
        const findings = found(world);
        expect(findings.at(0)?.code).toBe(code);
        expect(found(shuffled.map(({ object }) => object))).toEqual(findings);
      },
    ),
    { numRuns: 150 },
  );
});
