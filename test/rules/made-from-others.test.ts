import { networkModel } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { objects } from './expectations';

/** Pods that ask the wrong name servers, which the template of their Deployment says. */
const SPEC = '{ hostNetwork: true, containers: [{ name: web, image: web }] }';

function world(uid: string, podSpec = SPEC): readonly (readonly [string, string])[] {
  const owner = (apiVersion: string, kind: string, name: string): string =>
    `ownerReferences: [{ apiVersion: ${apiVersion}, kind: ${kind}, name: ${name}, uid: '1', controller: true }]`;
  const template = `selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: ${SPEC} }`;
  const model = networkModel(
    objects(`
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop ${uid} }, spec: { replicas: 1, ${template} } }
      - manifest: { apiVersion: apps/v1, kind: ReplicaSet, metadata: { name: web-7d, namespace: shop ${uid}, ${owner('apps/v1', 'Deployment', 'web')} }, spec: { replicas: 1, ${template} } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: web-7d-x, namespace: shop ${uid}, labels: { app: web }, ${owner('apps/v1', 'ReplicaSet', 'web-7d')} }, spec: ${podSpec} }
      - manifest: { apiVersion: v1, kind: Endpoints, metadata: { name: web, namespace: shop ${uid} } }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80 }] }
    `),
    { kubernetesVersion: '1.34' },
  );
  return runRules(NETWORK_RULES, model).findings.map(({ code, object }) => [code, object?.kind ?? ''] as const);
}

const codesOf = (findings: readonly (readonly [string, string])[], code: string): readonly string[] =>
  findings.filter(([each]) => each === code).map(([, kind]) => kind);

test('what a controller has made is not named beside what it was made from', () => {
  expect(codesOf(world(", uid: '7'"), 'NL311')).toEqual(['Deployment']);
});

test('what somebody has changed about a pod is its own', () => {
  expect(codesOf(world(", uid: '7'", SPEC.replace('hostNetwork: true', 'dnsPolicy: None')), 'NL310')).toEqual(['Pod']);
});

test('what is written is named, whoever is called its owner', () => {
  expect([...codesOf(world(''), 'NL311')].sort()).toEqual(['Deployment', 'Pod', 'ReplicaSet']);
});

test('the Endpoints that the control plane keeps are nobody’s fault', () => {
  expect(codesOf(world(", uid: '7'"), 'NL945')).toEqual([]);
  expect(codesOf(world(''), 'NL945')).toEqual(['Endpoints']);
});
