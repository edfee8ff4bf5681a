import { objectText } from '../../finding/finding';
import { at, below, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A pod has a DNS name of its own when its subdomain is the name of a headless Service of its namespace (PodSpec, `subdomain`). */
export const podSubdomain: NetworkRule = {
  code: 'NL307',
  slug: 'pod-subdomain',
  severity: 'warning',
  title: 'The subdomain of pods is no headless Service',
  check(model, report) {
    for (const { object, path, namespace } of model.workloads) {
      const field = below(path, 'spec', 'subdomain');
      const subdomain = nonEmpty(at(object.manifest, ...field));
      if (subdomain === undefined) continue;
      const service = model.service(namespace, subdomain);
      if (service?.headless === true) continue;
      const similar = service ?? model.similarService(namespace, subdomain);
      report({
        on: object,
        field,
        message:
          service === undefined
            ? `subdomain ${subdomain} names no Service of namespace ${namespace}, so that the pods have no DNS names`
            : `subdomain ${subdomain} names a Service that is not headless, so that the pods have no DNS names`,
        ...(similar && {
          related: [
            {
              on: similar.object,
              field: service === undefined ? ['metadata', 'name'] : ['spec', 'clusterIP'],
              message: service === undefined ? 'a similar name' : 'the Service',
            },
          ],
        }),
        help:
          service !== undefined
            ? 'set clusterIP: None in a Service of that name'
            : similar !== undefined
              ? `did you mean ${objectText(similar.object.ref)}?`
              : `add a headless Service ${subdomain} that selects the pods, or leave subdomain out`,
      });
    }
  },
};
