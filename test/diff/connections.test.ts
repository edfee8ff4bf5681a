import fc from 'fast-check';
import { type ConnectionChange, diffModels } from '../../lib/diff';
import { connectionChanges } from '../../lib/diff/connection-changes';
import { objectText } from '../../lib/finding/finding';
import { networkModel, type NetworkModel } from '../../lib/model';
import { connections, entrances, solve } from '../../lib/reach';
import { objects } from '../rules/expectations';
import { shuffled } from '../rules/shuffle';

const model = (text: string): NetworkModel => networkModel(objects(text), {});

function rowText({ change, sources, destinations, before, after, because, policies }: ConnectionChange): string {
  const causes = policies.map((policy) => `${objectText(policy.object)} ${policy.change ?? 'as before'}`);
  return `${change} ${sources.join('+')} => ${destinations.join('+')}: ${before ?? ''}|${after ?? ''} ${because} ${causes.join(', ')}`.trimEnd();
}

const PODS = `
  - Deployment shop/web: { labels: { app: web } }
  - Deployment shop/api: { labels: { app: api } }
  - Deployment shop/db: { labels: { app: db } }
`;

test.each([
  [
    'a first policy takes away, and is named',
    PODS,
    `${PODS}
  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 5432 }] }] }`,
    [
      'changed shop/api[Deployment] => shop/db[Deployment]: All Connections|TCP 5432 policies NetworkPolicy shop/db added',
      'removed 0.0.0.0-255.255.255.255+shop/web[Deployment] => shop/db[Deployment]: All Connections| policies NetworkPolicy shop/db added',
    ],
  ],
  [
    'a changed label is told with the policies that decide',
    `${PODS}
  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }] }`,
    `
  - Deployment shop/web: { labels: { app: api } }
  - Deployment shop/api: { labels: { app: api } }
  - Deployment shop/db: { labels: { app: db } }
  - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }] }`,
    ['added shop/web[Deployment] => shop/db[Deployment]: |All Connections policies NetworkPolicy shop/db as before'],
  ],
  [
    'what comes with a workload is told apart',
    '- Deployment shop/web: { labels: { app: web } }',
    `
  - Deployment shop/web: { labels: { app: web } }
  - Deployment shop/api: { labels: { app: api } }`,
    [
      'added 0.0.0.0-255.255.255.255+shop/web[Deployment] => shop/api[Deployment]: |All Connections workload',
      'added shop/api[Deployment] => 0.0.0.0-255.255.255.255+shop/web[Deployment]: |All Connections workload',
    ],
  ],
  [
    'ranges outside are cut where the two states differ, and no further',
    `${PODS}
  - NetworkPolicy shop/all: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }`,
    `${PODS}
  - NetworkPolicy shop/all: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/9 } }] }, { to: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 443 }] }] }`,
    [
      'added shop/api[Deployment]+shop/db[Deployment]+shop/web[Deployment] => 192.0.2.0-192.0.2.255: |TCP 443 policies NetworkPolicy shop/all changed',
      'removed shop/api[Deployment]+shop/db[Deployment]+shop/web[Deployment] => 10.128.0.0-10.255.255.255: All Connections| policies NetworkPolicy shop/all changed',
    ],
  ],
])('%s', (_name, before, after, expected) => {
  expect(connectionChanges(model(before), model(after)).map(rowText)).toEqual(expected);
});

/** A cluster of some of these objects. */
const CANDIDATES = [
  ...['web', 'api', 'db', 'job'].flatMap((app) =>
    ['x', 'y'].map(
      (tier) =>
        `- Deployment shop/${app}: { labels: { app: ${app}, tier: ${tier} }, ports: [{ name: http, containerPort: 80 }] }`,
    ),
  ),
  '- Pod other/tool: { labels: { app: tool } }',
  '- NetworkPolicy shop/deny: { podSelector: {}, policyTypes: [Ingress] }',
  '- NetworkPolicy shop/deny: { podSelector: {}, policyTypes: [Ingress, Egress] }',
  '- NetworkPolicy shop/x: { podSelector: { matchLabels: { tier: x } }, ingress: [{ from: [{ podSelector: { matchLabels: { tier: y } } }], ports: [{ port: http }] }] }',
  '- NetworkPolicy shop/x: { podSelector: { matchLabels: { tier: x } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }',
  '- NetworkPolicy shop/out: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 192.0.2.0/24, except: [192.0.2.8/29] } }] }] }',
  '- NetworkPolicy shop/in: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 198.51.100.0/24 } }], ports: [{ port: 5432 }] }] }',
  '- Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 80 }] }',
  '- Ingress shop/web: { defaultBackend: { service: { name: web, port: { number: 80 } } } }',
];
const cluster = fc.subarray(CANDIDATES).map((lines) => objects(lines.join('\n')));

/** Every pair of workloads with what it can do. */
function pairs(state: NetworkModel): Map<string, string> {
  const reach = solve(state);
  const rows = [...connections(reach, entrances(state, reach))];
  return new Map(
    rows
      .filter(({ src, dst }) => !/^[\d:]/.test(src) && !/^[\d:]/.test(dst))
      .map(({ src, dst, set }) => [`${src} ${dst}`, reach.sets.text(set)]),
  );
}

test('every pair of workloads is told if and only if it changes', () => {
  fc.assert(
    fc.property(cluster, cluster, (a, b) => {
      const [before, after] = [a, b].map((sources) => networkModel(sources, {}));
      const [old, current] = [before, after].map(pairs);
      const expected = [...new Set([...old.keys(), ...current.keys()])]
        .filter((pair) => old.get(pair) !== current.get(pair))
        .map((pair) => `${pair}: ${old.get(pair) ?? ''}|${current.get(pair) ?? ''}`);
      const told = connectionChanges(before, after).flatMap((row) =>
        row.sources.flatMap((src) =>
          row.destinations
            .filter((dst) => src !== dst && !/^[\d:]/.test(src) && !/^[\d:]/.test(dst))
            .map((dst) => `${src} ${dst}: ${row.before ?? ''}|${row.after ?? ''}`),
        ),
      );
      expect(told.sort()).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});

test('connections follow the order of nothing, and mirror', () => {
  const mirrored = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  const text = ({ change, sources, destinations, before, after, because, policies }: ConnectionChange): string =>
    JSON.stringify([
      change,
      [...sources].sort(),
      [...destinations].sort(),
      before,
      after,
      because,
      policies.map(({ object, change: cause }) => [object.name, cause]),
    ]);
  fc.assert(
    fc.property(
      cluster.chain((sources) => fc.tuple(fc.constant(sources), shuffled(sources))),
      cluster,
      ([sources, other], after) => {
        const rows = diffModels(networkModel(sources, {}), networkModel(after, {})).connections;
        expect(diffModels(networkModel(other, {}), networkModel(after, {})).connections.map(text)).toEqual(
          rows.map(text),
        );
        const back = diffModels(networkModel(after, {}), networkModel(sources, {})).connections.map((row) =>
          text({
            ...row,
            change: mirrored[row.change],
            before: row.after,
            after: row.before,
            policies: row.policies.map((policy) => ({ ...policy, change: policy.change && mirrored[policy.change] })),
          }),
        );
        expect(back.sort()).toEqual(rows.map(text).sort());
      },
    ),
    { numRuns: 100 },
  );
});
