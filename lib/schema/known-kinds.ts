import { CALICO } from './data/calico';
import { CILIUM } from './data/cilium';
import { GATEWAY_API } from './data/gateway-api';
import { KUBERNETES } from './data/kubernetes';
import { METALLB } from './data/metallb';
import { NETWORK_POLICY_API } from './data/network-policy-api';
import { type PackedSchemas, schemasOf } from './packed';
import type { Schema } from './schema';

/** A kind whose schema is known, and whose API reference says more. */
export interface KnownKind {
  readonly schema: Schema;
  readonly api: string;
}

const APIS: readonly (readonly [api: string, packed: PackedSchemas])[] = [
  ['Kubernetes', KUBERNETES],
  ['Gateway API', GATEWAY_API],
  ['Network Policy API', NETWORK_POLICY_API],
  ['MetalLB', METALLB],
  ['Cilium', CILIUM],
  ['Calico', CALICO],
];

const LOOKUPS = APIS.map(([api, packed]) => ({ api, schemaOf: schemasOf(packed) }));

/** Of each type the answer is the same object, so that what follows from it can be kept with it. */
const KNOWN = new Map<string, KnownKind>();

/** @param type `apiVersion kind`. */
export function knownKind(type: string): KnownKind | undefined {
  const found = KNOWN.get(type);
  if (found !== undefined) return found;
  for (const { api, schemaOf } of LOOKUPS) {
    const schema = schemaOf(type);
    if (schema === undefined) continue;
    const made = { schema, api };
    KNOWN.set(type, made);
    return made;
  }
  return undefined;
}

/** All types whose schemas are known. */
export const KNOWN_TYPES: readonly string[] = APIS.flatMap(([, { kinds }]) => Object.keys(kinds));

/** The minor versions of Kubernetes whose fields are known. */
export const KNOWN_MINORS = { first: 30, last: 37 } as const;
