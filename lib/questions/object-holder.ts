import type { ObjectRef } from '../finding/finding';
import type { FieldPath, ModelObject } from '../model';
import { holder, type Holder } from './answer';

/** `shop/web`, or `web` for what is cluster-scoped. */
export function objectName({ namespace, name }: ObjectRef): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

export function objectHolder(
  object: ModelObject,
  path: FieldPath,
  cluster: string | null,
  detail = '',
  holds: readonly Holder[] = [],
): Holder {
  return holder(object.ref.kind, objectName(object.ref), {
    cluster,
    object: object.ref,
    origin: object.locate(path),
    detail,
    holds,
  });
}
