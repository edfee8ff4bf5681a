import { createNamespaces } from '../apply';
import type { KubernetesObject } from '../api-client';
import { type ApiServer, startApiServer, startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import type { Release } from '../program';
import { netloomVerdict, refusals, seeds, SERVICE_CIDR } from '../verdicts/judge';
import {
  type KnownDifferences,
  readKnownDifferences,
  type Refuser,
  stillFound,
  writeKnownDifferences,
} from '../verdicts/known-differences';
import { doubleMutants, type Mutant, singleMutants } from '../verdicts/mutations';
import { agrees, reasonOf, type Verdict } from '../verdicts/reasons';

const IS_FULL = process.env.FULL !== undefined;
const DOUBLE_MUTATIONS = IS_FULL ? 700 : 50;
/** Further versions differ from the newest one in little. */
const RELEASES: readonly Release[] = ['newest', 'oldest'];

/** Kinds of seeds that cannot be asked about. */
const NOT_SERVED: Readonly<Record<Release, readonly string[]>> = {
  newest: [],
  oldest: ['ServiceCIDR', 'TLSRoute', 'ClusterNetworkPolicy'],
};

interface Difference {
  readonly who: Refuser;
  /** The mutation. */
  readonly name: string;
  /** What was said. */
  readonly said: string;
}

interface Compared {
  readonly objects: number;
  readonly agreed: number;
  /** Why those differ that differ rightly, once for each. */
  readonly reasons: readonly string[];
  readonly differences: readonly Difference[];
}

describe.each(RELEASES)('verdicts of the %s Kubernetes', (release) => {
  let testbed: Testbed;
  let server: ApiServer;
  const known = readKnownDifferences(release);
  const knownOf = (seed: string): KnownDifferences[string] => new Map(Object.entries(known)).get(seed) ?? {};
  const found = new Map<string, readonly [Refuser, string][]>();
  const lines: string[] = [];

  beforeAll(async () => {
    testbed = await startTestbed(release);
    server = await startApiServer(testbed, { serviceCidrs: [SERVICE_CIDR] });
    const refused = await installCustomResources(server.api, customResourceDefinitions());
    if (release === 'newest') expect(refused).toEqual([]);
    await createNamespaces(server.api, ['shop', 'metallb-system']);
  });

  afterAll(async () => {
    await stopTestbed(testbed);
    process.stderr.write(`agreement with Kubernetes ${testbed.kubernetesVersion}:\n${lines.join('\n')}\n`);
    // A sample does not find all that is known.
    if (!IS_FULL) return;
    const kept = stillFound(known, found);
    if (process.env.UPDATE_KNOWN !== undefined) writeKnownDifferences(release, kept);
    else if (count(known) > count(kept))
      throw new Error(
        `${count(known) - count(kept)} known differences are gone: FULL=1 UPDATE_KNOWN=1 npm run test:cluster takes them out of the list`,
      );
  });

  test.each(seeds().map((seed) => ({ name: seedName(seed), seed })))(
    '$name: refused here, refused there',
    async ({ name, seed }) => {
      const served = await server.api.collectionPath(seed.apiVersion, seed.kind, undefined);
      if (served === undefined) {
        expect(NOT_SERVED[release]).toContain(seed.kind);
        lines.push(`  ${name}: this version does not serve ${seed.apiVersion}`);
        return;
      }
      expect(await verdicts([seed])).toMatchObject([{ refusal: undefined, errors: [] }]);
      const single = await compare(singleMutants(seed));
      // What differs alone differs in company too: only pairs of mutations that agree alone tell something new.
      const apart = new Set(single.differs);
      const pairs = doubleMutants(seed, DOUBLE_MUTATIONS).filter(
        ({ mutations }) => !mutations.some((one) => apart.has(mutationName([one]))),
      );
      const double = await compare(pairs.map(({ mutations, object }) => ({ mutations, object })));
      const differences = [...single.differences, ...double.differences];
      found.set(
        name,
        differences.map(({ who, name: mutation }) => [who, mutation]),
      );
      lines.push(`  ${name}: ${agreement([single, double])}`);
      const unknown = differences.filter(({ who, name: mutation }) => !(knownOf(name)[who] ?? []).includes(mutation));
      expect(unknown.map(({ who, name: mutation, said }) => `${who} refuses ${mutation}: ${said}`)).toEqual([]);
    },
  );

  async function compare(mutants: readonly Mutant[]): Promise<Compared & { readonly differs: readonly string[] }> {
    const all = await verdicts(mutants.map(({ object }) => object));
    const judged = all.flatMap((one, index) =>
      one.refusal === null ? [] : [{ ...one, refusal: one.refusal, name: mutationName(mutants[index].mutations) }],
    );
    const differing = judged.filter((one) => !agrees(one));
    const unexplained = differing.filter((one) => reasonOf(one) === undefined);
    return {
      objects: judged.length,
      agreed: judged.length - differing.length,
      reasons: differing.flatMap((one) => reasonOf(one) ?? []),
      differs: differing.map(({ name }) => name),
      differences: unexplained.map(({ name, refusal, errors }) => ({
        who: refusal === undefined ? 'netloom' : 'server',
        name,
        said: refusal ?? errors.join('; '),
      })),
    };
  }

  async function verdicts(
    objects: readonly KubernetesObject[],
  ): Promise<(Omit<Verdict, 'refusal'> & { readonly refusal: string | null | undefined })[]> {
    const said = await refusals(server.api, objects);
    return objects.map((object, index) => ({
      object,
      refusal: said[index],
      ...netloomVerdict(JSON.stringify(object), testbed.kubernetesVersion),
    }));
  }
});

function seedName({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${metadata.name}`;
}

function mutationName(mutations: Mutant['mutations']): string {
  return mutations.map(({ path, change }) => `${path.join('.')}: ${change}`).join(' + ');
}

function agreement(parts: readonly Compared[]): string {
  const sum = (key: 'objects' | 'agreed'): number => parts.reduce((total, part) => total + part[key], 0);
  const [objects, agreed] = [sum('objects'), sum('agreed')];
  const reasons = parts.flatMap((part) => part.reasons);
  const counts = [...new Set(reasons)].map((because) => ({
    because,
    times: reasons.filter((other) => other === because).length,
  }));
  const [most] = counts.sort((a, b) => b.times - a.times);
  const mostly = reasons.length < objects / 20 ? '' : ` (${most.times}: ${most.because})`;
  return `${agreed} of ${objects} (${((100 * agreed) / objects).toFixed(1)}%), ${reasons.length} differ for a reason${mostly}, ${objects - agreed - reasons.length} are known`;
}

function count(differences: KnownDifferences): number {
  return Object.values(differences).reduce(
    (sum, one) => sum + (one.server?.length ?? 0) + (one.netloom?.length ?? 0),
    0,
  );
}
