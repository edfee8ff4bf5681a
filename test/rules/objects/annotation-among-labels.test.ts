import { annotationAmongLabels } from '../../../lib/rules/objects/annotation-among-labels';
import { testRule } from '../expectations';

const labelled = (kind: string, labels: string, annotations = '{}'): string => `
      - manifest: { apiVersion: ${kind === 'Ingress' ? 'networking.k8s.io/v1' : 'v1'}, kind: ${kind}, metadata: { name: a, namespace: shop, labels: ${labels}, annotations: ${annotations} }, spec: {} }
    `;

const finding = (object: string, key: string, reader: string, path = 'metadata'): string => `
      warning NL949 annotation-among-labels
      on ${object} at ${path}.labels.${key}
      ${key} is an annotation of ${reader}, and is among the labels, where it has no effect
      help: move it to ${path}.annotations
      `;

const KEYS: readonly (readonly [kind: string, key: string, reader: string])[] = [
  ['Service', 'metallb.io/loadBalancerIPs', 'MetalLB'],
  ['Service', 'metallb.universe.tf/address-pool', 'MetalLB'],
  ['Service', 'lbipam.cilium.io/ips', 'Cilium'],
  ['Service', 'io.cilium/lb-ipam-ips', 'Cilium'],
  ['Service', 'service.cilium.io/global', 'Cilium'],
  ['Service', 'service.beta.kubernetes.io/aws-load-balancer-type', 'the AWS load balancers'],
  ['Service', 'service.beta.kubernetes.io/azure-load-balancer-internal', 'the cloud provider'],
  ['Service', 'projectcalico.org/loadBalancerIPs', 'Calico'],
  ['Service', 'external-dns.alpha.kubernetes.io/hostname', 'ExternalDNS'],
  ['Ingress', 'alb.ingress.kubernetes.io/scheme', 'the AWS Load Balancer Controller'],
  ['Ingress', 'nginx.ingress.kubernetes.io/rewrite-target', 'ingress-nginx'],
  ['Ingress', 'kubernetes.io/ingress.class', 'Ingress controllers'],
];

testRule(annotationAmongLabels, [
  ...KEYS.map(([kind, key, reader]) => ({
    name: `${key} of a ${kind}`,
    input: labelled(kind, `{ ${key}: x }`),
    expected: [finding(`${kind} shop/a`, key, reader)],
  })),
  {
    name: 'of the pods of a controller, and of a namespace',
    input: `
      - manifest:
          apiVersion: apps/v1
          kind: Deployment
          metadata: { name: a, namespace: shop, labels: { ipam.cilium.io/ip-pool: blue } }
          spec: { template: { metadata: { labels: { app: a, ipam.cilium.io/ip-pool: blue } }, spec: { containers: [{ name: a }] } } }
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { cni.projectcalico.org/ipv4pools: blue } } }
    `,
    expected: [
      finding('Deployment shop/a', 'ipam.cilium.io/ip-pool', 'Cilium', 'spec.template.metadata'),
      finding('Namespace shop', 'cni.projectcalico.org/ipv4pools', 'Calico'),
    ],
  },
  {
    name: 'silent: among both, among the annotations, keys that are labels, another kind',
    input:
      labelled('Service', '{ metallb.io/address-pool: x }', '{ metallb.io/address-pool: x }') +
      labelled(
        'Service',
        '{ app.kubernetes.io/name: a, service.kubernetes.io/headless: "", metallb.io/team: x }',
        '{ lbipam.cilium.io/ips: x }',
      ) +
      labelled('ConfigMap', '{ metallb.io/address-pool: x }'),
    expected: [],
  },
]);
