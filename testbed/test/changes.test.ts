import { CHANGE_RULES, diffModels } from '../../lib/diff';
import { readClusterFacts } from '../../lib/config/cluster-options';
import { readManifests } from '../../lib/manifests';
import { networkModel, type NetworkModel } from '../../lib/model';
import type { KubernetesObject } from '../api-client';
import { RANDOM_KINDS, randomChanges } from '../changes/random-changes';
import { type ChangeVerdict, changeVerdicts, possibleChanges } from '../changes/server-verdict';
import { ALL_STATES, type Change, changesOf } from '../changes/states';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';

const SERVICE_CIDRS = ['10.96.0.0/12', 'fd00:1::/112'];

/** Warnings of what the API server refuses, unless the value is the one that it has chosen itself. */
const MAY_BE_REFUSED = ['NL801', 'NL817'];

const RANDOM_CHANGES = process.env.FULL === undefined ? 15 : 50;

/** Of one kind of change. */
const MOST_CHANGES = 50;

/** Rules about what no API server refuses, or none that is here, and who knows it. */
const KNOWN_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['NL804', "calicoctl and Calico's API server (libcalico-go, clientv3/ippool.go)"],
  ['NL811', 'kubectl, which merges ports by number (patchMergeKey of core/v1)'],
  ['NL812', 'the network plugin (Calico, migrate-pools; MetalLB, controller)'],
  ['NL813', 'the load balancer (MetalLB: "current IP not allowed by config, clearing")'],
  ['NL814', 'the controller of ServiceCIDRs (KEP-1880, OrphanIPAddress)'],
  ['NL815', 'clients, DNS and firewalls outside of the cluster'],
  ['NL816', 'load balancers and firewalls outside of the cluster'],
  ['NL818', 'the components that read the range when they start'],
  ['NL820', 'pods, which keep the resolv.conf that they were started with'],
  ['NL822', 'node IPAM, and the nodes that have their ranges'],
]);

const asked = new Set<string>();

let testbed: Testbed;
let server: ApiServer;
beforeAll(async () => {
  testbed = await startTestbed('newest');
  server = await startApiServer(testbed, { serviceCidrs: SERVICE_CIDRS, nodePortRange: '20000-29999' });
  await installCustomResources(server.api, customResourceDefinitions());
});
afterAll(() => stopTestbed(testbed));

const IS_AN_ERROR = '$name: a change is an error where every way of kubectl is refused';

test.each(ALL_STATES)(IS_AN_ERROR, async ({ name, ...states }) => {
  const changes = changesOf({ name, ...states });
  await compare(name, sampled(await possibleChanges(server.api, changes, changes.length)));
});

test.each(RANDOM_KINDS)(`random ${IS_AN_ERROR}`, async (kind) => {
  const most = kind.name === 'Service' ? 4 * RANDOM_CHANGES : RANDOM_CHANGES;
  // Of most random Services one state or the other is refused alone.
  await compare(`random ${kind.name}`, await possibleChanges(server.api, randomChanges(kind, 20 * most), most));
});

test('every rule was asked about, or is about what no API server here knows', () => {
  expect(CHANGE_RULES.map(({ code }) => code).filter((code) => !asked.has(code) && !KNOWN_ELSEWHERE.has(code))).toEqual(
    [],
  );
});

async function compare(name: string, changes: readonly Change[]): Promise<void> {
  const verdicts = await changeVerdicts(server, changes);
  const judged = changes.map((change, index) => ({
    change,
    verdict: verdicts[index],
    ...saidByNetloom(change),
  }));
  expect(judged.length).toBeGreaterThan(0);
  const differences = judged.flatMap(({ change, verdict, errors, mayBeRefused }) => {
    const refusals = Object.values(verdict).filter((refusal) => refusal !== undefined);
    // Where the ways disagree, either word is right.
    if (refusals.length > 0 && refusals.length < 3) return [];
    if (refusals.length > 0 ? errors.length > 0 || mayBeRefused : errors.length === 0) return [];
    return [`${change.name}: ${errors.join('; ') || 'no error'}; ${said(verdict)}`];
  });
  process.stderr.write(`${name}: ${judged.length - differences.length} of ${judged.length} changes agree\n`);
  expect(differences).toEqual([]);
}

/** Every so many of them, so that kubectl is done soon. */
function sampled(changes: readonly Change[]): readonly Change[] {
  const step = process.env.FULL === undefined ? Math.ceil(changes.length / MOST_CHANGES) : 1;
  return changes.filter((_, index) => index % step === 0);
}

function saidByNetloom({ before, after }: Change): { errors: string[]; mayBeRefused: boolean } {
  const { findings } = diffModels(modelOf(before), modelOf(after));
  for (const { code } of findings) asked.add(code);
  return {
    errors: findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`),
    mayBeRefused: findings.some(({ code, severity }) => severity === 'warning' && MAY_BE_REFUSED.includes(code)),
  };
}

function modelOf(object: KubernetesObject): NetworkModel {
  const read = readManifests([{ path: 'object.yaml', bytes: Buffer.from(JSON.stringify(object)) }]);
  const { facts } = readClusterFacts({ serviceCidrs: SERVICE_CIDRS, kubernetesVersion: testbed.kubernetesVersion });
  return networkModel(read.objects, facts);
}

function said(verdict: ChangeVerdict): string {
  return Object.entries(verdict)
    .map(([way, refusal]) => `${way}: ${refusal === undefined ? 'taken' : refusal.slice(0, 160)}`)
    .join('; ');
}
