import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type OpenApi, withLaterFields } from '../tools/schemas/calico';
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
  const { spec } = definition as unknown as CalicoDefinition;
  if (spec.group === 'operator.tigera.io') return [{ ...definition, spec: withSchema(spec, spec.names.kind) }];
  if (spec.group !== 'crd.projectcalico.org') return [definition];
  const [plural, kind] = spec.names.plural === 'ipamconfigs' ? ['ipamconfigurations', 'IPAMConfiguration'] : [];
  const names =
    kind === undefined ? spec.names : { plural, kind, listKind: `${kind}List`, singular: kind.toLowerCase() };
  const v3 = {
    ...definition,
    metadata: { name: `${names.plural}.projectcalico.org` },
    spec: { ...withSchema(spec, spec.names.kind), group: 'projectcalico.org', names },
  };
  return [
    definition,
    { ...v3, spec: { ...v3.spec, versions: v3.spec.versions.map((each) => ({ ...each, name: 'v3' })) } },
  ];
}

interface CalicoDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string; readonly kind: string };
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: OpenApi } }[];
  };
}

/** With the fields that Calico has since: what is written is for today's versions. */
function withSchema(spec: CalicoDefinition['spec'], kind: string): CalicoDefinition['spec'] {
  return {
    ...spec,
    versions: spec.versions.map((version) => ({
      ...version,
      schema: { openAPIV3Schema: withLaterFields(kind, version.schema.openAPIV3Schema) },
    })),
  };
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

/** A definition is established before its kind is served, and discovery names the kind later still. */
async function areServed(api: ApiClient, definitions: readonly KubernetesObject[]): Promise<boolean> {
  const versions = definitions.flatMap((definition) => {
    const { group, names, versions: all } = (definition as unknown as Definition).spec;
    return all.filter(({ served }) => served).map(({ name }) => ({ root: `/apis/${group}/${name}`, ...names }));
  });
  const lists = await Promise.all(
    versions.map(({ root, plural }) => api.request('GET', `${root}/${plural}`, { query: { limit: '1' } })),
  );
  if (!lists.every(({ status }) => status === 200)) return false;
  const roots = [...new Set(versions.map(({ root }) => root))];
  const named = new Set(
    (
      await Promise.all(
        roots.map(async (root) => {
          const { resources } = (await api.request('GET', root)).body as { resources?: readonly { name: string }[] };
          return (resources ?? []).map(({ name }) => `${root}/${name}`);
        }),
      )
    ).flat(),
  );
  return versions.every(({ root, plural }) => named.has(`${root}/${plural}`));
}
