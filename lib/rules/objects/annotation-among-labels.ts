import { at, below, concat, type FieldPath, type ModelObject, type NetworkModel, textMap } from '../../model';
import { podTemplatePath } from '../../model/workload';
import type { NetworkRule } from '../network-rule';

/**
 * Whoever reads such a key looks among annotations only: MetalLB (internal/k8s/controllers, `AnnotationLoadBalancerIPs` and its siblings),
 * Cilium (pkg/annotation), the AWS Load Balancer Controller (pkg/annotations), k8s.io/cloud-provider, ExternalDNS, Calico (libcalico-go, `k8s/conversion`).
 */
export const annotationAmongLabels: NetworkRule = {
  code: 'NL949',
  slug: 'annotation-among-labels',
  severity: 'warning',
  title: 'An annotation of a network component is among the labels, where nothing reads it',
  ofFieldNames: true,
  layer: 'object',
  check(model, report) {
    for (const { object, metadata, readers } of labelled(model)) {
      const written = at(object.manifest, ...metadata, 'labels');
      if (written === undefined) continue;
      const annotations = textMap(at(object.manifest, ...metadata, 'annotations'));
      for (const key of textMap(written).keys()) {
        const reader = readers.find(({ keys }) => keys.test(key));
        if (reader === undefined || annotations.has(key)) continue;
        report({
          on: object,
          field: below(metadata, 'labels', key),
          part: 'key',
          message: `${key} is an annotation of ${reader.name}, and is among the labels, where it has no effect`,
          help: `move it to ${[...metadata, 'annotations'].join('.')}`,
        });
      }
    }
  },
};

interface Reader {
  readonly name: string;
  readonly keys: RegExp;
}

const OF_SERVICES: readonly Reader[] = [
  {
    name: 'MetalLB',
    keys: /^metallb\.(?:io|universe\.tf)\/(?:address-pool|loadBalancerIPs|allow-shared-ip|ip-allocated-from-pool)$/,
  },
  {
    name: 'Cilium',
    keys: /^(?:lbipam\.cilium\.io\/|service\.cilium\.io\/|io\.cilium\/(?:lb-ipam-|global-service$|shared-service$|service-affinity$))/,
  },
  { name: 'the AWS load balancers', keys: /^(?:service\.beta\.kubernetes\.io\/aws-|alb\.ingress\.kubernetes\.io\/)/ },
  { name: 'the cloud provider', keys: /^service\.beta\.kubernetes\.io\// },
  { name: 'Calico', keys: /^projectcalico\.org\/loadBalancerIPs$/ },
  { name: 'ExternalDNS', keys: /^external-dns\.alpha\.kubernetes\.io\// },
];

const OF_INGRESSES: readonly Reader[] = [
  { name: 'the AWS Load Balancer Controller', keys: /^alb\.ingress\.kubernetes\.io\// },
  { name: 'ingress-nginx', keys: /^nginx\.ingress\.kubernetes\.io\// },
  { name: 'ExternalDNS', keys: /^external-dns\.alpha\.kubernetes\.io\// },
  { name: 'Ingress controllers', keys: /^kubernetes\.io\/ingress\.class$/ },
];

const OF_PODS: readonly Reader[] = [
  { name: 'Calico', keys: /^cni\.projectcalico\.org\/(?:ipv[46]pools|ipAddrs|ipAddrsNoIpam|floatingIPs)$/ },
  { name: 'Cilium', keys: /^ipam\.cilium\.io\/ip-pool$/ },
];

const OF_KINDS: ReadonlyMap<string, readonly Reader[]> = new Map([
  ['Service', OF_SERVICES],
  ['Ingress', OF_INGRESSES],
  ['Namespace', OF_PODS],
]);

interface Labelled {
  readonly object: ModelObject;
  readonly metadata: FieldPath;
  readonly readers: readonly Reader[];
}

function labelled(model: NetworkModel): readonly Labelled[] {
  const found: Labelled[] = [];
  for (const [kind, readers] of OF_KINDS) {
    for (const object of model.ofKind(kind)) found.push({ object, metadata: ['metadata'], readers });
  }
  const pods = new Set(model.workloads.map(({ object }) => object));
  for (const object of pods) {
    const path = podTemplatePath(object);
    if (path !== undefined) found.push({ object, metadata: concat([...path], ['metadata']), readers: OF_PODS });
  }
  return found;
}
