import { localPolicySingleNode } from '../../../lib/rules/services/local-policy-single-node';
import { testRule } from '../expectations';

function service(externalTrafficPolicy: string, type = 'LoadBalancer'): string {
  return `
      - Service shop/web: { type: ${type}, externalTrafficPolicy: ${externalTrafficPolicy}, selector: { app: web }, ports: [{ port: 80 }] }`;
}

function deployment(spec: string, template = '{ containers: [{ name: a, image: a }] }'): string {
  return `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { ${spec}, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: ${template} } } }`;
}

testRule(localPolicySingleNode, [
  {
    name: 'one pod',
    input: `${service('Local')}${deployment('replicas: 1')}`,
    expected: [
      `
      info NL271 local-policy-single-node
      on Service shop/web at spec.externalTrafficPolicy
      externalTrafficPolicy is Local, and Deployment shop/web has one pod: no other node answers
      help: run pods on several nodes, or use Cluster, which hides the addresses of clients
      see Deployment shop/web at the object: the pods
      `,
    ],
  },
  {
    name: 'pods that are tied to a node',
    input: `${service('Local', 'NodePort')}${deployment('replicas: 3', '{ nodeSelector: { kubernetes.io/hostname: a }, containers: [{ name: a, image: a }] }')}`,
    expected: [
      `
      info NL271 local-policy-single-node
      on Service shop/web at spec.externalTrafficPolicy
      externalTrafficPolicy is Local, and all of its pods are tied to the node a: no other node answers
      help: run pods on several nodes, or use Cluster, which hides the addresses of clients
      see Deployment shop/web at the object: the pods
      `,
    ],
  },
  { name: 'silent: Cluster', input: `${service('Cluster')}${deployment('replicas: 1')}`, expected: [] },
  { name: 'silent: several pods', input: `${service('Local')}${deployment('replicas: 2')}`, expected: [] },
  {
    name: 'silent: as many as an autoscaler makes',
    input: `${service('Local')}${deployment('paused: false')}`,
    expected: [],
  },
]);
