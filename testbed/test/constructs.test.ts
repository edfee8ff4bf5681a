import fc from 'fast-check';
import { CONSTRUCT_KINDS, objectsOfKind } from '../../test/constructs/every-field';
import { chartWith, RANDOM_CONSTRUCTS } from '../../test/constructs/random-props';
import { analysisOf } from '../../test/constructs/same-judgement';
import { type ExpectedWarning, problemsOf, servedObjects } from '../accepted';
import type { KubernetesObject } from '../api-client';
import { createNamespaces, objectName } from '../apply';
import { type ApiServer, kubectl, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { type Release, RELEASES } from '../program';
import { refusals } from '../verdicts/judge';

const CHARTS = process.env.FULL === undefined ? 600 : 6000;

/** Every field is written, those that are out of use too. */
const EXPECTED_WARNINGS: readonly ExpectedWarning[] = [
  { warning: /^spec\.externalIPs is deprecated/, because: 'NL271 says so' },
  { warning: /^spec\.trafficDistribution: "PreferClose" is deprecated/, because: 'NL271 says so' },
];

/** What the older release says of values that are warned of, not looked up as it reads them. */
const EXPECTED_REFUSAL = /failed to allocate IP 0\d+\.\S+: the provided IP/;

const WITH_EVERY_FIELD = CONSTRUCT_KINDS.map((name) => ({
  name,
  objects: servedObjects(objectsOfKind(name) as KubernetesObject[]),
})).filter(({ objects }) => objects.length > 0);

describe.each(Object.keys(RELEASES) as Release[])('the %s Kubernetes', (release) => {
  let testbed: Testbed;
  let server: ApiServer;
  beforeAll(async () => {
    testbed = await startTestbed(release);
    server = await startApiServer(testbed, { serviceCidrs: ['10.96.0.0/16', 'fd00::/112'] });
    const refused = await installCustomResources(server.api, customResourceDefinitions());
    // Rules of today's definitions that an older release cannot compile are no fault of the objects here.
    expect(refused.filter((name) => release === 'newest' || !name.includes('compilation failed'))).toEqual([]);
    await createNamespaces(server.api, ['shop', 'front']);
  });
  afterAll(() => stopTestbed(testbed));

  // Some fields are of newer releases.
  for (const { name, objects } of release === 'newest' ? WITH_EVERY_FIELD : []) {
    test(`${name} with every field is taken as it is written`, async () => {
      expect(await refusals(server.api, objects)).toEqual(objects.map(() => undefined));
      try {
        expect(await problemsOf(server, objects, EXPECTED_WARNINGS)).toEqual([]);
      } finally {
        // The next kind may ask for the same names, addresses and ports.
        const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
        kubectl(server, ['delete', '--ignore-not-found', '-f', '-'], list);
      }
    });
  }

  test.each(RANDOM_CONSTRUCTS)('%s of any props is taken where no error is said', async (name, construct) => {
    const charts = fc
      .sample(construct, { numRuns: CHARTS, seed: 1 })
      .map((build) => chartWith(build, testbed.kubernetesVersion));
    const objects = charts.flatMap((chart) => {
      const analysis = analysisOf(chart);
      if (analysis.findings.some(({ severity }) => severity === 'error')) return [];
      return [...analysis.objects.values()].flat().map(({ manifest }) => manifest as KubernetesObject);
    });
    const served = servedObjects(objects);
    expect(served.length).toBeGreaterThan(0);
    const said = await refusals(server.api, served);
    process.stderr.write(`${name}: ${served.length} objects of ${CHARTS} charts\n`);
    expect(
      served.flatMap((object, index) =>
        typeof said[index] === 'string' && !EXPECTED_REFUSAL.test(said[index])
          ? [`${objectName(object)}: ${said[index]}: ${JSON.stringify(object)}`]
          : [],
      ),
    ).toEqual([]);
  });
});
