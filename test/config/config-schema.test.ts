import Ajv from 'ajv';
import fc from 'fast-check';
import { ALL_RULES } from '../../lib/catalogue/rule-catalogue';
import { readConfig } from '../../lib/config/config';
import { configSchema } from '../../lib/config/config-schema';
import { readLocatedDocument } from '../../lib/manifests/located-document';

const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(configSchema(ALL_RULES));
const NAMES = new Map(
  ALL_RULES.flatMap(({ code, slug }): [string, string][] => [
    [code, code],
    [slug, code],
  ]),
);
const isRead = (value: unknown): boolean =>
  readConfig(value, NAMES, () => ({ file: null, line: null, column: null, construct: null })).findings.length === 0;

const WRITTEN = `
rules: { NL540: off, cluster-ip-conflict: warning }
exclude: ['vendor/**']
cluster: { kubernetesVersion: '1.34' }
clusters:
  east: { paths: ['dist/east-*', dist/kubeadm/east.yaml], fleet: netloom.lock.json, loadBalancerCidrs: [172.26.4.192/27] }
  west: { paths: [west], serviceCidrs: [10.96.0.0/16], podCidrs: [10.244.0.0/16], clusterDomain: west.example.com }
connected: [[east, west]]
shared: [shop.example.com]
`;

test('a configuration as somebody writes it', () => {
  const { value, problems } = readLocatedDocument(WRITTEN, 'netloom.yaml');
  expect(problems).toEqual([]);
  expect(accepts(value)).toBe(true);
  expect(isRead(value)).toBe(true);
});

const anything = fc.constantFrom<unknown>(null, true, false, 0, 1.33, '', 'x', [], {}, [1], ['']);
const oneOf = (...values: unknown[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, anything);
const some = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof({ weight: 5, arbitrary: fc.record(shape, { requiredKeys: [] }) }, anything);
const FACTS = {
  serviceCidrs: oneOf(['10.96.0.0/12'], ['10.96.0.0/12', 'fd00::/112']),
  podCidrs: oneOf(['10.244.0.0/16']),
  nodeCidrs: oneOf(['10.0.0.0/24']),
  loadBalancerCidrs: oneOf(['192.0.2.0/24']),
  nodePortRange: oneOf('30000-32767', '30000', '30000-'),
  policyEngine: oneOf('cilium', 'calico', 'kubernetes', 'none'),
  kubernetesVersion: oneOf('1.33', 'v1.33.4', '1', '2.0'),
  clusterDomain: oneOf('cluster.local'),
  dns: some({
    addresses: oneOf(['169.254.20.10']),
    namespace: oneOf('dns'),
    podLabels: oneOf({ app: 'coredns' }, { app: 1 }),
    ports: oneOf([53], [5353, 53], [70000]),
    misspelt: oneOf('x'),
  }),
  misspelt: oneOf('x'),
};
const config = some({
  rules: some({
    NL201: oneOf('off', 'info', 'warning', 'error', 'fatal'),
    'node-port-conflict': oneOf('off', 'error'),
    NL000: oneOf('off'),
  }),
  exclude: oneOf(['vendor/**'], ['a', 'b']),
  cluster: some(FACTS),
  clusters: some({ prod: some({ paths: oneOf(['dist/prod-*']), ...FACTS }), staging: some({}) }),
  rulez: anything,
});

// Texts that are no addresses, and no ports, are all that the schema lets pass: `x` in a list of CIDRs does not occur here.
test('the schema accepts what is read without a finding, and nothing else', () => {
  const verdicts = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(config, (value) => {
      const accepted = accepts(value);
      verdicts[accepted ? 'accepted' : 'refused'] += 1;
      expect(isRead(value)).toBe(accepted);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(verdicts.accepted, verdicts.refused)).toBeGreaterThan(20);
});
