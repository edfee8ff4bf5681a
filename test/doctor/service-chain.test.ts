import { serviceChain } from '../../lib/doctor';
import { networkModel } from '../../lib/model';
import { readParty, reachWorkloads } from '../../lib/reach';
import { condition, healthyWorld, type Manifest, sources } from './worlds';

function chain(world: readonly Manifest[], from?: string): readonly string[] {
  const model = networkModel(sources(world), {});
  const service = model.service('shop', 'web0');
  if (service === undefined) throw new Error('there is no Service web0');
  const read = from === undefined ? undefined : readParty(from, reachWorkloads(model, 'node'), model.facts.dns);
  const asking =
    from !== undefined && read !== undefined && 'party' in read ? { name: from, party: read.party } : undefined;
  return serviceChain(model, service, asking).map(
    ({ what, holds, seen }) => `${holds === undefined ? '?' : holds ? '+' : '-'} ${what}: ${seen}`,
  );
}

const world = (): Manifest[] => healthyWorld({ nodes: 3, services: 2, replicas: 2 });

const DENY: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-web1', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'web0' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web1' } } }], ports: [{ port: 8080 }] }],
  },
};

test('a Service that answers', () => {
  expect(chain(world())).toEqual([
    '+ the selector finds pods: app=web0: web0-0, web0-1',
    '+ pods are ready: 2 of 2',
    '+ they are its endpoints: 10.244.1.3, 10.244.2.3',
    '+ target ports are ports of the pods: 80 → 8080',
    '+ policies let it in: 0.0.0.0-255.255.255.255 can open TCP 8080 of shop/web0[Deployment]',
    '+ something serves its address on each node: kube-proxy on 3 of 3 nodes',
  ]);
});

test('policies, for who asks', () => {
  const guarded = [...world(), DENY];
  expect(chain(guarded, 'shop/web1')).toContain(
    '+ policies let it in: shop/web1 can open TCP 8080 of shop/web0[Deployment]',
  );
  expect(chain(guarded, 'outside').at(-1)).toBe(
    '- policies let it in: outside cannot open 8080 of shop/web0[Deployment]',
  );
  expect(chain(guarded, 'kube-system/coredns').at(-1)).toBe(
    '- policies let it in: kube-system/coredns cannot open 8080 of shop/web0[Deployment]',
  );
});

test('a policy of an API that is not evaluated leaves it open', () => {
  const antrea: Manifest = {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'guard' },
    spec: {},
  };
  expect(chain([...world(), antrea])).toContain(
    '? policies let it in: not decided: there is 1 policy of APIs that are not evaluated',
  );
});

test('the first broken link is the answer', () => {
  const broken = world();
  for (const pod of broken) {
    if (pod.kind === 'Pod' && pod.metadata.name.startsWith('web0')) {
      pod.status = {
        ...pod.status,
        conditions: [condition('Ready', 'False', 'ContainersNotReady', 'containers with unready status: [main]')],
      };
    }
  }
  expect(chain([...broken, DENY])).toEqual([
    '+ the selector finds pods: app=web0: web0-0, web0-1',
    '- pods are ready: none of the 2 pods behind it is ready; not ready: Ready is False: ContainersNotReady, containers with unready status: [main]',
  ]);
});

test('a selector that is one letter off', () => {
  const broken = world();
  const service = broken.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web0');
  if (service !== undefined) service.spec = { ...service.spec, selector: { app: 'wbe0' } };
  expect(chain(broken)).toEqual(['- the selector finds pods: the selector app=wbe0 matches no workload']);
});

test('a load balancer, and nodes that take it', () => {
  const outside = world();
  const service = outside.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'web0');
  if (service !== undefined) {
    service.spec = { ...service.spec, type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    service.status = { loadBalancer: { ingress: [{ ip: '192.0.2.9' }] } };
  }
  expect(chain(outside).slice(-2)).toEqual([
    '+ nodes that take it from outside: n1, n2: 2 of 3, since externalTrafficPolicy is Local',
    '+ it has an address outside: 192.0.2.9',
  ]);
  if (service !== undefined) service.status = {};
  expect(chain(outside).at(-1)).toBe('- it has an address outside: no address was given to it');
});
