import { flatMap, type ModelObject } from '../../model';
import { CALICO_FIELDS } from './fields/calico';
import { CILIUM_FIELDS } from './fields/cilium';
import { type FieldsByKind, isListForm, type KnownFields } from './fields/field-form';
import { GATEWAY_API_FIELDS } from './fields/gateway-api';
import { KUBERNETES_FIELDS } from './fields/kubernetes';
import { METALLB_FIELDS } from './fields/metallb';

/** The fields of a kind, and whose API reference says so. */
export interface KnownKind {
  readonly fields: KnownFields;
  readonly api: string;
}

const BY_API: Readonly<Record<string, FieldsByKind>> = {
  Kubernetes: KUBERNETES_FIELDS,
  'Gateway API': GATEWAY_API_FIELDS,
  MetalLB: METALLB_FIELDS,
  Calico: CALICO_FIELDS,
  Cilium: CILIUM_FIELDS,
};

const BY_KIND: ReadonlyMap<string, KnownKind> = new Map(
  flatMap(Object.entries(BY_API), ([api, kinds]) =>
    Object.entries(kinds).map(([kind, fields]) => [kind, { fields, api }] as const),
  ),
);

/** Undefined for a kind, or a version of it, whose fields are not known here. */
export function knownKindOf({ ref }: ModelObject): KnownKind | undefined {
  return BY_KIND.get(`${ref.apiVersion} ${ref.kind}`);
}

/** The mappings that have a field of each name, as paths without indexes: `spec.ingress.from`. */
export function placesOfFields(known: KnownFields): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const visit = (fields: KnownFields, path: readonly string[]): void => {
    for (const [field, form] of Object.entries(fields)) {
      places.set(field, [...(places.get(field) ?? []), path.join('.')]);
      const inner = isListForm(form) ? form[0] : form;
      if (inner !== null && typeof inner === 'object' && !isListForm(inner)) visit(inner, [...path, field]);
    }
  };
  visit(known, []);
  return places;
}
