import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type ApiClient, type KubernetesObject, refusalText } from './api-client';
import { waitFor } from './component';

interface Source {
  /** The Go module that carries the CustomResourceDefinitions, and its version. */
  readonly module: string;
  readonly folders: readonly string[];
}

/** Calico 3.28.5. No later version of the module is to be had from the module proxy, nor are its API and its operator. */
const CALICO = 'github.com/projectcalico/calico@v1.11.0-cni-plugin.0.20250813170300-a0db560f0520';

/** Where the kinds of others come from. */
export const CUSTOM_RESOURCE_SOURCES: readonly Source[] = [
  { module: 'sigs.k8s.io/gateway-api@v1.6.3', folders: ['config/crd/experimental'] },
  { module: 'sigs.k8s.io/network-policy-api@v0.3.0', folders: ['config/crd/experimental'] },
  { module: 'go.universe.tf/metallb@v0.16.2', folders: ['config/crd/bases'] },
  {
    module: 'github.com/cilium/cilium@v1.20.2',
    folders: ['pkg/k8s/apis/cilium.io/client/crds/v2', 'pkg/k8s/apis/cilium.io/client/crds/v2alpha1'],
  },
  { module: CALICO, folders: ['libcalico-go/config/crd', 'charts/tigera-operator/crds'] },
];

/** The definitions of all sources. The modules are fetched into Go's own cache. */
export function customResourceDefinitions(): KubernetesObject[] {
  return CUSTOM_RESOURCE_SOURCES.flatMap(({ module, folders }) => {
    const directory = moduleFolder(module);
    return folders.flatMap((folder) =>
      readdirSync(join(directory, folder))
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .flatMap((name) => parseAllDocuments(readFileSync(join(directory, folder, name), 'utf8')))
        .map((document) => document.toJS() as KubernetesObject | null)
        .filter((object) => object !== null)
        .filter(({ kind }) => kind === 'CustomResourceDefinition')
        .flatMap(withCalicoV3),
    );
  });
}

/**
 * Calico stores `crd.projectcalico.org/v1`, and people write `projectcalico.org/v3`, with the same fields: calicoctl and Calico's own API
 * server translate. Here the second kind has the definition of the first one; what those two check in Go code, nobody checks.
 */
function withCalicoV3(definition: KubernetesObject): readonly KubernetesObject[] {
  const { spec } = definition as unknown as {
    spec: { group: string; names: Record<string, unknown> & { plural: string }; versions: readonly object[] };
  };
  if (spec.group !== 'crd.projectcalico.org') return [definition];
  const [plural, kind] = spec.names.plural === 'ipamconfigs' ? ['ipamconfigurations', 'IPAMConfiguration'] : [];
  const names =
    plural === undefined ? spec.names : { plural, kind, listKind: `${kind}List`, singular: plural.slice(0, -1) };
  const v3 = {
    ...definition,
    metadata: { name: `${names.plural}.projectcalico.org` },
    spec: { ...spec, group: 'projectcalico.org', names, versions: [{ ...spec.versions[0], name: 'v3' }] },
  };
  return [definition, v3];
}

function moduleFolder(module: string): string {
  const output = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', cwd: __dirname });
  return (JSON.parse(output) as { Dir: string }).Dir;
}

const COLLECTION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Adds definitions, and waits until the server serves their kinds. Returns why it refuses the others: definitions of today have rules
 * that older versions cannot compile.
 */
export async function installCustomResources(
  api: ApiClient,
  definitions: readonly KubernetesObject[],
): Promise<readonly string[]> {
  const answers = await Promise.all(
    definitions.map(async (definition) => ({
      definition,
      answer: await api.request('POST', COLLECTION, { body: definition }),
    })),
  );
  const taken = answers.filter(({ answer }) => answer.status === 201).map(({ definition }) => definition);
  await waitFor('the custom resources are served', () => areServed(api, taken), 60);
  api.forgetResources();
  return answers
    .filter(({ answer }) => answer.status !== 201)
    .map(({ definition, answer }) => `${definition.metadata.name}: ${refusalText(answer)}`);
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** A definition is established before its kind is served, and a kind is served before the list of resources names it. */
async function areServed(api: ApiClient, definitions: readonly KubernetesObject[]): Promise<boolean> {
  const kinds = definitions.flatMap((definition) => {
    const { spec } = definition as unknown as Definition;
    return spec.versions
      .filter(({ served }) => served)
      .map(({ name }) => ({ root: `/apis/${spec.group}/${name}`, plural: spec.names.plural }));
  });
  const answers = await Promise.all(
    kinds.map(({ root, plural }) => api.request('GET', `${root}/${plural}`, { query: { limit: '1' } })),
  );
  if (!answers.every(({ status }) => status === 200)) return false;
  const listed = new Map<string, ReadonlySet<string>>();
  for (const root of new Set(kinds.map((kind) => kind.root))) {
    const { body } = await api.request('GET', root);
    const { resources = [] } = body as { readonly resources?: readonly { readonly name: string }[] };
    listed.set(root, new Set(resources.map(({ name }) => name)));
  }
  return kinds.every(({ root, plural }) => listed.get(root)?.has(plural));
}
