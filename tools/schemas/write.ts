/**
 * Writes lib/schema/data from the Go modules that carry the official schemas: structure and limits, without their prose. It needs Go, which
 * building and testing do not.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crdSchemas } from './crds';
import { kubernetesSchemas } from './kubernetes';
import { packed } from './packed-schemas';
import { API_SOURCES, KUBERNETES_VERSIONS } from './sources';

const DATA = join(__dirname, '..', '..', 'lib', 'schema', 'data');

for (const { api, file, name, crds } of API_SOURCES) {
  const schemas = crdSchemas(crds);
  writeFileSync(
    join(DATA, `${file}.ts`),
    packed(name, `${api}: ${[...new Set(crds.map((source) => source.split(':')[0]))].join(', ')}`, schemas),
  );
}
writeFileSync(
  join(DATA, 'kubernetes.ts'),
  packed('KUBERNETES', `Kubernetes: ${KUBERNETES_VERSIONS.join(', ')}`, kubernetesSchemas(KUBERNETES_VERSIONS)),
);
