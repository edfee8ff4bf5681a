import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readClusterFacts } from '../../lib/config/cluster-options';
import { compareFindings, type Finding } from '../../lib/finding/finding';
import { type ManifestFile, readManifests } from '../../lib/manifests';
import { networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { type Answer, type ApiClient, type KubernetesObject, refusalText } from '../api-client';
import { hasJudge, pluginRefusals } from './plugin-judges';

export const SERVICE_CIDR = '10.96.0.0/12';

/** The objects that the mutations start from, and whose name is `Kind name`. */
export function seeds(): KubernetesObject[] {
  return parseAllDocuments(readFileSync(join(__dirname, 'seeds.yaml'), 'utf8')).map(
    (document) => document.toJS() as KubernetesObject,
  );
}

/** What `netloom check` says about one object, as `CODE message`. */
export function netloomVerdict(
  text: string,
  kubernetesVersion: string,
): { readonly errors: string[]; readonly warnings: string[] } {
  const findings = netloomFindings([{ path: 'object.yaml', bytes: Buffer.from(text) }], kubernetesVersion);
  const said = (wanted: Finding['severity']): string[] =>
    findings.filter(({ severity }) => severity === wanted).map(({ code, message }) => `${code} ${message}`);
  return { errors: said('error'), warnings: said('warning') };
}

export function netloomFindings(files: readonly ManifestFile[], kubernetesVersion: string): Finding[] {
  const read = readManifests(files);
  const { facts } = readClusterFacts({ serviceCidrs: [SERVICE_CIDR], nodePortRange: '30000-32767', kubernetesVersion });
  const { findings } = runRules(NETWORK_RULES, networkModel(read.objects, facts));
  return [...read.findings, ...findings].sort(compareFindings);
}

/** What the API server says of an object. */
export interface ServerAnswer {
  /** Why it refuses the object; undefined where it takes it, and `null` where it cannot be asked. */
  readonly refusal: string | null | undefined;
  /** The object as it would store it. */
  readonly stored?: KubernetesObject;
}

export async function serverAnswer(api: ApiClient, object: KubernetesObject): Promise<ServerAnswer> {
  const metadata: unknown = object.metadata;
  const namespace =
    typeof metadata === 'object' && metadata !== null ? (metadata as { namespace?: unknown }).namespace : undefined;
  // kubectl takes the path from the namespace, and refuses what is no text before it asks.
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string')
    return { refusal: 'metadata.namespace is no text' };
  const place = {
    ...object,
    metadata: { name: '', namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined },
  };
  const answer = await dryRunAt(api, object, place);
  if (answer === undefined) throw new Error(`the server does not serve ${object.apiVersion} ${object.kind}`);
  if (answer.status === 201) return { refusal: undefined, stored: answer.body as KubernetesObject };
  // Another object: the namespace is not there.
  return { refusal: answer.status === 404 ? null : refusalText(answer) };
}

/** Why each object is refused, by the API server or by the plugin that reads it. */
export async function refusals(
  api: ApiClient,
  objects: readonly KubernetesObject[],
): Promise<(string | null | undefined)[]> {
  const answers = await Promise.all(objects.map((object) => serverAnswer(api, object)));
  const taken = answers.flatMap(({ stored }) => (stored !== undefined && hasJudge(stored) ? [stored] : []));
  const said = new Map(pluginRefusals(taken).map((refusal, index) => [taken[index], refusal]));
  return answers.map(({ refusal, stored }) => (stored === undefined ? refusal : said.get(stored)));
}

async function dryRunAt(api: ApiClient, body: KubernetesObject, place: KubernetesObject): Promise<Answer | undefined> {
  const path = await api.collectionPath(place.apiVersion, place.kind, place.metadata.namespace);
  return path === undefined
    ? undefined
    : api.request('POST', path, { body, query: { dryRun: 'All', fieldValidation: 'Strict' } });
}
