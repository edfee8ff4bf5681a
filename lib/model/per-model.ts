import type { NetworkModel } from './network-model';

/** Several rules ask; the answer for a model never changes, and is worked out once. */
export function perModel<T extends object>(answer: (model: NetworkModel) => T): (model: NetworkModel) => T {
  const known = new WeakMap<NetworkModel, T>();
  return (model) => {
    const found = known.get(model);
    if (found !== undefined) return found;
    const made = answer(model);
    known.set(model, made);
    return made;
  };
}
