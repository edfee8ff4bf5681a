import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import {
  CiliumConfigMap,
  CiliumPodIpPool,
  Cluster,
  Cni,
  FlannelConfig,
  Fleet,
  IpFamily,
  IpPool,
  NetworkPlugin,
} from '../../../lib';
import { formatCidr } from '../../../lib/address';
import { networkModel, type SourceObject } from '../../../lib/model';
import { NETWORK_RULES, runRules } from '../../../lib/rules';
import { synthesizeApp, type Synthesized } from '../network-of';

const ORIGIN = { file: null, line: null, column: null, construct: null };
const FAMILIES = [[IpFamily.IPV4], [IpFamily.IPV6], [IpFamily.IPV4, IpFamily.IPV6], [IpFamily.IPV6, IpFamily.IPV4]];

const plugins = fc.constantFrom(
  Cni.calico(),
  Cni.cilium(),
  Cni.cilium({ configMap: CiliumConfigMap.CONFIG }),
  Cni.flannel(),
);
const clusterSpecs = fc.record({
  families: fc.constantFrom(...FAMILIES),
  nodes: fc.integer({ min: 1, max: 200 }),
  podsPerNode: fc.integer({ min: 4, max: 250 }),
  services: fc.integer({ min: 1, max: 500 }),
  loadBalancers: fc.integer({ min: 1, max: 40 }),
  cni: plugins,
  metalLb: fc.constant({}),
});

test('every network plugin has the pods of its cluster, all of them and no others, and no rule finds anything', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), clusterSpecs, { minKeys: 1, noNullPrototype: true }),
      (clusters) => {
        const fleets: Fleet[] = [];
        const synthesized = synthesizeApp((app) =>
          fleets.push(
            new Fleet(app, 'fleet', {
              supernets: ['10.0.0.0/8', 'fd42::/32'],
              clusters: clusters,
            }),
          ),
        );
        // That a node full of pods uses several blocks is no mistake.
        expect(synthesized.problems.filter((problem) => !problem.startsWith('NL629'))).toEqual([]);
        for (const cluster of fleets[0].clusters) {
          const objects = cluster.node.children.flatMap((chart) =>
            chart instanceof Chart ? (chart.toJson() as unknown[]) : [],
          );
          const model = networkModel(
            objects.map((manifest): SourceObject => ({ manifest, locate: () => ORIGIN })),
            {},
          );
          expect((model.facts.podCidrs ?? []).map(formatCidr).sort()).toEqual([...cluster.podCidrs].sort());
          expect((model.facts.loadBalancerCidrs ?? []).map(formatCidr).sort()).toEqual(
            [...cluster.loadBalancerCidrs].sort(),
          );
          expect(runRules(NETWORK_RULES, model).findings).toEqual([]);
        }
      },
    ),
    { numRuns: 25 },
  );
});

describe('an object of another network plugin', () => {
  const beside = (cni: Cni | undefined, build: (chart: Chart) => unknown): Synthesized =>
    synthesizeApp((app) => build(new Chart(new Cluster(app, 'prod', { podCidrs: ['10.1.0.0/16'], cni }), 'other')));

  test.each<[string, Cni, (chart: Chart) => unknown, string]>([
    [
      'a pool of Calico beside Flannel',
      Cni.flannel(),
      (chart) => new IpPool(chart, 'a', { cidr: '10.1.0.0/16' }),
      'NL625 IPPool is an object of Calico, and the network plugin of cluster prod is Flannel',
    ],
    [
      'a pool of Cilium beside Calico',
      Cni.calico(),
      (chart) => new CiliumPodIpPool(chart, 'a', { cidrs: ['10.1.0.0/16'], maskSize: { IPv4: 24 } }),
      'NL625 CiliumPodIPPool is an object of Cilium, and the network plugin of cluster prod is Calico',
    ],
    [
      'Flannel beside Cilium',
      Cni.cilium(),
      (chart) => new FlannelConfig(chart, 'a', { networks: ['10.1.0.0/16'] }),
      'NL625 ConfigMap kube-flannel-cfg is an object of Flannel, and the network plugin of cluster prod is Cilium',
    ],
  ])('%s', (_, cni, build, expected) => {
    expect(beside(cni, build).problems).toContain(expected);
  });

  test.each([
    ['none', Cni.none()],
    ['not said', undefined],
  ])('is what it likes where the plugin is %s', (_, cni) => {
    expect(beside(cni, (chart) => new IpPool(chart, 'a', { cidr: '10.1.0.0/16' })).problems).toEqual([]);
  });
});

test('the cluster tells its network plugin', () => {
  const clusters: Cluster[] = [];
  synthesizeApp((app) => clusters.push(new Cluster(app, 'prod', { podCidrs: ['10.1.0.0/16'], cni: Cni.calico() })));
  expect(clusters[0].cni?.plugin).toBe(NetworkPlugin.CALICO);
});
