import { fixManifests } from '../../lib/fix';
import { createNamespaces } from '../apply';
import type { KubernetesObject } from '../api-client';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { netloomFindings, refusals, seeds, SERVICE_CIDR } from '../verdicts/judge';
import { singleMutants } from '../verdicts/mutations';

/** What a taint does is no concern of ours. */
const NOT_OURS = 'spec.taints.0.effect: ';

let testbed: Testbed;
let server: ApiServer;
beforeAll(async () => {
  testbed = await startTestbed('newest');
  server = await startApiServer(testbed, { serviceCidrs: [SERVICE_CIDR] });
  await installCustomResources(server.api, customResourceDefinitions());
  await createNamespaces(server.api, ['shop', 'metallb-system']);
});
afterAll(() => stopTestbed(testbed));

test('what --fix mends without an error left is accepted afterwards', async () => {
  const mended = seeds().flatMap((seed) =>
    singleMutants(seed).flatMap(({ mutations: [{ path, change }], object }) => {
      const text = afterFix(JSON.stringify(object));
      if (text === undefined) return [];
      const name = `${seed.kind} ${seed.metadata.name} ${path.join('.')}: ${change}`;
      return [{ name, object: JSON.parse(text) as KubernetesObject }];
    }),
  );
  process.stderr.write(`${mended.length} objects were mended\n`);
  expect(mended.length).toBeGreaterThan(100);
  const said = await refusals(
    server.api,
    mended.map(({ object }) => object),
  );
  const refused = mended.flatMap(({ name }, index) => {
    const refusal = said[index];
    return typeof refusal === 'string' && !name.includes(NOT_OURS) ? [`${name}: ${refusal.slice(0, 200)}`] : [];
  });
  expect(refused).toEqual([]);
});

/** The text that `--fix` leaves, where it has fixed every error. */
function afterFix(text: string): string | undefined {
  const check = (files: Parameters<typeof netloomFindings>[0]): { findings: ReturnType<typeof netloomFindings> } => ({
    findings: netloomFindings(files, testbed.kubernetesVersion),
  });
  const files = [{ path: 'object.yaml', bytes: Buffer.from(text) }];
  const before = check(files);
  if (!before.findings.some(({ severity }) => severity === 'error')) return undefined;
  const { files: after, result } = fixManifests(files, before, check);
  if (result.findings.some(({ severity }) => severity === 'error')) return undefined;
  return Buffer.from(after[0].bytes).toString('utf8');
}
