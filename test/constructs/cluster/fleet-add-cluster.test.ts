import { readFileSync } from 'node:fs';
import { Testing } from 'cdk8s';
import { Cni, Fleet } from '../../../lib';

const fleetOf = (): Fleet => new Fleet(Testing.app(), 'fleet', { supernets: ['10.0.0.0/8'] });
const rangesOf = (fleet: Fleet): unknown =>
  fleet.clusters.map(({ name, podCidrs, serviceCidrs }) => [name, podCidrs, serviceCidrs]);

test('clusters that are added have the ranges that they have in the map, in whatever order', () => {
  const specs = { a: { nodes: 10, services: 100 }, b: { nodes: 300, services: 4000 }, c: { nodes: 50 } };
  const expected = rangesOf(new Fleet(Testing.app(), 'fleet', { supernets: ['10.0.0.0/8'], clusters: specs }));
  for (const order of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'a', 'c'],
  ] as const) {
    const fleet = fleetOf();
    for (const name of order) expect(fleet.addCluster(name, specs[name]).name).toBe(name);
    expect(rangesOf(fleet)).toEqual(expected);
    expect(fleet.cluster('a')).toBe(fleet.clusters[0]);
  }
});

test('a finding points to the line that adds the cluster, and one about the map to the fleet', () => {
  const app = Testing.app();
  const fleet = new Fleet(app, 'fleet', { clusters: { a: { podCidrs: ['10.0.0.0/16'] } } });
  fleet.addCluster('b', { podCidrs: ['10.0.1.0/24'] });
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain('NL101');
  const source = readFileSync(__filename, 'utf8').split('\n');
  const lines = [...message.matchAll(/fleet-add-cluster\.test\.ts:(\d+):\d+/g)].map(([, line]) =>
    source[Number(line) - 1].trim(),
  );
  expect(lines.map((line) => line.replace(/\(.*/, ''))).toEqual(['fleet.addCluster', 'const fleet = new Fleet']);
});

test('what was read does not move: a cluster that would move it is refused', () => {
  const fleet = fleetOf();
  const small = fleet.addCluster('small', { nodes: 10 });
  const range = small.podCidr;
  expect(() => fleet.addCluster('large', { nodes: 4000 })).toThrow(
    /cluster large is added to fleet fleet after code has read an address of another one, and moves small\/pods\/IPv4: add all clusters first/,
  );
  expect(range).toMatch(/^10\./);
});

test('a name twice is refused', () => {
  const fleet = fleetOf();
  fleet.addCluster('a', { nodes: 10 });
  expect(() => fleet.addCluster('a', { nodes: 10 })).toThrow('fleet fleet has a cluster a already');
});

test('a network plugin of an added cluster is configured from the plan', () => {
  const cluster = fleetOf().addCluster('a', { nodes: 10, cni: Cni.calico() });
  expect(cluster.cni).toBeDefined();
  expect(cluster.node.findAll().length).toBeGreaterThan(1);
});
