import fc from 'fast-check';
import { type IpAddress, parseAddress } from '../../lib/address';
import { adminPolicies } from './arbitrary-admin';
import { calicoObjects } from './arbitrary-calico';
import { calicoOracle } from './calico-oracle';
import { ciliumPolicies } from './arbitrary-cilium';
import { ciliumOracle } from './cilium-oracle';
import { clusters, OUTSIDE_SAMPLES } from './arbitrary-cluster';
import { type Json, type Oracle, oracle, type OracleEnd } from './oracle';
import { type Reachability, solveBounds } from '../../lib/reach';
import { reachWorkloads } from '../../lib/reach/pods';
import { modelOf, reachOf } from './reach-of';

const SAMPLES = [
  ['TCP', 53],
  ['TCP', 79],
  ['TCP', 80],
  ['TCP', 8085],
  ['UDP', 53],
  ['UDP', 80],
  ['SCTP', 53],
  ['SCTP', 65535],
] as const;

const ADDRESSES = OUTSIDE_SAMPLES.map((text): [string, IpAddress] => [text, parseAddress(text)]);

/** Every question to which the two have different answers. */
function differences(objects: readonly Json[], reach = reachOf(objects), slow = oracle(objects)): string[] {
  const { sets, workloads } = reach;
  const podsOf = (text: string): OracleEnd[] => slow.pods.filter((pod) => pod.workload === text);
  const found: string[] = [];
  const compare = (
    from: string,
    to: string,
    set: number,
    sources: readonly OracleEnd[],
    targets: readonly OracleEnd[],
  ): void => {
    for (const [protocol, port] of SAMPLES) {
      const ours = sets.ports(set, protocol).some(({ first, last }) => first <= port && port <= last);
      if (ours !== anyConnects(slow, sources, targets, protocol, port)) {
        found.push(`${from} => ${to} ${protocol} ${port}: ${ours ? 'open' : 'closed'} in the engine only`);
      }
    }
  };
  expect(workloads.map(({ text }) => text)).toEqual([...new Set(slow.pods.map(({ workload }) => workload))].sort());
  workloads.forEach(({ text: from }, source) => {
    const sources = podsOf(from);
    workloads.forEach(({ text: to }, target) => {
      compare(from, to, reach.between(source, target), sources, podsOf(to));
    });
    for (const [address, value] of ADDRESSES) {
      const [incoming, outgoing] = [rangeWith(reach.sources, value), rangeWith(reach.destinations, value)];
      if (incoming >= 0) compare(address, from, reach.outsideTo(incoming, source), [address], sources);
      if (outgoing >= 0) compare(from, address, reach.toOutsideRange(source, outgoing), sources, [address]);
    }
  });
  return found;
}

function anyConnects(
  { connects }: Oracle,
  sources: readonly OracleEnd[],
  targets: readonly OracleEnd[],
  protocol: 'TCP' | 'UDP' | 'SCTP',
  port: number,
): boolean {
  return sources.some((from) => targets.some((to) => connects(from, to, protocol, port)));
}

function rangeWith(ranges: Reachability['sources'], { family, value }: IpAddress): number {
  return ranges.findIndex((range) => range.family === family && range.first <= value && value <= range.last);
}

test('the engine and the oracle agree on random clusters', () => {
  fc.assert(
    fc.property(clusters, ({ namespaces, workloads, policies }) => {
      expect(differences([...namespaces, ...workloads, ...policies])).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('and with policies of administrators before and after those of namespaces', () => {
  fc.assert(
    fc.property(clusters, adminPolicies, ({ namespaces, workloads, policies }, admins) => {
      expect(differences([...namespaces, ...workloads, ...policies, ...admins])).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('and with policies of Cilium, which read the others their own way', () => {
  fc.assert(
    fc.property(clusters, ciliumPolicies, ({ namespaces, workloads, policies }, own) => {
      const objects = [...namespaces, ...workloads, ...policies, ...own];
      const model = modelOf(objects, { policyEngine: 'cilium' });
      const { evaluated } = solveBounds(model, reachWorkloads(model, 'node'));
      expect(differences(objects, evaluated, ciliumOracle(objects))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('and with tiers of Calico, in which those of Kubernetes stand', () => {
  fc.assert(
    fc.property(clusters, calicoObjects, ({ namespaces, workloads, policies }, own) => {
      const objects = [...namespaces, ...workloads, ...policies, ...own];
      const model = modelOf(objects, { policyEngine: 'calico' });
      const { evaluated } = solveBounds(model, reachWorkloads(model, 'node'));
      expect(differences(objects, evaluated, calicoOracle(objects))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('what is certain is possible, and what is evaluated lies between', () => {
  let open = 0;
  fc.assert(
    fc.property(clusters, adminPolicies, ({ namespaces, workloads, policies }, admins) => {
      const model = modelOf([...namespaces, ...workloads, ...policies, ...admins]);
      const { evaluated, least, most } = solveBounds(model, reachWorkloads(model, 'node'));
      if (least === most) return;
      const has = ({ sets, between }: Reachability, from: number, to: number): boolean[] =>
        SAMPLES.map(([protocol, port]) =>
          sets.ports(between(from, to), protocol).some(({ first, last }) => first <= port && port <= last),
        );
      least.workloads.forEach((_, from) => {
        least.workloads.forEach((__, to) => {
          const [low, middle, high] = [least, evaluated, most].map((reach) => has(reach, from, to));
          low.forEach((certain, at) => {
            if (low[at] !== high[at]) open++;
            expect([certain && !middle[at], middle[at] && !high[at]]).toEqual([false, false]);
          });
        });
      });
    }),
    { numRuns: 300 },
  );
  expect(open).toBeGreaterThan(0);
});
