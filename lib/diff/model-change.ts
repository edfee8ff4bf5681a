import { identityOf, type ModelObject, type NetworkModel } from '../model';

/** An object that is there before and after. */
export interface ObjectPair {
  readonly before: ModelObject;
  readonly after: ModelObject;
}

/** Two states of one cluster, with the objects of both matched. Objects keep the order of their models. */
export interface ModelChange {
  readonly before: NetworkModel;
  readonly after: NetworkModel;
  readonly pairs: readonly ObjectPair[];
  readonly added: readonly ModelObject[];
  readonly removed: readonly ModelObject[];
}

/** Objects are the same if group, kind, namespace and name are: of one that is defined twice the first counts, as in the model. */
export function modelChange(before: NetworkModel, after: NetworkModel): ModelChange {
  const [old, current] = [before, after].map(byIdentity);
  return {
    before,
    after,
    pairs: [...current].flatMap(([identity, object]) => {
      const earlier = old.get(identity);
      return earlier === undefined ? [] : [{ before: earlier, after: object }];
    }),
    added: [...current].filter(([identity]) => !old.has(identity)).map(([, object]) => object),
    removed: [...old].filter(([identity]) => !current.has(identity)).map(([, object]) => object),
  };
}

function byIdentity({ objects }: NetworkModel): Map<string, ModelObject> {
  const found = new Map<string, ModelObject>();
  for (const object of objects) {
    const identity = identityOf(object.ref);
    if (!found.has(identity)) found.set(identity, object);
  }
  return found;
}

/** What both models have, matched by the objects that it was read from. */
export function pairsOf<T extends { readonly object: ModelObject }>(
  before: readonly T[],
  after: readonly T[],
): { readonly before: T; readonly after: T }[] {
  const old = new Map(before.map((item) => [identityOf(item.object.ref), item]));
  return after.flatMap((item) => {
    const earlier = old.get(identityOf(item.object.ref));
    return earlier === undefined ? [] : [{ before: earlier, after: item }];
  });
}
