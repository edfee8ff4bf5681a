import type { KubernetesObject } from '../api-client';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { netloomVerdict, serverAnswer } from '../verdicts/judge';
import { randomNumbers } from '../verdicts/mutations';

const SERVICES = process.env.FULL === undefined ? 1000 : 5000;
/** Where the API server begins to guess for a Service that is new. */
const FIRST_NODE_PORT = 30000;
/** Near to each other, so that what is asked for often is what is guessed. */
const NODE_PORTS = 2;
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
        refusal: (await serverAnswer(server.api, service)).refusal,
        errors,
        isWarned: warnings.some((one) => one.startsWith('NL267')),
      };
    }),
  );
  const refused = verdicts.filter(({ refusal }) => refusal !== undefined).length;
  process.stderr.write(`the dry run of ${refused} of ${SERVICES} Services is refused\n`);
  expect(refused).toBeGreaterThan(SERVICES / 40);
  expect(refused).toBeLessThan(SERVICES / 2);
  expect(verdicts.flatMap(({ errors }) => errors)).toEqual([]);
  expect(verdicts.filter(({ refusal, isWarned }) => isGuess(refusal) !== isWarned)).toEqual([]);
  expect(verdicts.filter(({ refusal }) => refusal !== undefined && !isGuess(refusal))).toEqual([]);
});

function isGuess(refusal: string | null | undefined): boolean {
  return (refusal ?? '').endsWith(': provided port is already allocated');
}

/** Each one right by itself: a number and a protocol stand once, and a node port is of one number. */
function randomServices(count: number): KubernetesObject[] {
  const next = randomNumbers('node ports');
  return Array.from({ length: count }, (_, service) => {
    const owners = new Map<number, number>();
    const stood = new Set<string>();
    const ports = Array.from({ length: 1 + (next() % MOST_PORTS) }, (__, index) => {
      const protocol = next() % 3 === 0 ? 'UDP' : 'TCP';
      const number = 80 + (next() % 4 === 0 ? Math.max(index - 1, 0) : index);
      const nodePort = FIRST_NODE_PORT + (next() % NODE_PORTS);
      const isFixed = next() % 2 === 0 && (owners.get(nodePort) ?? number) === number;
      const [port, key] = [{ name: `p${index}`, port: number, protocol }, `${protocol} ${number}`];
      if (stood.has(key)) return undefined;
      stood.add(key);
      if (isFixed) owners.set(nodePort, number);
      return { ...port, ...(isFixed && { nodePort }) };
    }).filter((port) => port !== undefined);
    const healthCheckNodePort = FIRST_NODE_PORT + (next() % NODE_PORTS);
    const isChecked = next() % 3 === 0 && !owners.has(healthCheckNodePort);
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `s-${service}`, namespace: 'default' },
      spec: {
        selector: { app: 'a' },
        ports,
        ...(next() % 2 === 0
          ? { type: 'NodePort' }
          : { type: 'LoadBalancer', ...(isChecked && { externalTrafficPolicy: 'Local', healthCheckNodePort }) }),
      },
    };
  });
}
