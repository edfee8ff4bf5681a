import { at, flatMap, type NetworkModel, textMap } from '../../model';
import { nearestWord } from '../../plan';
import type { NetworkRule, Violation } from '../network-rule';

/** What is read of Services, by prefix (MetalLB, internal/k8s/controllers and controller/service.go; Cilium, pkg/annotation/k8s.go). */
const KNOWN: readonly { readonly by: string; readonly prefix: RegExp; readonly keys: readonly string[] }[] = [
  {
    by: 'MetalLB',
    prefix: /^metallb\.(?:io|universe\.tf)\//,
    keys: ['address-pool', 'loadBalancerIPs', 'allow-shared-ip', 'ip-allocated-from-pool'],
  },
  { by: 'Cilium', prefix: /^lbipam\.cilium\.io\//, keys: ['ips', 'sharing-key', 'sharing-cross-namespace'] },
];

/** An annotation that nobody reads changes nothing, and is said by nobody: the API server takes any. */
export const loadBalancerAnnotationUnknown: NetworkRule = {
  code: 'NL682',
  slug: 'load-balancer-annotation-unknown',
  fixable: true,
  severity: 'warning',
  layer: 'object',
  ofFieldNames: true,
  title: 'A Service has an annotation that its load balancer does not know',
  check(model, report) {
    for (const violation of unknownAnnotations(model)) report(violation);
  },
};

function unknownAnnotations({ services }: NetworkModel): readonly Violation[] {
  return flatMap(services, ({ object }) =>
    flatMap([...textMap(at(object.manifest, 'metadata', 'annotations')).keys()], (name) => {
      const known = KNOWN.find(({ prefix }) => prefix.test(name));
      if (known === undefined) return [];
      const key = name.replace(known.prefix, '');
      if (known.keys.includes(key)) return [];
      const meant = nearestKey(key, known.keys);
      const field = ['metadata', 'annotations', name];
      const prefix = name.slice(0, name.length - key.length);
      return [
        {
          on: object,
          field,
          part: 'key' as const,
          message: `${known.by} has no annotation ${key}`,
          help: meant === null ? `it reads ${known.keys.join(', ')}` : `did you mean ${prefix}${meant}?`,
          ...(meant !== null && { fix: [{ field, rename: `${prefix}${meant}` }] }),
        },
      ];
    }),
  );
}

/** A word that is near, or the only one that it is the beginning of. */
function nearestKey(key: string, keys: readonly string[]): string | null {
  const longer = key.length > 3 ? keys.filter((known) => known.toLowerCase().startsWith(key.toLowerCase())) : [];
  return longer.length === 1 ? longer[0] : nearestWord(key, keys);
}
