import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withObjectFields } from '../../lib/schema/openapi';
import { ANYTHING, type FieldLife, type Schema, type SchemaType } from '../../lib/schema/schema';
import { moduleFolder } from './go-module';

/** The kinds that say something about the network, by group and version. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  api__v1: ['Endpoints', 'Namespace', 'Node', 'Pod', 'ReplicationController', 'Service'],
  apis__apps__v1: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  apis__batch__v1: ['CronJob', 'Job'],
  'apis__discovery.k8s.io__v1': ['EndpointSlice'],
  'apis__networking.k8s.io__v1': ['Ingress', 'IngressClass', 'IPAddress', 'NetworkPolicy', 'ServiceCIDR'],
};

interface Definition {
  readonly $ref?: string;
  readonly type?: SchemaType;
  readonly format?: string;
  readonly allOf?: readonly Definition[];
  readonly oneOf?: readonly Definition[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: Definition;
  readonly items?: Definition;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/** A definition in each of the versions that have it. */
type Versions = ReadonlyMap<number, Definition>;

/** What every API server drops or decodes by itself is not looked into. */
const OPAQUE: ReadonlySet<string> = new Set(['io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1']);

/**
 * What the Go types can hold, as encoding/json decodes it: types, and which fields there are in which versions. Limits are checked by
 * code, which rules of Netloom follow.
 */
export function kubernetesSchemas(versions: readonly string[]): ReadonlyMap<string, Schema> {
  const minors = versions.map((version) => Number(version.split('.')[1]));
  const definitions = new Map<string, Map<number, Definition>>();
  const roots = new Map<string, string>();
  versions.forEach((version, index) => {
    const folder = join(moduleFolder(`k8s.io/kubernetes@${version}`), 'api/openapi-spec/v3');
    for (const [file, kinds] of Object.entries(KINDS)) {
      const path = join(folder, `${file}_openapi.json`);
      if (!existsSync(path)) continue;
      const { components } = JSON.parse(readFileSync(path, 'utf8')) as {
        components: { schemas: Record<string, Definition> };
      };
      for (const [name, definition] of Object.entries(components.schemas)) {
        const known = definitions.get(name) ?? new Map<number, Definition>();
        definitions.set(name, known.set(minors[index], definition));
        for (const { group, version: inGroup, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
          const apiVersion = group === '' ? inGroup : `${group}/${inGroup}`;
          if (kinds.includes(kind) && file.endsWith(apiVersion.replace('/', '__')))
            roots.set(`${apiVersion} ${kind}`, name);
        }
      }
    }
  });
  const schemas = new Map<string, Schema>();
  for (const [type, name] of [...roots].sort()) {
    schemas.set(type, withObjectFields(schemaOf(definitions.get(name) ?? new Map(), definitions, minors)));
  }
  return schemas;
}

function schemaOf(versions: Versions, all: ReadonlyMap<string, Versions>, minors: readonly number[]): Schema {
  const [definition] = [...versions.values()].slice(-1);
  const name = refOf(definition);
  if (name !== undefined) {
    return OPAQUE.has(name) ? ANYTHING : namedSchema(name, all, minors);
  }
  if (definition.format === 'int-or-string') return { intOrString: true };
  if (definition.oneOf !== undefined) return ANYTHING;
  const { type, format } = definition;
  if (type === 'object' && definition.properties !== undefined) return mappingOf(versions, all, minors);
  return {
    ...(type !== undefined && { type }),
    ...(format === 'int32' && { format }),
    ...(definition.items && {
      items: schemaOf(
        partOf(versions, ({ items }) => items),
        all,
        minors,
      ),
    }),
    ...(definition.additionalProperties && {
      values: schemaOf(
        partOf(versions, ({ additionalProperties }) => additionalProperties),
        all,
        minors,
      ),
    }),
  };
}

const NAMED = new Map<string, Schema>();

function namedSchema(name: string, all: ReadonlyMap<string, Versions>, minors: readonly number[]): Schema {
  const known = NAMED.get(name);
  if (known !== undefined) return known;
  NAMED.set(name, ANYTHING);
  const made = name.endsWith('.ObjectMeta')
    ? (withObjectFields({}).fields?.get('metadata') ?? ANYTHING)
    : schemaOf(all.get(name) ?? new Map(), all, minors);
  NAMED.set(name, made);
  return made;
}

function refOf({ $ref, allOf }: Definition): string | undefined {
  return ($ref ?? allOf?.[0].$ref)?.split('/').at(-1);
}

function partOf(versions: Versions, of: (definition: Definition) => Definition | undefined): Versions {
  return new Map(
    [...versions].flatMap(([minor, definition]) => {
      const part = of(definition);
      return part === undefined ? [] : [[minor, part] as const];
    }),
  );
}

function mappingOf(versions: Versions, all: ReadonlyMap<string, Versions>, minors: readonly number[]): Schema {
  const fields = new Map<string, Schema>();
  const lives = new Map<string, FieldLife>();
  const names = new Set([...versions.values()].flatMap(({ properties }) => Object.keys(properties ?? {})));
  const present = [...versions.keys()];
  for (const field of [...names].sort()) {
    const parts = partOf(versions, ({ properties }) => properties?.[field]);
    fields.set(field, schemaOf(parts, all, minors));
    const [first, last] = [Math.min(...parts.keys()), Math.max(...parts.keys())];
    const life: FieldLife = {
      ...(first > Math.min(...present) && { since: first }),
      ...(last < Math.max(...present) && { until: last }),
    };
    if (Object.keys(life).length > 0) lives.set(field, life);
  }
  return { type: 'object', fields, ...(lives.size > 0 && { lives }) };
}
