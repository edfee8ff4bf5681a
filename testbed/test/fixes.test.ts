import { fixManifests } from '../../lib/fix';
import { createNamespaces } from '../apply';
import type { KubernetesObject } from '../api-client';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { netloomFindings, seeds, SERVICE_CIDR, serverRefusal } from '../verdicts/judge';
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
  let mended = 0;
  const refused: string[] = [];
  for (const seed of seeds()) {
    for (const { mutations, object } of singleMutants(seed)) {
      const text = afterFix(JSON.stringify(object));
      if (text === undefined) continue;
      mended += 1;
      const refusal = await serverRefusal(server.api, JSON.parse(text) as KubernetesObject);
      if (typeof refusal !== 'string') continue;
      const [{ path, change }] = mutations;
      refused.push(`${seed.kind} ${seed.metadata.name} ${path.join('.')}: ${change}: ${refusal.slice(0, 200)}`);
    }
  }
  process.stderr.write(`${mended} objects were mended\n`);
  expect(mended).toBeGreaterThan(100);
  expect(refused.filter((one) => !one.includes(NOT_OURS))).toEqual([]);
});

/** The text that `--fix` leaves, where it has mended every error. */
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
