import type { KubernetesObject } from '../api-client';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { netloomVerdict, serverRefusal } from '../verdicts/judge';
import { randomNumbers } from '../verdicts/mutations';

const SERVICES = process.env.FULL === undefined ? 300 : 1500;
/** Where the API server begins to guess for a Service that is new. */
const FIRST_NODE_PORT = 30000;
/** Near to each other, so that what is asked for often is what is guessed. */
const NODE_PORTS = 4;
const MOST_PORTS = 5;

let testbed: Testbed;
let server: ApiServer;
beforeAll(async () => {
  testbed = await startTestbed('newest');
  server = await startApiServer(testbed);
});
afterAll(() => stopTestbed(testbed));

test('NL267: a dry run guesses a node port where Netloom says that it does', async () => {
  const services = randomServices(SERVICES);
  const verdicts = await Promise.all(
    services.map(async (service) => {
      const { errors, warnings } = netloomVerdict(JSON.stringify(service), testbed.kubernetesVersion);
      return {
        ports: JSON.stringify(service.spec),
        refusal: await serverRefusal(server.api, service),
        errors,
        isWarned: warnings.some((one) => one.startsWith('NL267')),
      };
    }),
  );
  const refused = verdicts.filter(({ refusal }) => refusal !== undefined).length;
  process.stderr.write(`the dry run of ${refused} of ${SERVICES} Services is refused\n`);
  expect(refused).toBeGreaterThan(SERVICES / 10);
  expect(refused).toBeLessThan((SERVICES * 9) / 10);
  // What is refused for real, too, is an error.
  expect(
    verdicts.filter(({ refusal, errors, isWarned }) => (refusal !== undefined) !== (isWarned || errors.length > 0)),
  ).toEqual([]);
});

/** Each one right by itself: node ports of one protocol stand once. */
function randomServices(count: number): KubernetesObject[] {
  const next = randomNumbers('node ports');
  return Array.from({ length: count }, (_, service) => {
    const taken = new Set<string>();
    const ports = Array.from({ length: 1 + (next() % MOST_PORTS) }, (__, port) => {
      const protocol = next() % 3 === 0 ? 'UDP' : 'TCP';
      const nodePort = FIRST_NODE_PORT + (next() % NODE_PORTS);
      const isFixed = next() % 2 === 0 && !taken.has(`${protocol} ${nodePort}`);
      if (isFixed) taken.add(`${protocol} ${nodePort}`);
      return { name: `p${port}`, port: 80 + port, protocol, ...(isFixed && { nodePort }) };
    });
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `s-${service}`, namespace: 'default' },
      spec: { type: next() % 2 === 0 ? 'NodePort' : 'LoadBalancer', selector: { app: 'a' }, ports },
    };
  });
}
