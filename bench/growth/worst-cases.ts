/** Input that makes a step that compares pairs, or scans all for each, show itself. */

function documents(count: number, document: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => document(index)).join('---\n');
}

/** The index as the last two bytes of an address. */
function bytesOf(index: number): string {
  return `${Math.floor(index / 256)}.${index % 256}`;
}

export function ingressesOfOneHost(count: number): string {
  return documents(count, (index) => ingress(index, 'www.example.com'));
}

export function wildcardHosts(count: number): string {
  return documents(count, (index) => {
    const host = `team-${Math.floor(index / 2)}.example.com`;
    return ingress(index, index % 2 === 0 ? `"*.${host}"` : `shop.${host}`);
  });
}

function ingress(index: number, host: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i-${index}, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: ${host}
      http:
        paths:
          - path: /p${index}
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
`;
}

export function servicesOfOneSelector(count: number): string {
  return `${deployment('web', 'shop', { app: 'web' })}---\n${documents(
    count,
    (index) => `apiVersion: v1
kind: Service
metadata: {name: s-${index}, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
`,
  )}`;
}

/** As many pools as racks, and a node in each rack. */
export function poolsAndRacks(count: number): string {
  return documents(
    count,
    (index) => `${ipPool(`rack-${index}`, `10.${bytesOf(index)}.0/24`, `rack == 'r${index}'`)}---
apiVersion: v1
kind: Node
metadata: {name: node-${index}, labels: {rack: r${index}}}
`,
  );
}

export function overlappingPools(count: number): string {
  return documents(count, (index) => ipPool(`p-${index}`, '10.0.0.0/16', 'all()'));
}

export function cloudOfPools(count: number): string {
  return documents(count, (index) => ipPool(`p-${index}`, `10.${bytesOf(index)}.0/24`, 'all()'));
}

function ipPool(name: string, cidr: string, nodeSelector: string): string {
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: ${name}}
spec:
  cidr: ${cidr}
  nodeSelector: ${nodeSelector}
`;
}

export function policiesOfNamespace(count: number): string {
  return `${deployment('web', 'shop', { app: 'web' })}---\n${documents(count, (index) =>
    policy(index, `matchLabels: {app: app-${index}}`),
  )}`;
}

export function policiesWithNotIn(count: number): string {
  const apps = documents(20, (index) => deployment(`app-${index}`, 'shop', { app: `app-${index}` }));
  return `${apps}---\n${documents(count, (index) =>
    policy(index, `matchExpressions: [{key: app, operator: NotIn, values: [app-${index}, app-${index + 1}]}]`),
  )}`;
}

function policy(index: number, peer: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: n-${index}, namespace: shop}
spec:
  podSelector: {matchLabels: {app: app-${index}}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {${peer}}}]
      ports: [{protocol: TCP, port: ${1024 + (index % 60_000)}}]
`;
}

/** As many labels on each as there are namespaces, up to 1,000; a workload and a policy about one label in each. */
export function labelledNamespaces(count: number): string {
  const labels = Array.from({ length: count }, (_, index) => `    team-${index}: member\n`).join('');
  return documents(
    count,
    (index) => `apiVersion: v1
kind: Namespace
metadata:
  name: ns-${index}
  labels:
${labels}---
${deployment('web', `ns-${index}`, { app: 'web' })}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: members, namespace: ns-${index}}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{namespaceSelector: {matchLabels: {team-${index}: member}}}]}]
`,
  );
}

function deployment(name: string, namespace: string, labels: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(labels);
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: ${text}}
  template:
    metadata: {labels: ${text}}
    spec: {containers: [{name: main, image: example.com/web:1, ports: [{containerPort: 8080}]}]}
`;
}

/** Of two families: six claims for each cluster. */
export function fleetFile(clusters: number): string {
  const lines = Array.from(
    { length: clusters },
    (_, index) =>
      `  cluster-${index}: {families: [IPv4, IPv6], nodes: ${1 + (index % 3)}, podsPerNode: 8, services: 10, loadBalancers: 4}\n`,
  );
  return `supernets: [10.0.0.0/8, "fd42::/16"]\nclusters:\n${lines.join('')}`;
}

/** Clusters that each have a folder and say their ranges, which are all the same. */
export function manifestOfFleet(clusters: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: clusters }, (_, index) => `cluster-${index}`);
  return {
    'netloom.yaml': `clusters:\n${names.map((name) => `  ${name}: {paths: [new/${name}]}\n`).join('')}`,
    ...Object.fromEntries(
      names.map((name) => [
        `new/${name}/all.yaml`,
        `${ipPool('pods', '10.0.0.0/16', 'all()')}---\n${deployment('web', 'shop', { app: 'web' })}`,
      ]),
    ),
  };
}
