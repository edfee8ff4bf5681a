import { flatMap, type NetworkModel } from '../../model';
import { type RunningPod, runningPods } from '../running-pods';

/** The pods that answer name lookups, as far as the cluster shows which. */
export function dnsPods(model: NetworkModel): readonly RunningPod[] {
  return flatMap(model.facts.dns?.pods ?? [], ({ namespace, labels }) =>
    runningPods(model).select(namespace, { labels, expressions: [] }),
  );
}
